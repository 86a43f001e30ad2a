import { assign, matchesState, setup } from 'xstate';
import { defineMachine, notRefused } from '../kernel/define-machine.ts';
import { effectActions, machineTypes, tells } from '../kernel/effects.ts';
import type { Refusal } from '../kernel/machine.ts';
import { leaderRef } from './leader.events.ts';
import { sirenEffects } from './siren.effects.ts';
import { refusesUnlessPerson } from '../people/actor.rules.ts';
import { outranks, sirenAfterMs, withDetails } from './alarm.rules.ts';
import type { AlarmContext, AlarmEvent } from './alarm.types.ts';

const blank: AlarmContext = {
  alarmId: '',
  cause: 'helpButton',
  priority: 'low',
  sourceId: '',
  raisedAt: 0,
  occurrences: 0,
  lastReportAt: 0,
  relapses: 0,
  occurrenceId: '',
  endsWithNote: false,
  details: [],
  clearedAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  incidentId: null,
};

const refuses = (context: AlarmContext, event: AlarmEvent): Refusal | null => {
  if (event.type === 'incidentEnded' && context.incidentId === null) return { kind: 'noIncident' };
  return 'by' in event ? refusesUnlessPerson(event.by) : null;
};

/**
 * An alarm. It is over when its cause is gone AND a person has taken note AND the incident that it opened has ended: so one cause
 * and source has one alarm, and a second press of a button never opens a second incident beside a running one.
 */
const alarmMachine = setup({
  types: machineTypes<AlarmContext, AlarmEvent>(),
  actions: {
    ...effectActions,
    ...sirenEffects,
    begin: assign(({ context, event }) =>
      event.type === 'raise'
        ? {
            alarmId: event.alarmId,
            cause: event.cause,
            priority: event.priority,
            sourceId: event.sourceId,
            raisedAt: event.at,
            occurrences: 1,
            lastReportAt: event.at,
            incidentId: event.incidentId,
            occurrenceId: event.alarmId,
            endsWithNote: event.endsWithNote ?? false,
            details: withDetails([], event.details ?? []),
          }
        : context,
    ),
    countReport: assign(({ context, event }) =>
      event.type === 'repeat'
        ? {
            clearedAt: null,
            occurrences: context.occurrences + (event.times ?? 1),
            lastReportAt: event.at,
            relapses: context.relapses + (context.clearedAt === null ? 0 : 1),
            details: withDetails(context.details, event.details ?? []),
            occurrenceId: event.occurrenceId ?? context.occurrenceId,
          }
        : context,
    ),
    becomeUrgent: assign(({ context, event }) => (event.type === 'rise' ? { priority: event.priority } : context)),
    takeNote: assign(({ event }) => ('by' in event ? { acknowledgedAt: event.at, acknowledgedBy: event.by } : {})),
    settleByIncident: assign(({ context, event }) =>
      event.type === 'incidentEnded'
        ? {
            clearedAt: context.clearedAt ?? event.at,
            acknowledgedAt: context.acknowledgedAt ?? event.at,
            acknowledgedBy: context.acknowledgedBy ?? event.by,
          }
        : context,
    ),
  },
  guards: {
    taken: notRefused(refuses),
    hasIncident: ({ event }) => event.type === 'raise' && event.incidentId !== null,
    rises: ({ context, event }) =>
      event.type === 'rise' && context.clearedAt === null && outranks(event.priority, context.priority),
    risesToSound: ({ context, event }) =>
      event.type === 'rise' &&
      context.clearedAt === null &&
      outranks(event.priority, context.priority) &&
      sirenAfterMs(event.priority, context.incidentId) !== null,
    willSound: ({ event }) => event.type === 'raise' && sirenAfterMs(event.priority, event.incidentId) !== null,
    /** A life alarm sounds until a person has heard it; another one has nothing to say once its cause is gone. */
    calmsByItself: ({ context }) => context.priority !== 'life',
    settled: ({ context }) =>
      context.incidentId === null &&
      context.acknowledgedAt !== null &&
      (context.clearedAt !== null || context.endsWithNote),
  },
}).createMachine({
  id: 'alarm',
  context: blank,
  initial: 'new',
  states: {
    new: {
      description: 'Nothing has been reported yet.',
      on: {
        raise: [
          { guard: 'hasIncident', target: ['open.lead.incident', 'open.sound.silent'], actions: 'begin' },
          { guard: 'willSound', target: ['open.lead.none', 'open.sound.waiting'], actions: 'begin' },
          { target: 'open', actions: 'begin' },
        ],
      },
    },
    open: {
      description:
        'The alarm stands in the queue: its cause is there, or nobody has taken note, or its incident is running.',
      type: 'parallel',
      always: { guard: 'settled', target: 'closed' },
      on: {
        incidentEnded: { guard: 'taken', target: 'closed', actions: 'settleByIncident' },
      },
      states: {
        condition: {
          description: 'Whether what the alarm is about is still there.',
          initial: 'active',
          states: {
            active: {
              description: 'The cause is there.',
              on: {
                clear: { target: 'cleared', actions: assign(({ event }) => ({ clearedAt: event.at })) },
                repeat: { actions: 'countReport' },
                rise: { guard: 'rises', actions: 'becomeUrgent' },
              },
            },
            cleared: {
              description:
                'The cause has gone; the alarm stays until a person has taken note and its incident has ended.',
              on: {
                repeat: { target: 'active', actions: 'countReport' },
              },
            },
          },
        },
        acknowledgement: {
          description: 'Whether a person has taken note.',
          initial: 'unacknowledged',
          states: {
            unacknowledged: {
              description: 'No person has taken note yet.',
              on: {
                acknowledge: { guard: 'taken', target: 'acknowledged', actions: 'takeNote' },
              },
            },
            acknowledged: {
              description: 'A person has taken note.',
              on: {
                rise: {
                  guard: 'rises',
                  target: 'unacknowledged',
                  actions: assign({ acknowledgedAt: null, acknowledgedBy: null }),
                },
              },
            },
          },
        },
        lead: {
          description: 'Whether an incident leads through this alarm.',
          initial: 'none',
          states: {
            none: { description: 'No incident: taking note and the cause being gone is all there is to it.' },
            incident: {
              description:
                'An incident leads through it; a device that reports itself well does not end the alarm before the incident ends.',
              entry: {
                type: 'tell',
                params: ({ context, event }) =>
                  tells(leaderRef, context.incidentId ?? '', {
                    type: 'open',
                    at: event.at,
                    incidentId: context.incidentId ?? '',
                    kind: 'help',
                    alarmId: context.alarmId,
                    sourceId: context.sourceId,
                  }),
              },
              on: {
                repeat: {
                  actions: {
                    type: 'tell',
                    params: ({ context, event }) =>
                      tells(leaderRef, context.incidentId ?? '', { type: 'pressedAgain', at: event.at }),
                  },
                },
              },
            },
          },
        },
        sound: {
          description: 'What is heard of this alarm by itself. Where an incident leads, the incident sounds instead.',
          initial: 'silent',
          states: {
            silent: {
              description: 'This alarm makes no sound of its own.',
              on: { rise: { guard: 'risesToSound', target: 'waiting' } },
            },
            waiting: {
              description: 'The siren sounds soon, unless somebody takes note.',
              entry: {
                type: 'setDeadline',
                params: ({ context }) => ({
                  name: 'siren',
                  dueInMs: sirenAfterMs(context.priority, context.incidentId) ?? 0,
                  lifeSafety: context.priority === 'life',
                }),
              },
              on: {
                'deadline.siren': 'sounding',
                acknowledge: {
                  guard: 'taken',
                  target: 'silent',
                  actions: { type: 'clearDeadline', params: { name: 'siren' } },
                },
                clear: {
                  guard: 'calmsByItself',
                  target: 'calmed',
                  actions: { type: 'clearDeadline', params: { name: 'siren' } },
                },
              },
            },
            sounding: {
              description: 'The siren sounds for this alarm.',
              entry: { type: 'startSiren', params: ({ context }) => ({ source: context.alarmId }) },
              exit: { type: 'stopSiren', params: ({ context }) => ({ source: context.alarmId }) },
              on: {
                acknowledge: { guard: 'taken', target: 'silent' },
                clear: { guard: 'calmsByItself', target: 'calmed' },
              },
            },
            calmed: {
              description:
                'Silent because the cause has gone; if it comes back before anybody took note, the waiting begins anew.',
              on: { repeat: 'waiting', acknowledge: { guard: 'taken', target: 'silent' } },
            },
          },
        },
      },
    },
    closed: {
      description: 'The cause has gone, a person has taken note, and no incident is left.',
      type: 'final',
    },
  },
});

/** The alarm as the station runs it. */
export const alarm = defineMachine<AlarmContext, AlarmEvent>({
  kind: 'alarm',
  schema: 1,
  machine: alarmMachine,
  effects: sirenEffects,
  startedBy: 'raise',
  harmlessWhenDone: ['rise', 'clear', 'acknowledge', 'incidentEnded'],
  refuses: ({ context }, event) => refuses(context, event),
  nameFact: (before, event, after) => {
    const { cause, priority, sourceId, occurrences, incidentId, details } = after.context;
    const about = { cause, priority, sourceId, incidentId, details, closed: after.status === 'done' };
    if (before === null) return { type: 'v1.AlarmRaised', body: about };
    switch (event.type) {
      case 'repeat':
        return {
          type: 'v1.AlarmRepeated',
          body: { ...about, occurrences, activeAgain: matchesState({ open: { condition: 'cleared' } }, before.value) },
        };
      case 'rise':
        return { type: 'v1.AlarmRisen', body: about };
      case 'acknowledge':
        return { type: 'v1.AlarmAcknowledged', body: { ...about, by: event.by } };
      case 'incidentEnded':
        return { type: 'v1.AlarmClosedByIncident', body: { ...about, by: event.by } };
      case 'clear':
        return { type: 'v1.AlarmCleared', body: about };
      default:
        return { type: 'v1.AlarmSounded', body: about };
    }
  },
});
