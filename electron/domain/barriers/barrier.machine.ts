import { and, assign, not, or, setup, stateIn } from 'xstate';
import { clearsAlarm, raisesAlarm } from '../alarms/alarm.events.ts';
import { notRefused } from '../kernel/define-machine.ts';
import { effectActions, machineTypes } from '../kernel/effects.ts';
import { barrierEffects } from './barrier.effects.ts';
import { blank, changed, newCommand, remindedWith, reports, stands } from './barrier.context.ts';
import {
  acceptWithinMs,
  alreadyThere,
  barrierAlarm,
  breaksIn,
  confirmGraceMs,
  excusedForMs,
  isForAll,
  refusedAlarm,
  refusesAnyhow,
  standingAfter,
  standsOpenAlarm,
  travelOver,
  wantedPosition,
} from './barrier.rules.ts';
import type { BarrierContext, BarrierEvent } from './barrier.types.ts';

/** An `open` of this station is under way, or was never seen to end: what moves the arm up now is most likely that. */
const opening = and([
  ({ context }: { readonly context: BarrierContext }) => context.command?.motion === 'open',
  not(stateIn({ installed: { command: 'idle' } })),
  not(stateIn({ installed: { command: 'confirmed' } })),
  not(stateIn({ installed: { command: 'failed' } })),
  not(stateIn({ installed: { command: 'expired' } })),
]);

const waitsFor = (...states: readonly string[]) =>
  or([
    ...states.map((command) => stateIn({ installed: { command } })),
    stateIn({ installed: { command: 'unsettled' } }),
  ]);
/** The outcome is of the newest motion, and that one has no other yet. */
const mayStillFail = and(['ofThisMotion', waitsFor('commanded', 'sent')]);
const mayStillExpire = and(['ofThisMotion', waitsFor('commanded')]);

const acceptNoLonger = { type: 'clearDeadline', params: { name: 'accept' } } as const;

/**
 * A barrier. What was asked of the arm (`command`) and where the arm is (`position`) are two facts: no command, and no acceptance by a
 * controller, ever moves the position (a locked gate answers OK and stands still); only a sensor, the controller's own report or a
 * person who looks does.
 */
export const barrierMachine = setup({
  types: machineTypes<BarrierContext, BarrierEvent>(),
  actions: {
    ...effectActions,
    ...barrierEffects,
    begin: assign(({ context, event }) =>
      event.type === 'install'
        ? {
            barrierId: event.barrierId,
            travelMs: event.travelMs,
            positionAt: event.at,
            openLimitMs: event.openLimitMs,
            standing: standingAfter({ standing: null, openLimitMs: event.openLimitMs }, event.at, 'unknown', null),
          }
        : context,
    ),
    giveCommand: assign(({ context, event }) => (event.type === 'command' ? newCommand(event, null) : context)),
    takePlace: assign(({ context, event }) =>
      event.type === 'command' ? newCommand(event, context.command?.motionId ?? null) : context,
    ),
    noteSent: assign(({ context, event }) => changed(context, { sentAt: event.at })),
    noteAccepted: assign(({ context, event }) => changed(context, { acceptedAt: event.at })),
    noteRefusal: assign(({ context }) => ({ refusals: context.refusals + 1 })),
    noteObeyed: assign({ refusals: 0 }),
    noteConfirmed: assign(({ context, event }) => changed(context, { confirmedAt: event.at, fault: null })),
    noteFault: assign(({ context, event }) =>
      changed(context, { fault: event.type === 'failed' ? event.fault : 'notMoved' }),
    ),
    notePosition: assign(({ context, event }) => {
      if (event.type === 'positionReported') {
        return { position: event.position, positionAt: event.at, positionSource: event.source, positionBy: null };
      }
      if (event.type !== 'personConfirmed') return context;
      return {
        position: event.position,
        positionAt: event.at,
        positionSource: 'person' as const,
        positionBy: event.by,
      };
    }),
    noteStanding: assign(({ context, event }) => ({
      standing: standingAfter(context, event.at, reports(event) ?? context.position, null),
    })),
    noteOpened: assign(({ context, event }) => ({
      standing: standingAfter(context, event.at, reports(event) ?? context.position, context.command),
    })),
    noteDown: assign({ standing: null }),
    noteReminded: assign(({ context, event }) => stands(context, { remindedAt: event.at })),
    forgetReminder: assign(({ context }) => stands(context, { remindedAt: null })),
    noteKept: assign(({ context, event }) =>
      event.type === 'keepOpen'
        ? stands(context, {
            remindAt: event.at + event.forMs,
            keepUntil: event.at + event.forMs,
            keptBy: event.by,
            remindedAt: null,
          })
        : context,
    ),
    noteExcused: assign(({ context, event }) =>
      stands(context, { remindAt: event.at + excusedForMs, remindedAt: null }),
    ),
    noteLimit: assign(({ context, event }) =>
      event.type === 'openLimitChanged'
        ? {
            openLimitMs: event.openLimitMs,
            ...stands(context, {
              remindAt: remindedWith(context, event),
              ...(context.standing?.keepUntil == null ? {} : { keepUntil: remindedWith(context, event) }),
            }),
          }
        : context,
    ),
  },
  guards: {
    /** The event speaks of the newest command, not of one before it. */
    ofThisMotion: ({ context, event }) => 'motionId' in event && event.motionId === context.command?.motionId,
    mayRemove: and([
      'taken',
      not(stateIn({ installed: { command: 'commanded' } })),
      not(stateIn({ installed: { command: 'sent' } })),
      not(stateIn({ installed: { command: 'accepted' } })),
    ]),
    contactHeld: ({ event }) => event.type === 'failed' && event.fault === 'contactHeld',
    /** What did not get to the arm, and everybody is to hear of. A contact that is held has an alarm of its own. */
    refusedForAll: ({ context, event }) =>
      (event.type === 'failed' || event.type === 'expired') && isForAll(context, event.emergency),
    taken: notRefused(refusesAnyhow),
    breaksIn: ({ context, event }) => breaksIn(context, event),
    travelOver: ({ context, event }) => travelOver(context, event),
    alreadyThere: ({ context }) => context.command !== null && alreadyThere(context, context.command),
    /** An arm still up when `open` is accepted may just be starting to follow the `close` before it: where it is counts once the time is over. */
    nothingReplaced: ({ context }) => typeof context.command?.replaces !== 'string',
    wanted: ({ context, event }) =>
      context.command !== null && reports(event) === wantedPosition(context.command.motion),
    /** A report that says what is known already changes nothing and is not kept. */
    news: ({ context, event }) =>
      event.type === 'positionReported' &&
      (event.position !== context.position || event.source !== context.positionSource),
    open: ({ event }) => reports(event) === 'open',
    closed: ({ event }) => reports(event) === 'closed',
    moving: ({ event }) => reports(event) === 'moving',
    notYetAccepted: ({ context }) => context.command?.acceptedAt === null,
    anotherLimit: ({ context, event }) =>
      event.type === 'openLimitChanged' && event.openLimitMs !== context.openLimitMs,
    /** With the time that a manager allows now, the reminder comes later. */
    notYet: ({ context, event }) =>
      event.type === 'openLimitChanged' &&
      (context.standing?.remindAt ?? 0) + event.openLimitMs - context.openLimitMs > event.at,
  },
}).createMachine({
  id: 'barrier',
  context: blank,
  initial: 'new',
  states: {
    new: {
      description: 'The barrier is not set up yet.',
      on: { install: { target: 'installed', actions: 'begin' } },
    },
    installed: {
      description: 'The barrier can be asked to move, and reports.',
      type: 'parallel',
      on: { remove: { guard: 'mayRemove', target: 'removed' } },
      states: {
        command: {
          description: 'What became of the newest command.',
          initial: 'idle',
          states: {
            idle: {
              description: 'Nothing was asked of the arm since it was set up.',
              on: { command: { guard: 'taken', target: 'commanded', actions: 'giveCommand' } },
            },
            commanded: {
              description:
                'A person gave the command; it has not left the station. Older than 5 s it is not sent at all.',
              entry: [
                {
                  type: 'driveBarrier',
                  params: ({ context }) => ({
                    barrierId: context.barrierId,
                    motion: context.command?.motion ?? 'open',
                    motionId: context.command?.motionId ?? '',
                    givenAtMs: context.command?.givenAt ?? 0,
                  }),
                },
                { type: 'setDeadline', params: { name: 'accept', dueInMs: acceptWithinMs, lifeSafety: false } },
              ],
              on: {
                command: {
                  guard: and(['taken', 'breaksIn']),
                  target: 'commanded',
                  reenter: true,
                  actions: 'takePlace',
                },
                sent: { guard: 'ofThisMotion', target: 'sent', actions: 'noteSent' },
                failed: { guard: 'ofThisMotion', target: 'failed', actions: ['noteFault', acceptNoLonger] },
                expired: { guard: 'ofThisMotion', target: 'expired', actions: acceptNoLonger },
                outcomeLost: { guard: 'ofThisMotion', target: 'unsettled.outcomeUnknown', actions: acceptNoLonger },
                'deadline.accept': 'unsettled.outcomeUnknown',
              },
            },
            sent: {
              description: 'Handed to the controller, which has not answered yet.',
              on: {
                command: { guard: and(['taken', 'breaksIn']), target: 'commanded', actions: 'takePlace' },
                accepted: [
                  {
                    guard: and(['ofThisMotion', 'alreadyThere', 'nothingReplaced']),
                    target: 'confirmed',
                    actions: ['noteAccepted', acceptNoLonger],
                  },
                  { guard: 'ofThisMotion', target: 'accepted', actions: ['noteAccepted', acceptNoLonger] },
                ],
                failed: [
                  {
                    guard: and(['ofThisMotion', 'contactHeld']),
                    target: 'unsettled.contactHeld',
                    actions: ['noteFault', acceptNoLonger],
                  },
                  { guard: 'ofThisMotion', target: 'failed', actions: ['noteFault', acceptNoLonger] },
                ],
                outcomeLost: { guard: 'ofThisMotion', target: 'unsettled.outcomeUnknown', actions: acceptNoLonger },
                'deadline.accept': 'unsettled.outcomeUnknown',
              },
            },
            accepted: {
              description: 'The controller took the command. Accepted is not moved: the end position is awaited.',
              entry: {
                type: 'setDeadline',
                params: ({ context }) => ({
                  name: 'confirm',
                  dueInMs: context.travelMs + confirmGraceMs,
                  lifeSafety: false,
                }),
              },
              exit: { type: 'clearDeadline', params: { name: 'confirm' } },
              on: {
                command: [
                  { guard: and(['taken', 'breaksIn']), target: 'commanded', actions: 'takePlace' },
                  { guard: and(['taken', 'travelOver']), target: 'commanded', actions: 'giveCommand' },
                ],
                positionReported: { guard: 'wanted', target: 'confirmed' },
                personConfirmed: { guard: and(['taken', 'wanted']), target: 'confirmed' },
                'deadline.confirm': [
                  { guard: 'alreadyThere', target: 'confirmed' },
                  { target: 'unsettled.unconfirmed' },
                ],
              },
            },
            confirmed: {
              description: 'The arm was seen where it was wanted.',
              entry: 'noteConfirmed',
              on: { command: { guard: 'taken', target: 'commanded', actions: 'giveCommand' } },
            },
            failed: {
              description: 'The controller refused or could not be reached, or a person saw that the arm did not move.',
              on: { command: { guard: 'taken', target: 'commanded', actions: 'giveCommand' } },
            },
            expired: {
              description: 'Too old when its turn came: it was never sent.',
              on: { command: { guard: 'taken', target: 'commanded', actions: 'giveCommand' } },
            },
            unsettled: {
              description: 'Somebody has to look at the arm and say where it is.',
              initial: 'unconfirmed',
              entry: { type: 'tell', params: ({ context, event }) => raisesAlarm(barrierAlarm(context), event.at) },
              exit: {
                type: 'tell',
                params: ({ context, event }) => clearsAlarm(barrierAlarm(context).alarmId, event.at),
              },
              on: {
                command: { guard: 'taken', target: 'commanded', actions: 'giveCommand' },
                positionReported: { guard: 'wanted', target: 'confirmed' },
                personConfirmed: [
                  { guard: and(['taken', 'wanted']), target: 'confirmed' },
                  { guard: 'taken', target: 'failed', actions: 'noteFault' },
                ],
                failed: [
                  { guard: and(['ofThisMotion', 'contactHeld']), target: '.contactHeld', actions: 'noteFault' },
                  { guard: 'ofThisMotion', target: 'failed', actions: 'noteFault' },
                ],
                expired: { guard: 'ofThisMotion', target: 'expired' },
              },
              states: {
                outcomeUnknown: {
                  description:
                    'The station stopped, or the controller did not answer: whether the arm moved is not known.',
                  on: {
                    accepted: { guard: 'ofThisMotion', target: 'unconfirmed', actions: 'noteAccepted' },
                  },
                },
                unconfirmed: {
                  description: 'The controller took the command, and the arm was not seen to arrive in time.',
                },
                contactHeld: {
                  description:
                    'The contact was closed and could not be opened again: the arm may be held up, also where it was seen to arrive. Until a person has looked, or a later command was taken.',
                  on: { positionReported: {} },
                },
              },
            },
          },
        },
        position: {
          description: 'Where the arm is, as last reported by a sensor, the controller or a person.',
          initial: 'unknown',
          on: {
            positionReported: [
              { guard: and(['news', 'open']), target: '.open', actions: 'notePosition' },
              { guard: and(['news', 'closed']), target: '.closed', actions: 'notePosition' },
              { guard: and(['news', 'moving']), target: '.moving', actions: 'notePosition' },
              { guard: 'news', target: '.unknown', actions: 'notePosition' },
            ],
            personConfirmed: [
              { guard: and(['taken', 'open']), target: '.open', actions: 'notePosition' },
              { guard: 'taken', target: '.closed', actions: 'notePosition' },
            ],
          },
          states: {
            unknown: { description: 'Nobody has seen it, or the last report says that it is not known.' },
            open: { description: 'Standing up: the way is free.' },
            closed: { description: 'Lying: the way is barred.' },
            moving: { description: 'Between its ends.' },
          },
        },
        refusal: {
          description: 'Whether everybody has to hear that what was asked of the arm does not get to it.',
          initial: 'untold',
          on: { accepted: { guard: 'ofThisMotion', actions: 'noteObeyed' } },
          states: {
            untold: {
              description: 'What was asked gets to the arm, or whoever asked reads why not.',
              on: {
                failed: [
                  { guard: and(['ofThisMotion', 'contactHeld']), actions: 'noteObeyed' },
                  { guard: and([mayStillFail, 'refusedForAll']), target: 'told', actions: 'noteRefusal' },
                  { guard: mayStillFail, actions: 'noteRefusal' },
                ],
                expired: [
                  { guard: and([mayStillExpire, 'refusedForAll']), target: 'told', actions: 'noteRefusal' },
                  { guard: mayStillExpire, actions: 'noteRefusal' },
                ],
              },
            },
            told: {
              description:
                'The alarm stands until a person takes note, looks at the arm or tries again, or the arm is seen where it was wanted.',
              entry: {
                type: 'tell',
                params: ({ context, event }) =>
                  raisesAlarm(refusedAlarm(context, 'emergency' in event && event.emergency), event.at),
              },
              exit: {
                type: 'tell',
                params: ({ context, event }) => clearsAlarm(refusedAlarm(context, false).alarmId, event.at),
              },
              on: {
                command: { guard: 'taken', target: 'untold' },
                positionReported: { guard: 'wanted', target: 'untold' },
                personConfirmed: { guard: 'taken', target: 'untold' },
              },
            },
          },
        },
        watch: {
          description: 'Whether a gate that nobody has seen down is somebody’s doing, and for how long.',
          initial: 'counting',
          states: {
            down: {
              description: 'The arm was last seen down.',
              entry: 'noteDown',
              on: {
                positionReported: [
                  { guard: 'closed' },
                  { guard: opening, target: 'counting', actions: 'noteOpened' },
                  { target: 'counting', actions: 'noteStanding' },
                ],
                personConfirmed: [
                  { guard: and(['taken', 'open', opening]), target: 'counting', actions: 'noteOpened' },
                  { guard: and(['taken', 'open']), target: 'counting', actions: 'noteStanding' },
                ],
                openLimitChanged: { actions: 'noteLimit' },
              },
            },
            counting: {
              description: 'The arm was not seen down, for a time that is allowed.',
              entry: {
                type: 'setDeadline',
                params: ({ context, event }) => ({
                  name: 'standsOpen',
                  dueInMs: Math.max(0, (context.standing?.remindAt ?? 0) - event.at),
                  lifeSafety: false,
                }),
              },
              exit: { type: 'clearDeadline', params: { name: 'standsOpen' } },
              on: {
                positionReported: [
                  { guard: 'closed', target: 'down' },
                  { guard: and(['news', opening]), target: 'counting', reenter: true, actions: 'noteOpened' },
                  { guard: 'news', actions: 'noteStanding' },
                ],
                personConfirmed: [
                  { guard: and(['taken', 'closed']), target: 'down' },
                  { guard: and(['taken', opening]), target: 'counting', reenter: true, actions: 'noteOpened' },
                  { guard: 'taken', actions: 'noteStanding' },
                ],
                accepted: {
                  guard: and(['ofThisMotion', 'notYetAccepted', opening]),
                  target: 'counting',
                  reenter: true,
                  actions: 'noteOpened',
                },
                keepOpen: { guard: 'taken', target: 'counting', reenter: true, actions: 'noteKept' },
                openLimitChanged: {
                  guard: 'anotherLimit',
                  target: 'counting',
                  reenter: true,
                  actions: 'noteLimit',
                },
                'deadline.standsOpen': { target: 'reminded', actions: 'noteReminded' },
              },
            },
            reminded: {
              description: 'It stands open for too long, or nobody knows where it is: a person is to look and decide.',
              entry: { type: 'tell', params: ({ context, event }) => raisesAlarm(standsOpenAlarm(context), event.at) },
              exit: {
                type: 'tell',
                params: ({ context, event }) => clearsAlarm(standsOpenAlarm(context).alarmId, event.at),
              },
              on: {
                positionReported: [
                  { guard: 'closed', target: 'down' },
                  { guard: and(['news', opening]), target: 'counting', actions: 'noteOpened' },
                  { guard: 'news', actions: 'noteStanding' },
                ],
                personConfirmed: [
                  { guard: and(['taken', 'closed']), target: 'down' },
                  { guard: and(['taken', opening]), target: 'counting', actions: 'noteOpened' },
                  { guard: 'taken', actions: 'noteStanding' },
                ],
                accepted: {
                  guard: and(['ofThisMotion', 'notYetAccepted', opening]),
                  target: 'counting',
                  actions: 'noteOpened',
                },
                keepOpen: { guard: 'taken', target: 'counting', actions: 'noteKept' },
                openLimitChanged: [
                  { guard: 'notYet', target: 'counting', actions: ['noteLimit', 'forgetReminder'] },
                  { actions: 'noteLimit' },
                ],
                excused: { target: 'counting', actions: 'noteExcused' },
              },
            },
          },
        },
      },
    },
    removed: { description: 'The barrier was taken down.', type: 'final' },
  },
});
