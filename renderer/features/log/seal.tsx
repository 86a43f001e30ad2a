import { useState, type ReactNode } from 'react';
import { verificationView, type VerificationView } from '../../../electron/contract/messages.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { useSeat, useSeatState } from '../../store/seat-context.tsx';

/** Whether the log is as it was written: verified, broken and where, or not looked at yet. */
export const Seal = (): ReactNode => {
  const { t, hm } = useWords();
  const { bridge } = useSeat();
  const health = useSeatState((state) => state.health);
  const sender = useSender();
  const whyNot = useWhyNot();
  const [result, setResult] = useState<VerificationView | null>(null);
  const verify = async (): Promise<void> => {
    const reply = await sender.ask(bridge.query({ type: 'verifyJournal' }));
    const read = reply.ok ? verificationView.safeParse(reply.value) : null;
    setResult(read?.success === true ? read.data : null);
  };
  const state = result === null ? (health?.journal ?? 'notVerified') : result.ok ? 'verified' : 'broken';
  const checkedAt = result?.verifiedAt ?? health?.journalCheckedAt ?? null;
  return (
    <div className="seal" data-seal={state} role="status">
      <span className="seal-mark" aria-hidden="true">
        {state === 'verified' ? '✓' : state === 'broken' ? '▲' : '?'}
      </span>
      <div className="seal-says">
        <p className="seal-word">{t(`seal.${state}`)}</p>
        <p className="facts">
          {result !== null && !result.ok && result.problem !== null
            ? t(`seal.problem.${result.problem}`, { seq: result.firstBadSeq ?? result.lastSeq })
            : checkedAt === null
              ? t('seal.means')
              : t('seal.checkedAt', { time: hm(checkedAt) })}
        </p>
        <RefusalNote refusal={sender.refusal} />
      </div>
      <Button
        action="verifyJournal"
        label={t(sender.busy ? 'seal.verifying' : 'seal.verify')}
        busy={sender.busy}
        why={whyNot('verifyJournal')}
        onPress={() => void verify()}
      />
    </div>
  );
};
