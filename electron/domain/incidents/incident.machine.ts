import { and, assign, not, setup, stateIn } from 'xstate';
import { effectActions, machineTypes } from '../kernel/effects.ts';
import { minutes } from '../kernel/time.ts';
import { isPerson } from '../people/actor.rules.ts';
import { escalationStepMs, refusesPark, refusesResolve, unattendedAfterMs } from './incident.rules.ts';
import type { IncidentContext, IncidentEvent } from './incident.types.ts';
import {
  asked,
  asksForHelp,
  currentStep,
  procedureOf,
  refusesAnswer,
  refusesBack,
  withAnswer,
  withBack,
} from './procedure.rules.ts';

const blank: IncidentContext = {
  incidentId: '',
  kind: 'help',
  alarmId: '',
  sourceId: '',
  openedAt: 0,
  claimedBy: null,
  claimedAt: null,
  steps: [],
  calls: [],
  parkedUntil: null,
  parkReason: null,
  resolution: null,
  resolvedAt: null,
  resolvedBy: null,
  resolutionNote: null,
  reviewedAt: null,
  reviewedBy: null,
  reviewNote: null,
  escalatesAt: null,
};

/** The volunteer has opened the phone list and reaches nobody for this long: all seats are told. */
const callingMs = minutes(2);

/** Taking over from somebody who is at it would leave two people each believing that the other one acts. */
const mayTakeOver = and([
  'byPerson',
  not(stateIn({ running: { escalation: 'attended' } })),
  not(stateIn({ running: { escalation: 'settled' } })),
]);

/** One deadline, set anew by each state of the escalation, so that the due time on screen is the due time of the station. */
const escalatesIn = (inMs: number) =>
  [
    { type: 'expectEscalation', params: { inMs } },
    { type: 'setDeadline', params: { name: 'escalate', dueInMs: inMs, lifeSafety: true } },
  ] as const;

/** Said again at each level: a siren that somebody silenced by hand is heard again at the next one. */
const sounds = {
  type: 'startSiren',
  params: ({ context }: { readonly context: IncidentContext }) => ({ source: context.incidentId }),
} as const;

/**
 * An incident: a person needs help. The work (who does what) and the escalation (what happens when nobody does) run in parallel;
 * the escalation looks at what people do, never at what they promised.
 */
export const incidentMachine = setup({
  types: machineTypes<IncidentContext, IncidentEvent>(),
  actions: {
    ...effectActions,
    expectEscalation: assign(({ event }, params: { readonly inMs: number }) => ({
      escalatesAt: event.at + params.inMs,
    })),
    expectParkEnd: assign(({ context }) => ({ escalatesAt: context.parkedUntil })),
    expectNothing: assign({ escalatesAt: null }),
    begin: assign(({ context, event }) =>
      event.type === 'open'
        ? {
            incidentId: event.incidentId,
            kind: event.kind,
            alarmId: event.alarmId,
            sourceId: event.sourceId,
            openedAt: event.at,
          }
        : context,
    ),
    claim: assign(({ context, event }) =>
      event.type === 'claim'
        ? {
            claimedBy: event.by,
            claimedAt: event.at,
            steps: context.steps.length > 0 ? context.steps : [asked(procedureOf(context.kind).first, event.at)],
          }
        : context,
    ),
    answer: assign(({ context, event }) =>
      event.type === 'answer' ? { steps: withAnswer(context.kind, context.steps, event) } : context,
    ),
    back: assign(({ context, event }) =>
      event.type === 'back' ? { steps: withBack(context.steps, event.step, event.at) } : context,
    ),
    park: assign(({ context, event }) =>
      event.type === 'park' ? { parkedUntil: event.untilMs, parkReason: event.reason } : context,
    ),
    unpark: assign({ parkedUntil: null, parkReason: null }),
    recordCall: assign(({ context, event }) =>
      event.type === 'recordCall'
        ? {
            calls: [
              ...context.calls,
              { contactId: event.contactId, outcome: event.outcome, at: event.at, by: event.by },
            ],
          }
        : context,
    ),
    resolve: assign(({ context, event }) =>
      event.type === 'resolve'
        ? {
            resolution: event.resolution,
            resolvedAt: event.at,
            resolvedBy: event.by,
            resolutionNote: event.note,
            escalatesAt: null,
            parkedUntil: null,
            parkReason: null,
          }
        : context,
    ),
    review: assign(({ context, event }) =>
      event.type === 'review' ? { reviewedAt: event.at, reviewedBy: event.by, reviewNote: event.note } : context,
    ),
  },
  guards: {
    byPerson: ({ event }) => 'by' in event && isPerson(event.by),
    claimed: ({ context }) => context.claimedBy !== null,
    answerFits: ({ context, event }) =>
      event.type === 'answer' &&
      isPerson(event.by) &&
      refusesAnswer(context.kind, context.steps, event.step, event.answer) === null,
    answerAsksForHelp: ({ context, event }) =>
      event.type === 'answer' && asksForHelp(context.kind, event.step, event.answer),
    answerFinishes: ({ context, event }) =>
      event.type === 'answer' && currentStep(withAnswer(context.kind, context.steps, event)) === null,
    backFits: ({ context, event }) =>
      event.type === 'back' && isPerson(event.by) && refusesBack(context.steps, event.step) === null,
    parkFits: ({ context, event }) =>
      event.type === 'park' && context.claimedBy !== null && isPerson(event.by) && refusesPark(context, event) === null,
    resolveFits: ({ context, event }) =>
      event.type === 'resolve' && isPerson(event.by) && refusesResolve(context, event) === null,
    somebodyComes: ({ event }) => event.type === 'recordCall' && ['reached', 'onTheWay'].includes(event.outcome),
  },
}).createMachine({
  id: 'incident',
  context: blank,
  initial: 'new',
  states: {
    new: {
      description: 'Nothing has happened yet.',
      on: { open: { target: 'running', actions: 'begin' } },
    },
    running: {
      description: 'A person needs help, or may need it.',
      type: 'parallel',
      on: {
        resolve: {
          guard: 'resolveFits',
          target: 'resolved',
          actions: [
            'resolve',
            { type: 'clearDeadline', params: { name: 'escalate' } },
            {
              type: 'tell',
              params: ({ context, event }) => ({
                kind: 'alarm',
                id: context.alarmId,
                event: { type: 'incidentEnded', at: event.at, by: event.by },
              }),
            },
          ],
        },
      },
      states: {
        work: {
          description: 'What people do about it.',
          initial: 'open',
          states: {
            open: {
              description: 'Nobody has taken it on yet.',
              on: {
                claim: {
                  guard: 'byPerson',
                  target: 'claimed',
                  actions: [
                    'claim',
                    {
                      type: 'tell',
                      params: ({ context, event }) => ({
                        kind: 'alarm',
                        id: context.alarmId,
                        event: { type: 'acknowledge', at: event.at, by: event.by },
                      }),
                    },
                  ],
                },
              },
            },
            claimed: {
              description: 'Somebody has taken it on; the first question is asked.',
              on: {
                claim: { guard: mayTakeOver, actions: 'claim' },
                answer: { guard: 'answerFits', target: 'inProgress', actions: 'answer' },
                park: { guard: 'parkFits', target: 'parked', actions: 'park' },
              },
            },
            inProgress: {
              description: 'It is worked through, one question at a time.',
              on: {
                claim: { guard: mayTakeOver, actions: 'claim' },
                answer: { guard: 'answerFits', actions: 'answer' },
                back: { guard: 'backFits', actions: 'back' },
                park: { guard: 'parkFits', target: 'parked', actions: 'park' },
              },
            },
            parked: {
              description: 'Laid aside with a reason, for an hour at most; it comes back by itself.',
              exit: 'unpark',
              on: {
                claim: { guard: 'byPerson', target: 'inProgress', actions: 'claim' },
                answer: { guard: 'answerFits', target: 'inProgress', actions: 'answer' },
                back: { guard: 'backFits', target: 'inProgress', actions: 'back' },
                resume: { guard: 'byPerson', target: 'inProgress' },
                pressedAgain: 'inProgress',
                'deadline.escalate': 'inProgress',
              },
            },
          },
        },
        escalation: {
          description: 'What happens by itself, and when.',
          initial: 'waiting',
          on: {
            claim: { guard: mayTakeOver, target: '.attended' },
            answer: [
              { guard: and(['answerFits', 'answerAsksForHelp']), target: '.calling' },
              { guard: and(['answerFits', 'answerFinishes']), target: '.settled' },
              { guard: 'answerFits', target: '.attended' },
            ],
            back: { guard: 'backFits', target: '.attended' },
            park: { guard: 'parkFits', target: '.paused' },
            recordCall: [
              { guard: and(['byPerson', 'claimed', 'somebodyComes']), target: '.attended', actions: 'recordCall' },
              { guard: and(['byPerson', 'claimed']), target: '.calling', actions: 'recordCall' },
              { guard: 'byPerson', actions: 'recordCall' },
            ],
          },
          states: {
            waiting: {
              description: 'It is shown at every seat; in 60 s the siren sounds.',
              entry: escalatesIn(escalationStepMs),
              on: { 'deadline.escalate': 'sounding' },
            },
            sounding: {
              description: 'The siren sounds until somebody acts.',
              initial: 'siren',
              exit: { type: 'stopSiren', params: ({ context }) => ({ source: context.incidentId }) },
              states: {
                siren: {
                  description: 'The siren sounds in the room.',
                  entry: [sounds, ...escalatesIn(escalationStepMs)],
                  on: { 'deadline.escalate': 'allSeats' },
                },
                allSeats: {
                  description: 'All seats, the gatehouse and the manager too, are called.',
                  entry: [sounds, ...escalatesIn(escalationStepMs)],
                  on: { 'deadline.escalate': 'phoneList' },
                },
                phoneList: {
                  description:
                    'The phone list stands at every seat, with a button for each outcome. Nothing further happens by itself.',
                  entry: [sounds, 'expectNothing'],
                },
              },
            },
            attended: {
              description: 'Somebody is at it. After 5 min without an answer, that is doubted.',
              entry: escalatesIn(unattendedAfterMs),
              on: { 'deadline.escalate': 'unattended' },
            },
            calling: {
              description:
                'The volunteer is not sure, or reached nobody: the phone list is open, without a siren. After 2 min all seats are called.',
              entry: escalatesIn(callingMs),
              on: { 'deadline.escalate': 'sounding.allSeats' },
            },
            unattended: {
              description: 'Somebody had taken it on, and nothing is heard of them; in 60 s the siren sounds.',
              entry: escalatesIn(escalationStepMs),
              on: { 'deadline.escalate': 'sounding' },
            },
            settled: {
              description: 'The person is in good hands; only the closing is left, and for that no siren sounds.',
              entry: ['expectNothing', { type: 'clearDeadline', params: { name: 'escalate' } }],
              on: {
                pressedAgain: 'unattended',
                recordCall: { guard: 'byPerson', actions: 'recordCall' },
              },
            },
            paused: {
              description: 'Laid aside; it comes back at the time that was said, or when the button is pressed again.',
              entry: [
                'expectParkEnd',
                {
                  type: 'setDeadline',
                  params: ({ context, event }) => ({
                    name: 'escalate',
                    dueInMs: Math.max(0, (context.parkedUntil ?? event.at) - event.at),
                    lifeSafety: true,
                  }),
                },
              ],
              on: {
                resume: { guard: 'byPerson', target: 'attended' },
                pressedAgain: 'unattended',
                'deadline.escalate': 'unattended',
                recordCall: { guard: 'byPerson', actions: 'recordCall' },
              },
            },
          },
        },
      },
    },
    resolved: {
      description: 'Closed with a reason; a manager has not looked at it yet.',
      on: { review: { guard: 'byPerson', target: 'reviewed', actions: 'review' } },
    },
    reviewed: { description: 'A manager has looked at it. Nothing more happens.', type: 'final' },
  },
});
