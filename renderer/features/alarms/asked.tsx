import { useState, type ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import type { Sender } from '../../kit/command.ts';
import type { Focusing } from './heading-focus.ts';
import { Question } from './question.tsx';
import { EndEarly, isEarly, Resolve } from './resolve.tsx';

export interface AskedProps {
  readonly incident: IncidentView;
  /** The open question; `null`: none is before this person. */
  readonly step: IncidentView['currentStep'];
  /** Somebody works on it here, so that it may be ended where the procedure lets it. */
  readonly mayEnd: boolean;
  readonly sender: Sender;
  readonly focusing: Focusing;
}

/** One question at a time: the end stands in place of the question, and a question that came meanwhile comes back. */
export const Asked = ({ incident, step, mayEnd, sender, focusing }: AskedProps): ReactNode => {
  const [endingAt, setEndingAt] = useState<string | null>(null);
  const question = `${step?.step ?? ''} ${incident.steps.length}`;
  const toTheEnd = mayEnd && incident.mayResolve && (step === null || endingAt === question);
  const early = isEarly(incident);
  return (
    <>
      {step !== null && !toTheEnd && (
        <>
          <Question incident={incident} step={step} sender={sender} focusing={focusing} />
          {incident.mayResolve && early && (
            <EndEarly
              onPress={() => {
                focusing.acted();
                setEndingAt(question);
              }}
            />
          )}
          {incident.mayResolve && !early && (
            <Resolve incident={incident} sender={sender} focusing={focusing} onBack={null} under />
          )}
        </>
      )}
      {toTheEnd && (
        <Resolve
          incident={incident}
          sender={sender}
          focusing={focusing}
          onBack={step === null ? null : () => setEndingAt(null)}
        />
      )}
    </>
  );
};
