import { assign, setup } from 'xstate';
import { defineMachine, notRefused } from '../kernel/define-machine.ts';
import { effectActions, machineTypes } from '../kernel/effects.ts';
import type { Refusal } from '../kernel/machine.ts';
import { privacyEffects } from '../people/privacy.effects.ts';
import { refusesUnlessPerson } from '../people/actor.rules.ts';
import { keepRangeMs, mayTakeBack } from './visit.rules.ts';
import type { VisitContext, VisitEvent } from './visit.types.ts';

const blank: VisitContext = {
  visitId: '',
  subjectId: '',
  kind: 'other',
  name: '',
  phone: null,
  plate: null,
  visiting: '',
  arrivedAt: 0,
  registeredBy: '',
  leftAt: null,
  forgottenAt: null,
};

const refuses = (context: VisitContext, event: VisitEvent): Refusal | null => {
  if (!('by' in event)) return null;
  if (event.type === 'leave' && context.leftAt !== null)
    return { kind: 'alreadyLeft', details: { at: context.leftAt } };
  if (event.type === 'takeBack' && !mayTakeBack(context.leftAt, event.at))
    return context.leftAt === null ? { kind: 'stillInside' } : { kind: 'tooLateToTakeBack' };
  return refusesUnlessPerson(event.by);
};

/** A visit. Its personal fields are ciphertext here, and gone with the key of its subject when it is forgotten. */
const visitMachine = setup({
  types: machineTypes<VisitContext, VisitEvent>(),
  actions: {
    ...effectActions,
    ...privacyEffects,
    begin: assign(({ context, event }) =>
      event.type === 'register'
        ? {
            visitId: event.visitId,
            subjectId: event.subjectId,
            kind: event.kind,
            name: event.name,
            phone: event.phone,
            plate: event.plate,
            visiting: event.visiting,
            arrivedAt: event.occurredAt,
            registeredBy: event.by,
          }
        : context,
    ),
    leave: assign(({ context, event }) => ({ leftAt: Math.max(event.occurredAt, context.arrivedAt) })),
    forget: assign(({ event }) => ({ name: '', phone: null, plate: null, visiting: '', forgottenAt: event.at })),
  },
  guards: { taken: notRefused(refuses) },
}).createMachine({
  id: 'visit',
  context: blank,
  initial: 'new',
  states: {
    new: {
      description: 'Nobody has come yet.',
      on: { register: { target: 'kept', actions: 'begin' } },
    },
    kept: {
      description: 'Who it was can still be looked up by those who may.',
      initial: 'inside',
      entry: {
        type: 'setDeadline',
        params: ({ event }) => ({
          name: 'retention',
          dueInMs: event.type === 'register' ? event.keepMs : keepRangeMs.least,
          lifeSafety: false,
        }),
      },
      exit: { type: 'clearDeadline', params: { name: 'retention' } },
      on: {
        forget: { guard: 'taken', target: 'forgotten' },
        'deadline.retention': 'forgotten',
      },
      states: {
        inside: {
          description: 'The visitor is inside.',
          on: {
            leave: { guard: 'taken', target: 'left', actions: 'leave' },
          },
        },
        left: {
          description: 'The visitor has left. Whoever wrote that down by mistake can take it back for 10 min.',
          on: {
            takeBack: { guard: 'taken', target: 'inside', actions: assign({ leftAt: null }) },
          },
        },
      },
    },
    forgotten: {
      description: 'The key is deleted: that there was a visit is known, who it was is not.',
      type: 'final',
      entry: ['forget', { type: 'forgetSubject', params: ({ context }) => ({ subjectId: context.subjectId }) }],
    },
  },
});

/** The visit as the station runs it. */
export const visit = defineMachine<VisitContext, VisitEvent>({
  kind: 'visit',
  schema: 1,
  machine: visitMachine,
  effects: privacyEffects,
  startedBy: 'register',
  refusesStart: (event) => {
    if (event.type !== 'register') return null;
    if (event.keepMs < keepRangeMs.least || event.keepMs > keepRangeMs.most)
      return { kind: 'keepOutOfRange', details: keepRangeMs };
    return refusesUnlessPerson(event.by);
  },
  refuses: ({ context }, event) => refuses(context, event),
  nameFact: (before, event, after) => {
    const { kind, registeredBy, arrivedAt, leftAt } = after.context;
    if (before === null) return { type: 'v1.VisitorRegistered', body: { kind, by: registeredBy } };
    if (event.type === 'leave')
      return { type: 'v1.VisitorLeft', body: { kind, by: event.by, stayedMs: (leftAt ?? arrivedAt) - arrivedAt } };
    if (event.type === 'takeBack') return { type: 'v1.DepartureTakenBack', body: { kind, by: event.by } };
    return { type: 'v1.VisitorForgotten', body: { kind, by: event.type === 'forget' ? event.by : null } };
  },
});
