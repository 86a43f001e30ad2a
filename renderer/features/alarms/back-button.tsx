import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import type { Sender } from '../../kit/command.ts';
import { useWords } from '../../seat/use-words.ts';
import type { Focusing } from './heading-focus.ts';
import { useQuestionKey } from './question-key.ts';

/** Back to the question before, from a question as from the end. */
export const BackButton = ({
  incident,
  sender,
  focusing,
}: {
  readonly incident: IncidentView;
  readonly sender: Sender;
  readonly focusing: Focusing;
}): ReactNode => {
  const { t } = useWords();
  const questionKey = useQuestionKey();
  const last = incident.steps.findLast((given) => given.answer !== null);
  if (last === undefined) return null;
  return (
    <Button
      action="stepBack"
      {...questionKey('b', 'keys.back')}
      size="small"
      look="quiet"
      label={t('question.back')}
      busy={sender.busy}
      onPress={() => {
        focusing.acted();
        void sender.send('stepBack', { incidentId: incident.incidentId, step: last.step });
      }}
    />
  );
};
