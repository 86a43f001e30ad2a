import { useState, type ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender, type Sender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeat } from '../../seat/seat-context.tsx';

const MINUTES = [5, 15, 30] as const;

/** Lays an incident aside for some minutes, with a reason: it comes back by itself. */
export const Park = ({
  incidentId,
  onClose,
}: {
  readonly incidentId: string;
  readonly onClose: () => void;
}): ReactNode => {
  const { t } = useWords();
  const { bridge } = useSeat();
  const sender = useSender();
  const [reason, setReason] = useState('');
  const why = reason.trim() === '' ? t('incident.parkNeedsReason') : null;
  const park = async (minutes: number): Promise<void> => {
    const nowMs = bridge.stationNowMs();
    if (nowMs === null) return;
    const answer = await sender.send('parkIncident', { incidentId, reason, untilMs: nowMs + minutes * 60_000 });
    if (answer.ok) onClose();
  };
  return (
    <div className="park">
      <TextField
        label={t('incident.parkReason')}
        name="parkReason"
        value={reason}
        maxLength={200}
        onChange={setReason}
        autoFocus
      />
      <div className="buttons">
        {MINUTES.map((minutes) => (
          <Button
            key={minutes}
            action={`park-${minutes}`}
            label={t('incident.parkFor', { minutes })}
            why={why}
            busy={sender.busy}
            onPress={() => void park(minutes)}
          />
        ))}
        <Button action="cancel" look="quiet" label={t('common.cancel')} onPress={onClose} />
      </div>
      <RefusalNote refusal={sender.refusal} />
    </div>
  );
};

export const Parked = ({
  incident,
  sender,
}: {
  readonly incident: IncidentView;
  readonly sender: Sender;
}): ReactNode => {
  const { t, hm } = useWords();
  return (
    <div className="parked">
      <p>
        {t('incident.parked', {
          time: incident.parkedUntil === null ? '' : hm(incident.parkedUntil),
          reason: incident.parkReason ?? t('common.notShown'),
        })}
      </p>
      <Button
        action="resumeIncident"
        look="primary"
        label={t('incident.resume')}
        busy={sender.busy}
        onPress={() => void sender.send('resumeIncident', { incidentId: incident.incidentId })}
      />
    </div>
  );
};
