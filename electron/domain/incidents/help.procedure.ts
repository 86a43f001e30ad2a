import type { Procedure, ProcedureAnswer, Route } from './procedure.types.ts';

type Detour = Route['instead'][number];

const to = (step: string | null, ...instead: readonly Detour[]): Route => ({ instead, to: step });

const when = (step: string, answers: readonly string[], leadsTo: string | null): Detour => ({
  step,
  answers,
  to: leadsTo,
});

const leads = (
  answer: string,
  route: Route,
  also: Partial<Omit<ProcedureAnswer, 'answer' | 'route'>> = {},
): ProcedureAnswer => ({
  answer,
  route,
  asksForHelp: false,
  waits: false,
  closesPhoneList: false,
  inNeed: false,
  allows: [],
  ...also,
});

/** An answer with which the volunteer is not left alone: the procedure goes on and the phone list opens. */
const asks = (answer: string, route: Route): ProcedureAnswer => leads(answer, route, { asksForHelp: true });

/** Not yet: heard, and nothing is put off by it. */
const waits = (answer: string, route: Route): ProcedureAnswer => leads(answer, route, { waits: true });

const inNeed = (answer: ProcedureAnswer): ProcedureAnswer => ({ ...answer, inNeed: true });

const ambulanceCalled = (leadsTo: string): Detour => when('call120', ['called'], leadsTo);
const besideInNeed = (leadsTo: string): Detour => when('seen', ['seenNeedsCare'], leadsTo);

/** After the gate: somebody goes there, unless somebody is with the person, or nobody gets in or is free: then the door is next. */
const afterGate = to(
  'sendSomebody',
  besideInNeed('withPerson'),
  when('notYetSeen', ['lockedOut'], 'openDoor'),
  when('sendSomebody', ['nobodyFree', 'unsure'], 'openDoor'),
  when('sendSomebody', ['onTheWay'], 'seen'),
);

/** Nobody goes: the ambulance is called and the door opened, unless the person said that no ambulance is needed. */
const nobodyGoes = to('call120', ambulanceCalled('openDoor'), when('needAmbulance', ['no'], 'seen'));

/** Somebody stands beside a person who needs care: 120 first, unless it was called already. */
const needsCare = to('call120', ambulanceCalled('withPerson'));

/** What is opened for the ambulance is closed after it. */
const theEnd = to(
  null,
  when('arrival', ['in'], 'closeGate'),
  when('openGate', ['opened'], 'closeGate'),
  when('gateByHand', ['raised'], 'closeGate'),
);

/** The ambulance may be at the gate, and then it is opened again. */
const stillUnseen = to('notYetSeen', when('arrival', ['in'], 'notYetSeen'), ambulanceCalled('arrival'));

/** Beside a person in need without a crew: 120 until it is reached, then the gate again, then waiting. */
const stillAlone = to('call120', when('arrival', ['in'], 'withPerson'), ambulanceCalled('arrival'));

const afterArrival = to('seen', besideInNeed('withPerson'));

/**
 * What to do when somebody presses a help button, for a volunteer at three in the morning. See `docs/decisions/0014-nobody-walks-away.md`.
 *
 * Every question has an answer for "I am not sure"; none is a dead end; when in doubt the ambulance is called; no answer and nobody free lead
 * to the ambulance and to the door; and no path ends before somebody has seen the person.
 */
export const helpProcedure: Procedure = {
  first: 'reach',
  steps: [
    {
      step: 'reach',
      required: 'always',
      answers: [
        leads('answered', to('needAmbulance'), { allows: ['falseAlarm', 'testAlarm'] }),
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
      answers: [
        leads('opened', afterGate),
        leads('cannot', to('gateByHand')),
        leads('notNeeded', afterGate),
        asks('unsure', afterGate),
      ],
    },
    {
      step: 'gateByHand',
      required: 'never',
      answers: [leads('raised', afterGate), asks('cannot', afterGate), asks('unsure', afterGate)],
    },
    {
      step: 'sendSomebody',
      required: 'never',
      answers: [
        leads('onTheWay', to('seen'), { closesPhoneList: true }),
        asks('nobodyFree', nobodyGoes),
        asks('unsure', nobodyGoes),
      ],
    },
    {
      step: 'openDoor',
      required: 'never',
      answers: [
        leads('keyComes', to('seen'), { closesPhoneList: true }),
        leads('called110', to('seen'), { closesPhoneList: true }),
        asks('cannot', to('seen')),
        asks('unsure', to('seen')),
      ],
    },
    {
      step: 'seen',
      required: 'always',
      answers: [
        leads('seenSafe', theEnd, {
          allows: ['personSafe', 'handedToFamily', 'falseAlarm', 'testAlarm'],
          closesPhoneList: true,
        }),
        inNeed(leads('seenNeedsCare', needsCare)),
        waits('notYet', stillUnseen),
        asks('unsure', to('notYetSeen')),
      ],
    },
    {
      step: 'notYetSeen',
      required: 'never',
      answers: [
        waits('onTheWay', to('seen')),
        leads('lockedOut', to('call120', ambulanceCalled('openDoor'))),
        leads('nobodyGoes', to('sendSomebody')),
        asks('unsure', to('sendSomebody')),
      ],
    },
    {
      step: 'arrival',
      required: 'never',
      answers: [
        leads('in', afterArrival),
        waits('notYet', to('notYetSeen', besideInNeed('withPerson'))),
        leads('cannot', to('gateByHand')),
        asks('unsure', afterArrival),
      ],
    },
    {
      step: 'withPerson',
      required: 'onceAsked',
      answers: [
        leads('ambulance', theEnd, { allows: ['handedToAmbulance'], closesPhoneList: true }),
        leads('family', theEnd, { allows: ['handedToFamily', 'personSafe'], closesPhoneList: true }),
        waits('nobodyYet', stillAlone),
        asks('unsure', to('withPerson')),
      ],
    },
    {
      step: 'closeGate',
      required: 'never',
      afterwards: true,
      answers: [
        leads('closed', to(null)),
        leads('stillHere', to('closeGate')),
        leads('notNeeded', to(null)),
        asks('unsure', to('closeGate')),
      ],
    },
  ],
};
