import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import type { Sender } from '../../kit/command.ts';
import { gateBearsOut } from '../../../electron/domain/incidents/gate-answer.rules.ts';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { useHasVoice } from '../../sound/speech.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { SayTo120 } from '../../parts/contacts/say-to-120.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { BackButton } from './back-button.tsx';
import { Coming, Heard } from './heard.tsx';
import { useHeadingFocus, type Focusing } from './heading-focus.ts';
import { useQuestionKey } from './question-key.ts';
import { Numbers } from './numbers.tsx';
import { QuickClose, QuickGate } from '../../parts/gate/quick-gate.tsx';

export interface QuestionProps {
  readonly incident: IncidentView;
  readonly step: NonNullable<IncidentView['currentStep']>;
  readonly sender: Sender;
  readonly focusing: Focusing;
}

/** So many answers have a key: the digits from 1. */
const KEYED_ANSWERS = 3;

/** Questions that are answered with the phone in the hand. */
const asksForPhone = new Set(['sendSomebody', 'openDoor', 'seen', 'notYetSeen', 'withPerson', 'gateByHand']);

/** One question, its answers, and everything needed to answer it. */
export const Question = ({ incident, step, sender, focusing }: QuestionProps): ReactNode => {
  const { t, byName, lang } = useWords();
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
      {step.step === 'call120' && <SayTo120 incident={incident} brief />}
      <Coming incident={incident} />
      {(step.step === 'openGate' || step.step === 'arrival') && <QuickGate incident={incident} />}
      {step.step === 'closeGate' && <QuickClose incident={incident} />}
      <div
        className="answers"
        data-pairs={step.step === 'openGate' ? 'always' : 'many'}
        data-short={incident.recall !== null || undefined}
      >
        {certain.map((answer, index) => (
          <Button
            key={answer}
            action="answerStep"
            answer={answer}
            pressName={`answer${index + 1}`}
            size="large"
            {...(index < KEYED_ANSWERS ? questionKey(String(index + 1), `answer${index + 1}`) : {})}
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
            {...questionKey('u', 'unsure')}
            label={byName(`${text}.answer.unsure`, names)}
            why={why}
            busy={sender.busy}
            onPress={() => give('unsure')}
          />
        )}
      </div>
      <div className="question-tools">
        {asksForPhone.has(step.step) && (
          <Button
            action="phoneList"
            keyElsewhere="p"
            size="small"
            label={t('nav.phoneList')}
            onPress={() => open('phoneList')}
          />
        )}
        <BackButton incident={incident} sender={sender} focusing={focusing} />
        {hasVoice && (
          <Button
            action="readAloud"
            {...questionKey('o', 'readAloud')}
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
