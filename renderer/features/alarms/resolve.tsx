import { useState, type ReactNode } from 'react';
import type { IncidentResolution } from '../../../electron/domain/incidents/incident.types.ts';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import type { Sender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { useHeadingFocus, type Focusing } from './heading-focus.ts';

export interface ResolveProps {
  readonly incident: IncidentView;
  readonly sender: Sender;
  readonly focusing: Focusing;
}

/** How it ended. While a question is still open this is folded away: the question comes first. */
export const Resolve = ({ incident, sender, focusing }: ResolveProps): ReactNode => {
  const { t } = useWords();
  const whyNot = useWhyNot();
  const [note, setNote] = useState('');
  const finished = incident.currentStep === null;
  const [open, setOpen] = useState(false);
  const heading = useHeadingFocus(focusing, finished || open ? 'asked' : 'folded');
  const resolve = (resolution: IncidentResolution): void =>
    void sender.send('resolveIncident', {
      incidentId: incident.incidentId,
      resolution,
      note: note.trim() === '' ? null : note,
    });
  if (!finished && !open) {
    return (
      <Button
        action="resolve"
        look="quiet"
        size="small"
        label={t('resolve.early')}
        onPress={() => {
          focusing.acted();
          setOpen(true);
        }}
      />
    );
  }
  return (
    <div className="resolve" data-resolve={incident.incidentId}>
      <h4 ref={heading} tabIndex={-1}>
        {t('resolve.question')}
      </h4>
      <TextField
        label={t('resolve.note')}
        name="resolutionNote"
        value={note}
        maxLength={500}
        lines={2}
        onChange={setNote}
      />
      <div className="answers">
        {incident.allowedResolutions.map((resolution, index) => (
          <Button
            key={resolution}
            action="resolveIncident"
            answer={resolution}
            size="large"
            look={index === 0 && finished ? 'primary' : 'plain'}
            label={t(`resolution.${resolution}`)}
            busy={sender.busy}
            why={whyNot('resolveIncident')}
            onPress={() => resolve(resolution)}
          />
        ))}
      </div>
    </div>
  );
};
