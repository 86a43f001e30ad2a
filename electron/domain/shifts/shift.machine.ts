import { assign, setup } from 'xstate';
import { clearsAlarm, raisesAlarm } from '../alarms/alarm.events.ts';
import { effectActions, machineTypes } from '../kernel/effects.ts';
import { isPerson } from '../people/actor.rules.ts';
import {
  overdueAlarmAfterMs,
  postAlarm,
  refusesAccept,
  refusesExtend,
  refusesTakeover,
  refusesWithdraw,
  remindBeforeMs,
  unstaffedAlarmAfterMs,
} from './shift.rules.ts';
import type { ShiftContext, ShiftEvent } from './shift.types.ts';

const blank: ShiftContext = { postId: '', createdAt: 0, responsible: null, handover: null, overdueSince: null };

const untilEnd = (context: ShiftContext, at: number, before: number): number =>
  Math.max(0, (context.responsible?.until ?? at) - before - at);

/**
 * The post. From the first accepted takeover on exactly one person is responsible, and stays so, past the end of the shift too,
 * until another one has accepted.
 */
export const shiftMachine = setup({
  types: machineTypes<ShiftContext, ShiftEvent>(),
  actions: {
    ...effectActions,
    begin: assign(({ context, event }) =>
      event.type === 'establish' ? { postId: event.postId, createdAt: event.at } : context,
    ),
    offer: assign(({ context, event }) =>
      event.type === 'beginTakeover'
        ? {
            handover: {
              incoming: event.incoming,
              startedAt: event.at,
              until: event.untilMs,
              openItems: event.openItems,
            },
          }
        : context,
    ),
    takeOver: assign(({ context, event }) =>
      context.handover === null
        ? context
        : {
            responsible: {
              personId: context.handover.incoming,
              since: event.at,
              until: context.handover.until,
              shiftNumber: (context.responsible?.shiftNumber ?? 0) + 1,
            },
            handover: null,
          },
    ),
    extend: assign(({ context, event }) =>
      event.type === 'extend' && context.responsible !== null
        ? { responsible: { ...context.responsible, until: event.untilMs } }
        : context,
    ),
  },
  guards: {
    takeoverFits: ({ context, event }) =>
      event.type === 'beginTakeover' && isPerson(event.incoming) && refusesTakeover(context, event) === null,
    acceptFits: ({ context, event }) => event.type === 'accept' && refusesAccept(context, event) === null,
    withdrawFits: ({ context, event }) => event.type === 'withdraw' && refusesWithdraw(context, event) === null,
    extendFits: ({ context, event }) => event.type === 'extend' && refusesExtend(context, event) === null,
  },
}).createMachine({
  id: 'shift',
  context: blank,
  initial: 'new',
  states: {
    new: {
      description: 'The post does not exist yet.',
      on: { establish: { target: 'established', actions: 'begin' } },
    },
    established: {
      description: 'The post exists.',
      type: 'parallel',
      states: {
        post: {
          description: 'Whether anybody is responsible.',
          initial: 'unstaffed',
          states: {
            unstaffed: {
              description: 'Nobody has ever taken over.',
              initial: 'waiting',
              on: { accept: { guard: 'acceptFits', target: 'staffed', actions: 'takeOver' } },
              states: {
                waiting: {
                  description: 'It is shown that nobody is responsible; after 2 min it is an alarm.',
                  entry: {
                    type: 'setDeadline',
                    params: { name: 'unstaffed', dueInMs: unstaffedAlarmAfterMs, lifeSafety: true },
                  },
                  exit: { type: 'clearDeadline', params: { name: 'unstaffed' } },
                  on: { 'deadline.unstaffed': 'alarmed' },
                },
                alarmed: {
                  description: 'The alarm stands until somebody takes over.',
                  entry: {
                    type: 'tell',
                    params: ({ context, event }) => raisesAlarm(postAlarm(context, 'high'), event.at),
                  },
                  exit: {
                    type: 'tell',
                    params: ({ context, event }) => clearsAlarm(postAlarm(context, 'high').alarmId, event.at),
                  },
                },
              },
            },
            staffed: {
              description: 'Exactly one person is responsible. The post never goes back from here.',
              on: { accept: { guard: 'acceptFits', actions: 'takeOver' } },
            },
          },
        },
        handover: {
          description: 'Whether somebody is taking over.',
          initial: 'none',
          states: {
            none: {
              description: 'Nobody is taking over.',
              on: { beginTakeover: { guard: 'takeoverFits', target: 'offered', actions: 'offer' } },
            },
            offered: {
              description: 'The incoming person goes through what is open; the outgoing one stays responsible.',
              on: {
                beginTakeover: { guard: 'takeoverFits', actions: 'offer' },
                accept: { guard: 'acceptFits', target: 'none' },
                withdraw: { guard: 'withdrawFits', target: 'none', actions: assign({ handover: null }) },
              },
            },
          },
        },
        end: {
          description: 'The end of the shift by the roster. One deadline, `end`, is set anew by each state.',
          initial: 'none',
          on: {
            accept: { guard: 'acceptFits', target: '.running' },
            extend: { guard: 'extendFits', target: '.running', actions: 'extend' },
          },
          states: {
            none: { description: 'No shift has begun.' },
            running: {
              description: 'The shift runs.',
              entry: [
                assign({ overdueSince: null }),
                {
                  type: 'setDeadline',
                  params: ({ context, event }) => ({
                    name: 'end',
                    dueInMs: untilEnd(context, event.at, remindBeforeMs),
                    lifeSafety: false,
                  }),
                },
              ],
              on: { 'deadline.end': 'due' },
            },
            due: {
              description: 'The end is 10 min away or less: the next person is reminded.',
              entry: {
                type: 'setDeadline',
                params: ({ context, event }) => ({
                  name: 'end',
                  dueInMs: untilEnd(context, event.at, 0),
                  lifeSafety: false,
                }),
              },
              on: { 'deadline.end': 'overdue' },
            },
            overdue: {
              description: 'The end has passed and nobody has accepted: shown, and after 15 min an alarm.',
              entry: [
                assign(({ event }) => ({ overdueSince: event.at })),
                { type: 'setDeadline', params: { name: 'end', dueInMs: overdueAlarmAfterMs, lifeSafety: false } },
              ],
              on: { 'deadline.end': 'overdueAlarmed' },
            },
            overdueAlarmed: {
              description:
                'Nobody has come for 15 min: the alarm stands until somebody accepts or the shift is extended.',
              entry: {
                type: 'tell',
                params: ({ context, event }) => raisesAlarm(postAlarm(context, 'medium'), event.at),
              },
              exit: {
                type: 'tell',
                params: ({ context, event }) => clearsAlarm(postAlarm(context, 'medium').alarmId, event.at),
              },
            },
          },
        },
      },
    },
  },
});
