import { useState, type ReactNode } from 'react';
import { verificationView, type VerificationView } from '../../../electron/contract/messages.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { HeadCode } from '../../parts/log/head-code.tsx';
import { sealOf } from './seal.rules.ts';

/** Whether the log is as it was written: up to which line it was checked and when, what came later, or where it is broken. */
export const Seal = (): ReactNode => {
  const { t, hm, day, dayTime } = useWords();
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
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
  const newest = useSeatState((state) =>
    [...state.tables.log.values()].reduce((seq, entry) => Math.max(seq, entry.seq), 0),
  );
  const { state, upTo, later, checkedAt, own } = sealOf(health, result, newest);
  return (
    <div className="seal" data-seal={state} data-checked-seq={upTo} role="status">
      <span className="seal-mark" aria-hidden="true">
        {{ verified: '✓', behind: '…', broken: '▲', notVerified: '?' }[state]}
      </span>
      <div className="seal-says">
        <p className="seal-word">{t(`seal.${state}`, { seq: upTo, count: later })}</p>
        <p className="facts">
          {own !== null && !own.ok && own.problem !== null
            ? t(`seal.problem.${own.problem}`, { seq: own.firstBadSeq ?? own.lastSeq })
            : checkedAt === null
              ? t('seal.means')
              : t('seal.checkedAt', { time: day(checkedAt) === day(nowMs) ? hm(checkedAt) : dayTime(checkedAt) })}
          {(state === 'verified' || state === 'behind') && upTo > 0 && <HeadCode seq={upTo} />}
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
