import { assign, matchesState, setup } from 'xstate';
import { clearsAlarm, raisesAlarm } from '../alarms/alarm.events.ts';
import { defineMachine, notRefused } from '../kernel/define-machine.ts';
import { effectActions, machineTypes } from '../kernel/effects.ts';
import type { Refusal } from '../kernel/machine.ts';
import { refusesUnlessPerson } from '../people/actor.rules.ts';
import type { CameraConnection, CameraContext, CameraEvent } from './camera.types.ts';
import { asksToBeAllowed, cameraAlarm, lostAfterMs } from './camera.rules.ts';

const blank: CameraContext = { cameraId: '', since: 0, fault: null, lastLiveAt: null };

const reports = (event: CameraEvent): CameraConnection | null => (event.type === 'streamReported' ? event.state : null);

const becomesLive = { guard: 'live', target: 'live', actions: ['noteChange', 'noteMoving'] } as const;
const goesOffline = { guard: 'offline', target: 'offline', actions: 'noteChange' } as const;

const refuses = (_context: CameraContext, event: CameraEvent): Refusal | null =>
  'by' in event ? refusesUnlessPerson(event.by) : null;

/**
 * A camera's connection, as the media worker reports it. A try to connect again is not news: only a moving picture ends a gap, so a
 * camera that is retried for a week is two entries in the journal and not ten thousand.
 */
const cameraMachine = setup({
  types: machineTypes<CameraContext, CameraEvent>(),
  actions: {
    ...effectActions,
    begin: assign(({ context, event }) =>
      event.type === 'install' ? { cameraId: event.cameraId, since: event.at } : context,
    ),
    noteChange: assign(({ event }) => (event.type === 'streamReported' ? { since: event.at, fault: event.fault } : {})),
    noteFault: assign(({ event }) => (event.type === 'streamReported' ? { fault: event.fault } : {})),
    noteMoving: assign(({ event }) => ({ lastLiveAt: event.at })),
  },
  guards: {
    live: ({ event }) => reports(event) === 'live',
    stalled: ({ event }) => reports(event) === 'stalled',
    offline: ({ event }) => reports(event) === 'offline',
    asksNow: ({ context, event }) =>
      event.type === 'streamReported' &&
      event.state === 'offline' &&
      event.fault !== context.fault &&
      asksToBeAllowed(event.fault),
    taken: notRefused(refuses),
    notLive: ({ event }) => event.type === 'streamReported' && event.state !== 'live',
  },
}).createMachine({
  id: 'camera',
  context: blank,
  initial: 'new',
  states: {
    new: {
      description: 'The camera is not set up yet.',
      on: { install: { target: 'installed', actions: 'begin' } },
    },
    installed: {
      description: 'The camera is watched.',
      type: 'parallel',
      on: { remove: { guard: 'taken', target: 'removed' } },
      states: {
        connection: {
          description: 'What the stream does.',
          initial: 'connecting',
          states: {
            connecting: {
              description: 'No picture yet, and no fault either.',
              on: {
                streamReported: [
                  becomesLive,
                  { guard: 'stalled', target: 'stalled', actions: 'noteChange' },
                  goesOffline,
                ],
              },
            },
            live: {
              description: 'The picture moves.',
              on: {
                streamReported: [
                  { guard: 'stalled', target: 'stalled', actions: ['noteChange', 'noteMoving'] },
                  { guard: 'offline', target: 'offline', actions: ['noteChange', 'noteMoving'] },
                  { guard: 'notLive', target: 'connecting', actions: ['noteChange', 'noteMoving'] },
                ],
              },
            },
            stalled: {
              description: 'Connected, and the picture stands still.',
              on: { streamReported: [becomesLive, goesOffline] },
            },
            offline: {
              description: 'The camera cannot be reached, or refuses; it is tried again and again.',
              // A camera that comes back from a power cut may be another one: what a manager must allow is news, another try is not.
              on: { streamReported: [becomesLive, { guard: 'asksNow', actions: 'noteFault' }] },
            },
          },
        },
        picture: {
          description: 'For how long there has been no moving picture.',
          initial: 'missing',
          states: {
            shown: {
              description: 'The picture moves.',
              on: { streamReported: { guard: 'notLive', target: 'missing' } },
            },
            missing: {
              description: 'No moving picture; after 30 s it is an alarm.',
              entry: { type: 'setDeadline', params: { name: 'lost', dueInMs: lostAfterMs, lifeSafety: false } },
              exit: { type: 'clearDeadline', params: { name: 'lost' } },
              on: {
                streamReported: { guard: 'live', target: 'shown' },
                'deadline.lost': 'lost',
              },
            },
            lost: {
              description: 'The alarm stands until the picture moves again.',
              entry: { type: 'tell', params: ({ context, event }) => raisesAlarm(cameraAlarm(context), event.at) },
              exit: {
                type: 'tell',
                params: ({ context, event }) => clearsAlarm(cameraAlarm(context).alarmId, event.at),
              },
              on: { streamReported: { guard: 'live', target: 'shown' } },
            },
          },
        },
      },
    },
    removed: { description: 'The camera was taken down.', type: 'final' },
  },
});

/** What the stream does, read from a machine's state; `connecting` before it is set up. */
export const cameraConnection = (value: Parameters<typeof matchesState>[1]): CameraConnection =>
  (['live', 'stalled', 'offline'] as const).find((connection) => matchesState({ installed: { connection } }, value)) ??
  'connecting';

/** The camera as the station runs it. */
export const camera = defineMachine<CameraContext, CameraEvent>({
  kind: 'camera',
  schema: 1,
  machine: cameraMachine,
  startedBy: 'install',
  harmlessWhenDone: ['streamReported'],
  refuses: ({ context }, event) => refuses(context, event),
  nameFact: (before, event, after) => {
    if (before === null) return { type: 'v1.CameraInstalled', body: {} };
    if (event.type === 'remove') return { type: 'v1.CameraRemoved', body: { by: event.by } };
    if (event.type === 'streamReported' && cameraConnection(after.value) === cameraConnection(before.value))
      return { type: 'v1.CameraAskedForLess', body: { fault: after.context.fault } };
    if (event.type === 'streamReported') {
      return {
        type: 'v1.CameraConnectionChanged',
        body: {
          state: cameraConnection(after.value),
          from: cameraConnection(before.value),
          // A first picture is no recovery, and what never came is not gone.
          hadPicture: before.context.lastLiveAt !== null,
          fault: after.context.fault,
        },
      };
    }
    return { type: 'v1.CameraLost', body: { since: after.context.since, lastLiveAt: after.context.lastLiveAt } };
  },
});
