import { useState, type ReactNode } from 'react';
import type { GateReason } from '../../../electron/contract/commands.schema.ts';
import { isUnsettled, motionIsOver, seenOpen } from '../../../electron/domain/barriers/arm.rules.ts';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender, type Sender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { GateTrouble } from './gate-trouble.tsx';
import { Stages } from './stages.tsx';
import { TwoTaps } from '../../kit/two-taps.tsx';
import './gate-parts.css';

const reasons: readonly GateReason[] = ['ambulance', 'fire', 'resident', 'visitor', 'delivery', 'other'];
const underWay: ReadonlySet<BarrierView['commandState']> = new Set<BarrierView['commandState']>([
  'commanded',
  'sent',
  'accepted',
]);

/** Opening does not wait for a closing that is under way; everything else waits until the arm has had its time. */
const isUnderWay = (barrier: BarrierView, motion: 'open' | 'close', nowMs: number | null): boolean =>
  underWay.has(barrier.commandState) &&
  !(motion === 'open' && barrier.command?.motion === 'close') &&
  !(nowMs !== null && motionIsOver(barrier, nowMs));

/** Nobody knows where the arm is, and a person has to look. */
export const isAsked = ({ commandState, position }: BarrierView): boolean =>
  isUnsettled(commandState) || position === 'unknown';

/** Why no gate can be moved from here by whoever sits here, or `null`. */
const useWhyNotMoveAny = (): string | null => {
  const { t } = useWords();
  const whyNot = useWhyNot();
  const silent = useSeatState((state) => state.link !== 'ok');
  return silent ? t('gate.whyOffline') : whyNot('openBarrier');
};

/** Why this gate cannot be moved from here now, or `null`. */
export const useWhyNotMove = (barrier: BarrierView, motion: 'open' | 'close' = 'open'): string | null => {
  const { t } = useWords();
  const why = useWhyNotMoveAny();
  const nowMs = useSeatState((state) => state.nowMs);
  return why ?? (isUnderWay(barrier, motion, nowMs) ? t('gate.whyUnderWay') : null);
};

/** Opening for the ambulance: the reason is clear, so two taps on one button. What the command does is said by the stages alone, which are
 * there from the beginning: nothing below them moves. `shown` is the gate as it concerns this call, without an older command. */
export const OpenForAmbulance = ({
  barrier,
  shown,
  sinceMs,
}: {
  readonly barrier: BarrierView;
  readonly shown: BarrierView;
  /** When the call came: what a person saw before counts no more. */
  readonly sinceMs: number;
}): ReactNode => {
  const whyNot = useWhyNot();
  const { t } = useWords();
  const sender = useSender();
  const why = useWhyNotMoveAny();
  const nowMs = useSeatState((state) => state.nowMs);
  return (
    <div
      className="open-ambulance"
      data-barrier={barrier.barrierId}
      data-position={barrier.position}
      data-command-state={shown.commandState}
    >
      <TwoTaps
        action="openBarrier"
        answer="ambulance"
        lines={2}
        look={seenOpen(barrier, sinceMs) ? 'plain' : 'primary'}
        label={t('gate.openForAmbulance', { name: barrier.name })}
        confirm={t('gate.tapAgain', { name: barrier.name })}
        why={why}
        busy={sender.busy || isUnderWay(barrier, 'open', nowMs)}
        onPress={() =>
          void sender.send('openBarrier', { barrierId: barrier.barrierId, reason: 'ambulance', note: null })
        }
      />
      <Stages barrier={shown} before short />
      <GateTrouble barrier={shown} />
      {isAsked(barrier) && (
        <Button
          action="confirmBarrier"
          answer="open"
          lines={2}
          label={t('gate.iSeeOpen')}
          busy={sender.busy}
          why={whyNot('confirmBarrier')}
          onPress={() => void sender.send('confirmBarrier', { barrierId: barrier.barrierId, position: 'open' })}
        />
      )}
      <RefusalNote refusal={sender.refusal} />
    </div>
  );
};

export interface OpenWithReasonProps {
  readonly barrier: BarrierView;
  readonly sender: Sender;
  readonly onClose: () => void;
}

/** The second tap: why it is opened. "Something else" wants a word. */
export const OpenWithReason = ({ barrier, sender, onClose }: OpenWithReasonProps): ReactNode => {
  const { t } = useWords();
  const [other, setOther] = useState(false);
  const [note, setNote] = useState('');
  const why = useWhyNotMove(barrier);
  const open = (reason: GateReason): void => {
    onClose();
    void sender.send('openBarrier', { barrierId: barrier.barrierId, reason, note: reason === 'other' ? note : null });
  };
  return (
    <div className="reasons" role="group" aria-label={t('gate.why')}>
      <h3>{t('gate.why')}</h3>
      {other ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (note.trim() !== '' && why === null) open('other');
          }}
        >
          <TextField
            label={t('gate.otherReason')}
            name="gateReason"
            value={note}
            maxLength={200}
            onChange={setNote}
            autoFocus
          />
          <div className="buttons">
            <Button
              action="openBarrier"
              answer="other"
              submit
              size="large"
              look="primary"
              label={t('gate.openNow', { name: barrier.name })}
              why={why ?? (note.trim() === '' ? t('gate.needsReason') : null)}
            />
            <Button action="cancel" size="large" look="quiet" label={t('common.cancel')} onPress={onClose} />
          </div>
        </form>
      ) : (
        <div className="reason-grid">
          {reasons.map((reason) => (
            <Button
              key={reason}
              action="openBarrier"
              answer={reason}
              size="large"
              label={t(`gate.reason.${reason}`)}
              why={why}
              onPress={() => (reason === 'other' ? setOther(true) : open(reason))}
            />
          ))}
          <Button action="cancel" size="large" look="quiet" label={t('common.cancel')} onPress={onClose} />
        </div>
      )}
    </div>
  );
};
