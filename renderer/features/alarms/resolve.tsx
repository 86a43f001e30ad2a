import type { ReactNode } from 'react';
import type { IncidentResolution } from '../../../electron/domain/incidents/incident.types.ts';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import type { Sender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { createDraft } from '../../seat/draft.ts';
import { BackButton } from './back-button.tsx';
import { Heard } from './heard.tsx';
import { useEndFocus, type Focusing } from './heading-focus.ts';
import { useQuestionKey } from './question-key.ts';

export interface ResolveProps {
  readonly incident: IncidentView;
  readonly sender: Sender;
  readonly focusing: Focusing;
  /** Away from here, back to the question that is still open; `null` where none is. */
  readonly onBack: (() => void) | null;
  /** It stands under a question that may be left open: the way back stands there. */
  readonly under?: boolean;
}

/** Before the end only a mistake or a test may be said. */
export const isEarly = ({ allowedResolutions }: IncidentView): boolean =>
  allowedResolutions.every((reason) => reason === 'falseAlarm' || reason === 'testAlarm');

/** The way to the end while a question is still open: small, since the question comes first. */
export const EndEarly = ({ onPress }: { readonly onPress: () => void }): ReactNode => {
  const { t } = useWords();
  return <Button action="resolve" look="quiet" size="small" label={t('resolve.early')} onPress={onPress} />;
};

const useEndDraft = createDraft('');

/** How it ended. No reason is emphasised: the one that is easiest to press must not be the most comfortable one. */
export const Resolve = ({ incident, sender, focusing, onBack, under = false }: ResolveProps): ReactNode => {
  const { t } = useWords();
  const whyNot = useWhyNot();
  const questionKey = useQuestionKey();
  const [note, setNote] = useEndDraft(incident.incidentId);
  const heading = useEndFocus(focusing, incident.steps.length, under);
  const resolve = (resolution: IncidentResolution): void =>
    void sender.send('resolveIncident', {
      incidentId: incident.incidentId,
      resolution,
      note: note.trim() === '' ? null : note,
    });
  return (
    <div className="resolve" data-resolve={incident.incidentId}>
      {!under && <Heard incident={incident} />}
      <h4 ref={heading} tabIndex={-1}>
        {t('resolve.question')}
      </h4>
      <div className="answers" data-short={incident.recall !== null || undefined}>
        {incident.allowedResolutions.map((resolution) => (
          <Button
            key={resolution}
            action="resolveIncident"
            answer={resolution}
            size="large"
            label={t(`resolution.${resolution}`)}
            busy={sender.busy}
            why={whyNot('resolveIncident')}
            onPress={() => resolve(resolution)}
          />
        ))}
      </div>
      <TextField
        label={t('resolve.note')}
        name="resolutionNote"
        value={note}
        maxLength={500}
        lines={2}
        onChange={(text) => setNote(() => text)}
      />
      <div className="question-tools">
        {under ? null : onBack === null ? (
          <BackButton incident={incident} sender={sender} focusing={focusing} />
        ) : (
          <Button
            action="backToQuestion"
            {...questionKey('b', 'keys.back')}
            size="small"
            look="quiet"
            label={t('resolve.backToQuestion')}
            onPress={() => {
              focusing.acted();
              onBack();
            }}
          />
        )}
      </div>
    </div>
  );
};
