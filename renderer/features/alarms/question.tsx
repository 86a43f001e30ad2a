import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import type { Sender } from '../../kit/command.ts';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { useHasVoice } from '../../sound/speech.ts';
import { useSeat, useSeatState } from '../../store/seat-context.tsx';
import { useDesk } from '../shell/desk.tsx';
import { anyGateSeenOpen } from '../gate/for-call.ts';
import { useHeadingFocus, type Focusing } from './heading-focus.ts';
import { useQuestionKey } from './question-key.ts';
import { QuickGate } from './quick-gate.tsx';

export interface QuestionProps {
  readonly incident: IncidentView;
  readonly step: NonNullable<IncidentView['currentStep']>;
  readonly sender: Sender;
  readonly focusing: Focusing;
}

/** One question, its answers, and everything needed to answer it. */
export const Question = ({ incident, step, sender, focusing }: QuestionProps): ReactNode => {
  const { t, lang } = useWords();
  const { speech } = useSeat();
  const { open } = useDesk();
  const hasVoice = useHasVoice(speech, lang);
  const whyNot = useWhyNot();
  const questionKey = useQuestionKey();
  const helpPoint = useSeatState((state) => state.tables.helpPoints.get(incident.sourceId));
  const names = {
    place: helpPoint?.place ?? t('alarm.somewhere'),
    resident: helpPoint?.residentName ?? t('alarm.resident'),
  };
  const text = `procedure.${incident.kind}.${step.step}`;
  const question = t(`${text}.question`, names);
  const hint = t(`${text}.hint`, names);
  const why = whyNot('answerStep');
  const heading = useHeadingFocus(focusing, step.step);
  const last = incident.steps.findLast((given) => given.answer !== null);
  const gates = useSeatState((state) => state.tables.barriers);
  /** That a gate is open is no answer before one was seen open. */
  const whyNotYet = (answer: string): string | null =>
    step.step === 'openGate' && answer === 'opened' && gates.size > 0 && !anyGateSeenOpen(gates.values(), incident)
      ? t('gate.notSeenOpen')
      : null;
  const certain = step.answers.filter((answer) => answer !== 'unsure');
  const give = (answer: string): void => {
    focusing.acted();
    void sender.send('answerStep', { incidentId: incident.incidentId, step: step.step, answer });
  };
  return (
    <div className="question" data-step={step.step}>
      <h4 ref={heading} tabIndex={-1}>
        {question}
      </h4>
      <p className="question-hint">{hint}</p>
      {step.step === 'openGate' && <QuickGate incident={incident} />}
      <div className="answers">
        {certain.map((answer, index) => (
          <Button
            key={answer}
            action="answerStep"
            answer={answer}
            pressName={`answer${index + 1}`}
            size="large"
            look={index === 0 && whyNotYet(answer) === null ? 'primary' : 'plain'}
            {...questionKey(String(index + 1))}
            label={t(`${text}.answer.${answer}`, names)}
            why={why ?? whyNotYet(answer)}
            busy={sender.busy}
            onPress={() => give(answer)}
          />
        ))}
        {step.answers.includes('unsure') && (
          <Button
            action="answerStep"
            answer="unsure"
            pressName="answerUnsure"
            size="large"
            look="quiet"
            {...questionKey('u')}
            label={t(`${text}.answer.unsure`, names)}
            why={why}
            busy={sender.busy}
            onPress={() => give('unsure')}
          />
        )}
      </div>
      <div className="question-tools">
        {(step.step === 'sendSomebody' || step.step === 'seen') && (
          <Button
            action="phoneList"
            shortcut="p"
            size="small"
            label={t('nav.phoneList')}
            onPress={() => open('phoneList')}
          />
        )}
        {last !== undefined && (
          <Button
            action="stepBack"
            {...questionKey('b')}
            size="small"
            look="quiet"
            label={t('question.back')}
            busy={sender.busy}
            onPress={() => {
              focusing.acted();
              void sender.send('stepBack', { incidentId: incident.incidentId, step: last.step });
            }}
          />
        )}
        {hasVoice && (
          <Button
            action="readAloud"
            {...questionKey('o')}
            size="small"
            look="quiet"
            label={t('question.readAloud')}
            onPress={() => speech.say(`${question} ${hint}`, lang)}
          />
        )}
      </div>
    </div>
  );
};
