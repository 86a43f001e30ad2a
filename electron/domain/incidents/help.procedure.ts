import type { IncidentResolution } from './incident.types.ts';
import type { Procedure, ProcedureAnswer, Route } from './procedure.types.ts';

const to = (step: string, instead: Route['instead'] = []): Route => ({ instead, to: step });

const leads = (answer: string, route: Route, allows: readonly IncidentResolution[] = []): ProcedureAnswer => ({
  answer,
  route,
  asksForHelp: false,
  inNeed: false,
  allows,
});

/** An answer with which the volunteer is not left alone: the procedure goes on and the phone list opens. */
const asks = (answer: string, route: Route): ProcedureAnswer => ({
  answer,
  route,
  asksForHelp: true,
  inNeed: false,
  allows: [],
});

const inNeed = (answer: ProcedureAnswer): ProcedureAnswer => ({ ...answer, inNeed: true });

const finishes = (answer: string, allows: readonly IncidentResolution[]): ProcedureAnswer => ({
  answer,
  route: null,
  asksForHelp: false,
  inNeed: false,
  allows,
});

/** After the gate: somebody goes there, unless somebody is with the person already. */
const afterGate = to('sendSomebody', [{ step: 'seen', answers: ['seenNeedsCare'], to: 'withPerson' }]);

/** Somebody stands beside a person who needs care: 120 first, unless it was called already. */
const needsCare = to('call120', [{ step: 'call120', answers: ['called'], to: 'withPerson' }]);

/**
 * What to do when somebody presses a help button, for a volunteer at three in the morning. See `docs/decisions/0007-help-procedure.md`.
 *
 * Every question has an answer for "I am not sure"; none is a dead end; when in doubt the ambulance is called; and no path ends before
 * somebody has seen the person.
 */
export const helpProcedure: Procedure = {
  first: 'reach',
  steps: [
    {
      step: 'reach',
      required: 'always',
      answers: [
        leads('answered', to('needAmbulance'), ['falseAlarm', 'testAlarm']),
        leads('noAnswer', to('sendSomebody')),
        asks('unsure', to('sendSomebody')),
      ],
    },
    {
      step: 'needAmbulance',
      required: 'never',
      answers: [
        inNeed(leads('yes', to('call120'))),
        leads('no', to('sendSomebody')),
        inNeed(asks('unsure', to('call120'))),
      ],
    },
    {
      step: 'call120',
      required: 'never',
      answers: [leads('called', to('openGate')), asks('cannot', to('openGate')), asks('unsure', to('openGate'))],
    },
    {
      step: 'openGate',
      required: 'never',
      answers: [leads('opened', afterGate), leads('notNeeded', afterGate), asks('unsure', afterGate)],
    },
    {
      step: 'sendSomebody',
      required: 'never',
      answers: [leads('onTheWay', to('seen')), asks('nobodyFree', to('seen')), asks('unsure', to('seen'))],
    },
    {
      step: 'seen',
      required: 'always',
      answers: [
        finishes('seenSafe', ['personSafe', 'handedToFamily', 'falseAlarm', 'testAlarm']),
        inNeed(leads('seenNeedsCare', needsCare)),
        leads('notYet', to('seen')),
        asks('unsure', to('seen')),
      ],
    },
    {
      step: 'withPerson',
      required: 'onceAsked',
      answers: [
        finishes('ambulance', ['handedToAmbulance']),
        finishes('family', ['handedToFamily', 'personSafe']),
        leads('nobodyYet', to('withPerson')),
        asks('unsure', to('withPerson')),
      ],
    },
  ],
};
