import { useEffect, useState, type ReactNode } from 'react';
import { lineCodeView } from '../../../electron/contract/messages.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { sentenceName } from '../../../electron/words/sentences/sentence-name.ts';
import './head-code.css';

/** The short code of one line: written on paper it tells later whether anything up to this line was changed. */
export const HeadCode = ({ seq }: { readonly seq: number }): ReactNode => {
  const { t } = useWords();
  const { bridge } = useSeat();
  const signedIn = useSeatState((state) => state.session !== null);
  const [known, setKnown] = useState<{ readonly seq: number; readonly code: string } | null>(null);
  useEffect(() => {
    let wanted = signedIn;
    if (wanted)
      void bridge.query({ type: 'lineCode', seq }).then((reply) => {
        const read = reply.ok ? lineCodeView.safeParse(reply.value).data : undefined;
        if (wanted && read !== undefined && read.code !== null) setKnown({ seq: read.seq, code: read.code });
      });
    return () => {
      wanted = false;
    };
  }, [bridge, seq, signedIn]);
  if (known === null || known.seq !== seq) return null;
  return (
    <span className="head-code" data-head-code={known.code} data-head-seq={seq}>
      {t('seal.code', { seq, code: known.code })}
    </span>
  );
};

const handovers = new Set(['TakeoverBegun', 'ShiftTakenOver']);

/** The code of the newest handover that this seat knows of, for the paper that is passed on with the watch. */
export const HandoverCode = (): ReactNode => {
  const { t } = useWords();
  const seq = useSeatState((state) =>
    [...state.tables.log.values()].reduce(
      (newest, entry) => (handovers.has(sentenceName(entry.type)) ? Math.max(newest, entry.seq) : newest),
      0,
    ),
  );
  if (seq === 0) return null;
  return (
    <p className="facts handover-code">
      {t('seal.onPaper')} <HeadCode seq={seq} />
    </p>
  );
};
