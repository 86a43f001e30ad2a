import { and, assign, not, or, setup, stateIn } from 'xstate';
import { notRefused } from '../kernel/define-machine.ts';
import { effectActions, machineTypes, tells } from '../kernel/effects.ts';
import { alarmRef } from '../alarms/alarm.types.ts';
import { sirenEffects } from '../alarms/siren.effects.ts';
import { callingMs, escalationStepMs, refusesAnyhow, roundMs, unattendedAfterMs } from './incident.rules.ts';
import type { IncidentContext, IncidentEvent, RecallReason } from './incident.types.ts';
import {
  answerOf,
  asked,
  isWaiting,
  onlyClosingLeft,
  procedureOf,
  timesUnsure,
  withAnswer,
  withBack,
  withPressedAgain,
} from './procedure.rules.ts';

const blank: IncidentContext = {
  incidentId: '',
  kind: 'help',
  alarmId: '',
  sourceId: '',
  openedAt: 0,
  claimedBy: null,
  claimedAt: null,
  movedAt: 0,
  recallReason: null,
  phoneListSince: null,
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

/** Not from somebody who is at it, unless whoever is responsible takes it, or who has it says so again, or only the closing is left. */
const mayClaim = and(['taken', or([not(stateIn({ running: { escalation: 'attended' } })), 'claimIsFree'])]);

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

const recalls = (why: RecallReason) => ({ type: 'recall', params: { why } }) as const;

/**
 * An incident: a person needs help. The work (who does what) and the escalation (what happens when nobody does) run in parallel;
 * the escalation looks at what people do, never at what they promised.
 */
export const incidentMachine = setup({
  types: machineTypes<IncidentContext, IncidentEvent>(),
  actions: {
    ...effectActions,
    ...sirenEffects,
    expectEscalation: assign(({ event }, params: { readonly inMs: number }) => ({
      escalatesAt: event.at + params.inMs,
    })),
    expectParkEnd: assign(({ context }) => ({ escalatesAt: context.parkedUntil })),
    recall: assign((_scope, params: { readonly why: RecallReason }) => ({ recallReason: params.why })),
    endRecall: assign({ recallReason: null }),
    openPhoneList: assign(({ context, event }) => ({ phoneListSince: context.phoneListSince ?? event.at })),
    move: assign(({ event }) => ({ movedAt: event.at })),
    begin: assign(({ context, event }) =>
      event.type === 'open'
        ? {
            incidentId: event.incidentId,
            kind: event.kind,
            alarmId: event.alarmId,
            sourceId: event.sourceId,
            openedAt: event.at,
            movedAt: event.at,
            recallReason: 'untaken' as const,
          }
        : context,
    ),
    claim: assign(({ context, event }) =>
      event.type === 'claim'
        ? {
            claimedBy: event.by,
            claimedAt: event.at,
            movedAt: event.at,
            steps: context.steps.length > 0 ? context.steps : [asked(procedureOf(context.kind).first, event.at)],
          }
        : context,
    ),
    passOn: assign(({ context, event }) =>
      event.type === 'passOn'
        ? {
            claimedBy: event.by,
            claimedAt: event.at,
            recallReason: context.recallReason === 'untaken' ? ('left' as const) : context.recallReason,
            steps: context.steps.length > 0 ? context.steps : [asked(procedureOf(context.kind).first, event.at)],
          }
        : context,
    ),
    answer: assign(({ context, event }) => {
      if (event.type !== 'answer') return context;
      const given = answerOf(context.kind, event.step, event.answer);
      const opens = given?.waits === true || given?.asksForHelp === true;
      const listed = context.phoneListSince ?? (opens ? event.at : null);
      return {
        steps: withAnswer(context.kind, context.steps, event),
        movedAt: given?.waits === true ? context.movedAt : event.at,
        phoneListSince: given?.closesPhoneList === true ? null : listed,
      };
    }),
    back: assign(({ context, event }) =>
      event.type === 'back' ? { steps: withBack(context.steps, event.step, event.at), movedAt: event.at } : context,
    ),
    askAgain: assign(({ context, event }) => ({ steps: withPressedAgain(context.kind, context.steps, event.at) })),
    park: assign(({ context, event }) =>
      event.type === 'park' ? { parkedUntil: event.untilMs, parkReason: event.reason, movedAt: event.at } : context,
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
            recallReason: null,
            phoneListSince: null,
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
    taken: notRefused(refusesAnyhow),
    claimed: ({ context }) => context.claimedBy !== null,
    claimIsFree: ({ context, event }) =>
      event.type === 'claim' &&
      (event.onDuty || event.by === context.claimedBy || onlyClosingLeft(context.kind, context.steps)),
    isHolder: ({ context, event }) => event.type === 'holderLeft' && event.personId === context.claimedBy,
    byHolder: ({ context, event }) => event.type === 'claim' && event.by === context.claimedBy,
    passes: ({ context, event }) => event.type === 'passOn' && event.by !== context.claimedBy,
    answerAsksForHelp: ({ context, event }) =>
      event.type === 'answer' && answerOf(context.kind, event.step, event.answer)?.asksForHelp === true,
    answerWaits: ({ context, event }) =>
      event.type === 'answer' && answerOf(context.kind, event.step, event.answer)?.waits === true,
    unsureAgain: ({ context, event }) =>
      event.type === 'answer' && event.answer === 'unsure' && timesUnsure(context.steps) > 0,
    isWaiting: ({ context }) => isWaiting(context.kind, context.steps),
    onlyClosingLeft: ({ context }) => context.claimedBy !== null && onlyClosingLeft(context.kind, context.steps),
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
          guard: 'taken',
          target: 'resolved',
          actions: [
            'resolve',
            { type: 'clearDeadline', params: { name: 'escalate' } },
            {
              type: 'tell',
              params: ({ context, event }) =>
                tells(alarmRef, context.alarmId, { type: 'incidentEnded', at: event.at, by: event.by }),
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
                passOn: {
                  guard: and(['taken', 'passes']),
                  target: 'claimed',
                  actions: [
                    'passOn',
                    {
                      type: 'tell',
                      params: ({ context, event }) =>
                        tells(alarmRef, context.alarmId, { type: 'acknowledge', at: event.at, by: event.by }),
                    },
                  ],
                },
                claim: {
                  guard: 'taken',
                  target: 'claimed',
                  actions: [
                    'claim',
                    {
                      type: 'tell',
                      params: ({ context, event }) =>
                        tells(alarmRef, context.alarmId, { type: 'acknowledge', at: event.at, by: event.by }),
                    },
                  ],
                },
              },
            },
            claimed: {
              description: 'Somebody has taken it on; the first question is asked.',
              on: {
                claim: { guard: mayClaim, actions: 'claim' },
                passOn: { guard: and(['taken', 'passes']), actions: 'passOn' },
                answer: { guard: 'taken', target: 'inProgress', actions: 'answer' },
                park: { guard: 'taken', target: 'parked', actions: 'park' },
              },
            },
            inProgress: {
              description: 'It is worked through, one question at a time.',
              on: {
                claim: { guard: mayClaim, actions: 'claim' },
                passOn: { guard: and(['taken', 'passes']), actions: 'passOn' },
                pressedAgain: { guard: 'onlyClosingLeft', actions: 'askAgain' },
                answer: { guard: 'taken', actions: 'answer' },
                back: { guard: 'taken', actions: 'back' },
                park: { guard: 'taken', target: 'parked', actions: 'park' },
              },
            },
            parked: {
              description: 'Laid aside with a reason, for an hour at most; it comes back by itself.',
              exit: 'unpark',
              on: {
                claim: { guard: 'taken', target: 'inProgress', actions: 'claim' },
                passOn: { guard: and(['taken', 'passes']), actions: 'passOn' },
                answer: { guard: 'taken', target: 'inProgress', actions: 'answer' },
                back: { guard: 'taken', target: 'inProgress', actions: 'back' },
                resume: { guard: 'taken', target: 'inProgress', actions: 'move' },
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
            claim: { guard: mayClaim, target: '.attended' },
            answer: [
              {
                guard: and(['taken', 'unsureAgain']),
                target: '.sounding.allSeats',
                actions: recalls('askedForHelp'),
              },
              { guard: and(['taken', 'answerAsksForHelp']), target: '.calling' },
              { guard: and(['taken', not('answerWaits')]), target: '.attended' },
            ],
            back: { guard: 'taken', target: '.attended' },
            park: { guard: 'taken', target: '.paused' },
            recordCall: [
              {
                guard: and(['taken', 'claimed', 'somebodyComes']),
                target: '.attended',
                actions: ['recordCall', 'move'],
              },
              { guard: and(['taken', 'claimed']), target: '.calling', actions: ['recordCall', 'move'] },
              { guard: 'taken', actions: 'recordCall' },
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
                    'The phone list stands at every seat, with a button for each outcome. After 2 min all seats are called again, and so on until a name stands.',
                  entry: [sounds, 'openPhoneList', ...escalatesIn(roundMs)],
                  on: { 'deadline.escalate': 'allSeats' },
                },
              },
            },
            attended: {
              description: 'Somebody is at it, or only has to close it. After 5 min without a deed, that is doubted.',
              entry: ['endRecall', ...escalatesIn(unattendedAfterMs)],
              on: {
                'deadline.escalate': [
                  { guard: 'isWaiting', target: 'unattended', actions: recalls('stillWaiting') },
                  { target: 'unattended', actions: recalls('left') },
                ],
                pressedAgain: { guard: 'onlyClosingLeft', target: 'unattended', actions: recalls('pressedAgain') },
                holderLeft: {
                  guard: and(['isHolder', not('onlyClosingLeft')]),
                  target: 'unattended',
                  actions: recalls('signedOut'),
                },
              },
            },
            calling: {
              description:
                'The volunteer is not sure, or reached nobody: the phone list is open, without a siren. After 2 min all seats are called.',
              entry: ['endRecall', 'openPhoneList', ...escalatesIn(callingMs)],
              on: {
                // To say so, or to ask for help once more, puts nothing off.
                claim: { guard: 'byHolder' },
                answer: { guard: and(['taken', 'answerAsksForHelp', not('unsureAgain')]) },
                'deadline.escalate': { target: 'sounding.allSeats', actions: recalls('askedForHelp') },
              },
            },
            unattended: {
              description:
                'Somebody had taken it on, and nothing is heard of them, or they have signed out, or the person is still not seen; in 60 s the siren sounds.',
              entry: escalatesIn(escalationStepMs),
              on: { 'deadline.escalate': 'sounding' },
            },
            paused: {
              description: 'Laid aside; it comes back at the time that was said, or when the button is pressed again.',
              entry: [
                'endRecall',
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
                resume: { guard: 'taken', target: 'attended' },
                answer: { guard: and(['taken', 'answerWaits']), target: 'attended' },
                pressedAgain: { target: 'unattended', actions: recalls('pressedAgain') },
                'deadline.escalate': { target: 'unattended', actions: recalls('parkOver') },
                recordCall: { guard: 'taken', actions: ['recordCall', 'move'] },
              },
            },
          },
        },
      },
    },
    resolved: {
      description: 'Closed with a reason; a manager has not looked at it yet.',
      on: { review: { guard: 'taken', target: 'reviewed', actions: 'review' } },
    },
    reviewed: { description: 'A manager has looked at it. Nothing more happens.', type: 'final' },
  },
});
