import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import type { Sender } from '../../kit/command.ts';
import { gateBearsOut } from '../../../electron/domain/incidents/gate-answer.rules.ts';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { useHasVoice } from '../../sound/speech.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { useRegistry } from '../../seat/registry.tsx';
import { BackButton } from './back-button.tsx';
import { Coming, Heard } from './heard.tsx';
import { useHeadingFocus, type Focusing } from './heading-focus.ts';
import { useQuestionKey } from './question-key.ts';
import { Numbers } from './numbers.tsx';

export interface QuestionProps {
  readonly incident: IncidentView;
  readonly step: NonNullable<IncidentView['currentStep']>;
  readonly sender: Sender;
  readonly focusing: Focusing;
}

/** The keys of the first answers. */
const answerKeys = ['keys.answer1', 'keys.answer2', 'keys.answer3'] as const;

const keyOf = (index: number, questionKey: ReturnType<typeof useQuestionKey>): ReturnType<typeof questionKey> => {
  const says = answerKeys[index];
  return says === undefined ? {} : questionKey(String(index + 1), says);
};

/** One question, its answers, and everything needed to answer it. */
export const Question = ({ incident, step, sender, focusing }: QuestionProps): ReactNode => {
  const { t, byName, lang } = useWords();
  const { speech } = useSeat();
  const tools = useRegistry().toolsOf(step.step);
  const hasVoice = useHasVoice(speech, lang);
  const whyNot = useWhyNot();
  const questionKey = useQuestionKey();
  const helpPoint = useSeatState((state) => state.tables.helpPoints.get(incident.sourceId));
  const names = {
    place: helpPoint?.place ?? t('alarm.somewhere'),
    resident: helpPoint?.residentName ?? t('alarm.resident'),
  };
  const text = `procedure.${incident.kind}.${step.step}`;
  const question = byName(`${text}.question`, names);
  const hint = byName(`${text}.hint`, names);
  const why = whyNot('answerStep');
  // The same question asked again is another one.
  const heading = useHeadingFocus(focusing, `${step.step} ${incident.steps.at(-1)?.askedAt ?? 0}`);
  const barriers = useSeatState((state) => state.tables.barriers);
  /** That a gate is open, or closed again, is no answer before it was seen so. */
  const whyNotYet = (answer: string): string | null =>
    gateBearsOut(step.step, answer, [...barriers.values()], incident.openedAt)
      ? null
      : t(answer === 'closed' ? 'gate.notSeenClosed' : 'gate.notSeenOpen');
  const certain = step.answers.filter((answer) => answer !== 'unsure');
  const give = (answer: string): void => {
    focusing.acted();
    void sender.send('answerStep', { incidentId: incident.incidentId, step: step.step, answer });
  };
  return (
    <div className="question" data-step={step.step}>
      <Heard incident={incident} />
      <h4 ref={heading} tabIndex={-1}>
        {question}
      </h4>
      <p className="question-hint">{hint}</p>
      <Numbers incident={incident} step={step.step} />
      <Coming incident={incident} />
      {tools.map(({ Above, steps }) => Above !== undefined && <Above key={steps.join(' ')} incident={incident} />)}
      <div
        className="answers"
        data-pairs={tools.some(({ takesRoom }) => takesRoom) ? 'always' : 'many'}
        data-short={incident.recall !== null || undefined}
      >
        {certain.map((answer, index) => (
          <Button
            key={answer}
            action="answerStep"
            answer={answer}
            pressName={`answer${index + 1}`}
            size="large"
            {...keyOf(index, questionKey)}
            label={byName(`${text}.answer.${answer}`, names)}
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
            look="outlined"
            {...questionKey('u', 'keys.unsure')}
            label={byName(`${text}.answer.unsure`, names)}
            why={why}
            busy={sender.busy}
            onPress={() => give('unsure')}
          />
        )}
      </div>
      <div className="question-tools">
        {tools.map(({ Below, steps }) => Below !== undefined && <Below key={steps.join(' ')} />)}
        <BackButton incident={incident} sender={sender} focusing={focusing} />
        {hasVoice && (
          <Button
            action="readAloud"
            {...questionKey('o', 'keys.readAloud')}
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
