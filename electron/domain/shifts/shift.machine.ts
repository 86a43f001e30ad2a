import { and, assign, setup } from 'xstate';
import { clearsAlarm, raisesAlarm } from '../alarms/alarm.events.ts';
import { notRefused } from '../kernel/define-machine.ts';
import { effectActions, machineTypes } from '../kernel/effects.ts';
import { postId } from '../posts/post.ts';
import { refuses, remindBeforeMs, unstaffedAlarm, unstaffedAlarmAfterMs } from './shift.rules.ts';
import type { ShiftContext, ShiftEvent } from './shift.types.ts';

const blank: ShiftContext = {
  postId: postId(''),
  createdAt: 0,
  responsible: null,
  shiftCount: 0,
  handover: null,
  overdueSince: null,
};

const untilEnd = (context: ShiftContext, at: number, before: number): number =>
  Math.max(0, (context.responsible?.until ?? at) - before - at);

/**
 * The post. From an accepted takeover on exactly one person is responsible, and stays so, past the end of the shift too, until another
 * one has accepted. Only somebody who works here no more is responsible no more.
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
      context.handover === null || event.type !== 'accept'
        ? context
        : {
            responsible: {
              personId: context.handover.incoming,
              since: event.at,
              until: event.untilMs,
              shiftNumber: context.shiftCount + 1,
            },
            shiftCount: context.shiftCount + 1,
            handover: null,
          },
    ),
    vacate: assign({ responsible: null, overdueSince: null }),
    callOff: assign({ handover: null }),
    extend: assign(({ context, event }) =>
      event.type === 'extend' && context.responsible !== null
        ? { responsible: { ...context.responsible, until: event.untilMs } }
        : context,
    ),
  },
  guards: {
    taken: notRefused(refuses),
    responsibleLeaves: ({ context, event }) =>
      event.type === 'leave' && context.responsible?.personId === event.personId,
    incomingLeaves: ({ context, event }) => event.type === 'leave' && context.handover?.incoming === event.personId,
    alreadyOver: ({ event }) => event.type === 'extend' && event.untilMs <= event.at,
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
              description: 'Nobody is responsible: nobody has ever taken over, or whoever had works here no more.',
              initial: 'waiting',
              on: { accept: { guard: 'taken', target: 'staffed', actions: 'takeOver' } },
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
                    params: ({ context, event }) => raisesAlarm(unstaffedAlarm(context), event.at),
                  },
                  exit: {
                    type: 'tell',
                    params: ({ context, event }) => clearsAlarm(unstaffedAlarm(context).alarmId, event.at),
                  },
                },
              },
            },
            staffed: {
              description:
                'Exactly one person is responsible, until another one accepts or this one works here no more.',
              on: {
                accept: { guard: 'taken', actions: 'takeOver' },
                leave: { guard: 'responsibleLeaves', target: 'unstaffed', actions: 'vacate' },
              },
            },
          },
        },
        handover: {
          description: 'Whether somebody is taking over.',
          initial: 'none',
          states: {
            none: {
              description: 'Nobody is taking over.',
              on: { beginTakeover: { guard: 'taken', target: 'offered', actions: 'offer' } },
            },
            offered: {
              description: 'The incoming person goes through what is open; the outgoing one stays responsible.',
              on: {
                beginTakeover: { guard: 'taken', actions: 'offer' },
                accept: { guard: 'taken', target: 'none' },
                withdraw: { guard: 'taken', target: 'none', actions: 'callOff' },
                leave: { guard: 'incomingLeaves', target: 'none', actions: 'callOff' },
              },
            },
          },
        },
        end: {
          description: 'The end of the shift by the roster. One deadline, `end`, is set anew by each state.',
          initial: 'none',
          on: {
            accept: { guard: 'taken', target: '.running' },
            extend: [
              { guard: and(['taken', 'alreadyOver']), target: '.overdue', actions: 'extend' },
              { guard: 'taken', target: '.running', actions: 'extend' },
            ],
            leave: {
              guard: 'responsibleLeaves',
              target: '.none',
              actions: { type: 'clearDeadline', params: { name: 'end' } },
            },
          },
          states: {
            none: { description: 'No shift runs.' },
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
              description:
                'The end has passed and nobody has accepted: shown, and called by the station (see the roster).',
              entry: [
                assign(({ context, event }) => ({ overdueSince: context.responsible?.until ?? event.at })),
                { type: 'clearDeadline', params: { name: 'end' } },
              ],
            },
          },
        },
      },
    },
  },
});
