import { fuzz } from '../../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenBySteps, brokenByWalk } from '../../../tests/support/machine-laws.ts';
import { explore, reach, unvisited, walk, wander } from '../../../tests/support/machine-paths.ts';
import type { Exploration } from '../../../tests/support/machine-paths.ts';
import type { DomainEvent, MachineSnapshot } from '../kernel/machine.ts';
import { hours, minutes, seconds } from '../kernel/time.ts';
import { barrier } from './barrier.ts';
import type { BarrierContext } from './barrier.types.ts';

const install = (travelMs = 3000) => ({
  type: 'install',
  at: 0,
  barrierId: 'north',
  travelMs,
  openLimitMs: minutes(5),
});
const command = (at: number, motion: 'open' | 'close', motionId = 'm1', by = 'li', reason = 'ambulance') => ({
  type: 'command',
  at,
  motionId,
  motion,
  reason,
  reasonNote: null,
  by,
  travelMs: 3000,
});
const of = (type: string, at: number, motionId = 'm1') => ({
  type,
  at,
  motionId,
  ...(type === 'failed' ? { fault: 'timeout', emergency: false } : {}),
  ...(type === 'expired' ? { emergency: false } : {}),
});
const reported = (at: number, position: string, source = 'sensor') => ({
  type: 'positionReported',
  at,
  position,
  source,
});
const confirmed = (at: number, position: string, by = 'li') => ({ type: 'personConfirmed', at, position, by });
const kept = (at: number, forMs: number, by = 'li') => ({ type: 'keepOpen', at, forMs, by });

const heldContact = (at: number, motionId = 'm1') => ({ ...of('failed', at, motionId), fault: 'contactHeld' });

/** A motion that was never given. */
const stray = 'm999';
const outcomes = ['sent', 'accepted', 'failed', 'expired', 'outcomeLost'] as const;
const reports = ['open', 'closed', 'moving', 'unknown'] as const;

const contextOf = (snapshot: MachineSnapshot | null): BarrierContext => snapshot?.context as BarrierContext;

const exploration: Exploration = {
  startAt: 1000,
  stepMs: 1000,
  events: (at, from) => {
    const newest = from === null ? 'm0' : (contextOf(from).command?.motionId ?? 'm0');
    const next = `m${String(Number(newest.slice(1)) + 1)}`;
    return [
      { ...install(), at },
      command(at, 'open', next),
      command(at, 'close', next),
      command(at, 'open', next, 'li', 'resident'),
      command(at, 'close', next, 'station'),
      command(at, 'open', next, 'li', ' '),
      ...outcomes.flatMap((type) => [of(type, at, newest), of(type, at, stray)]),
      heldContact(at, newest),
      ...reports.flatMap((position) => [reported(at, position), reported(at, position, 'controller')]),
      confirmed(at, 'open'),
      confirmed(at, 'closed'),
      confirmed(at, 'closed', 'device:camera-1'),
      kept(at, minutes(15)),
      kept(at, minutes(15), 'station'),
      kept(at, 1),
      { type: 'remove', at, by: 'zhang' },
      { type: 'remove', at, by: 'station' },
      { type: 'openLimitChanged', at, openLimitMs: 1, remindAtMs: null },
      { type: 'openLimitChanged', at, openLimitMs: hours(1), remindAtMs: null },
      { type: 'excused', at },
    ];
  },
  key: ({ value, context }) => {
    const { command: newest, positionSource, refusals } = context as BarrierContext;
    return JSON.stringify([
      value,
      newest?.motion,
      newest?.fault,
      newest?.sentAt === null,
      newest?.acceptedAt === null,
      newest?.replaces === null,
      positionSource,
      refusals > 0,
    ]);
  },
};
const edges = explore(barrier, exploration);
/** What devices report without knowing whether it matters. */
const quiet = [...outcomes, 'positionReported', 'openLimitChanged'];
const sightings = new Set(['positionReported', 'personConfirmed']);
/** The deadlines of the motion: how long it may stand open is watched beside it. */
const ofMotion = (deadlines: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...deadlines].filter(([name]) => name !== 'standsOpen'));
const upTo = (state: 'sent' | 'accepted', motion: 'open' | 'close' = 'open'): readonly DomainEvent[] => [
  install(),
  command(1000, motion),
  of('sent', 1100),
  ...(state === 'accepted' ? [of('accepted', 1200)] : []),
];
const commandState = (snapshot: MachineSnapshot | null): unknown =>
  (snapshot?.value as { readonly installed?: { readonly command: unknown } } | undefined)?.installed?.command;

describe('a barrier', () => {
  it('whose contact does not let go is an alarm, also while its arm is seen where it was wanted, until a person has looked', () => {
    const walked = [install(), command(1000, 'open'), of('sent', 1010), heldContact(17_000)];
    const held = reach(barrier, walked);
    expect(held.fact).toMatchObject({ type: 'v1.BarrierContactHeld', body: { fault: 'contactHeld' } });
    expect(held.effects).toMatchObject([{ type: 'clearDeadline' }, { type: 'tell', kind: 'alarm' }]);
    const seen = reach(barrier, [...walked, reported(18_000, 'open')]);
    expect(commandState(seen.after)).toEqual({ unsettled: 'contactHeld' });
    const looked = reach(barrier, [...walked, reported(18_000, 'open'), confirmed(20_000, 'closed')]);
    expect(looked.effects).toContainEqual(expect.objectContaining({ type: 'tell', kind: 'alarm' }));
    expect(commandState(looked.after)).toBe('failed');
  });

  it('whose contact was still held when the answer was given up keeps the one alarm', () => {
    const late = [
      install(),
      command(1000, 'open'),
      of('sent', 1010),
      { type: 'deadline.accept', at: 12_000 },
      heldContact(17_000),
    ];
    const held = reach(barrier, late);
    expect(commandState(held.after)).toEqual({ unsettled: 'contactHeld' });
    expect(held.effects.filter(({ type }) => type === 'tell')).toEqual([]);
  });

  it('has no state and no transition that is never visited', () => {
    expect(unvisited(barrier, edges)).toEqual([]);
  });

  it('keeps the laws of machines wherever it goes', () => {
    expect(brokenBySteps(barrier, edges, quiet)).toEqual([]);
  });

  it('never claims a position that nobody has seen, and drives the arm once for each command taken', () => {
    const choices = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12_000 })), { maxLength: 40 });
    fc.assert(
      fc.property(choices, (chosen) => {
        const walked = wander(barrier, exploration, chosen);
        expect(brokenByWalk(barrier, walked, quiet)).toEqual([]);
        for (const edge of walked.filter(({ after }) => after !== null)) {
          const before = edge.before === null ? null : contextOf(edge.before);
          const after = contextOf(edge.after);
          const moved =
            before !== null && (before.position !== after.position || before.positionAt !== after.positionAt);
          expect(!moved || sightings.has(edge.event.type)).toBe(true);
          expect(after.position === 'unknown' || after.positionSource !== null).toBe(true);
          expect((after.positionSource === 'person') === (after.positionBy !== null)).toBe(true);
          const drives = edge.effects.filter(({ type }) => type === 'driveBarrier');
          expect(drives.length).toBe(edge.event.type === 'command' && edge.refusal === null ? 1 : 0);
        }
        const motions = walked
          .flatMap((edge) => edge.effects)
          .flatMap((effect) => (effect.type === 'driveBarrier' ? [effect.motionId] : []));
        expect(new Set(motions).size).toBe(motions.length);
      }),
      fuzz(100, 50_000),
    );
  });

  it('is open only when it was seen open: accepted is not moved', () => {
    const accepted = reach(barrier, [install(), reported(500, 'closed'), ...upTo('accepted').slice(1)]);
    expect(accepted.after?.context).toMatchObject({ position: 'closed', positionAt: 500 });
    expect(ofMotion(accepted.deadlines)).toEqual(new Map([['confirm', 1200 + 3000 + seconds(5)]]));
    const arrived = reach(barrier, [...upTo('accepted'), reported(1500, 'moving'), reported(4000, 'open')]);
    expect(arrived.fact?.type).toBe('v1.BarrierMotionConfirmed');
    expect(arrived.after?.context).toMatchObject({
      position: 'open',
      positionAt: 4000,
      command: { confirmedAt: 4000 },
    });
    expect(ofMotion(arrived.deadlines).size).toBe(0);
  });

  it('confirms at the acceptance when a sensor says that the arm is there already, and not when a person once said so', () => {
    const bySensor = reach(barrier, [install(), reported(500, 'open'), ...upTo('accepted').slice(1)]);
    expect(commandState(bySensor.after)).toBe('confirmed');
    const byPerson = reach(barrier, [install(), confirmed(500, 'open'), ...upTo('accepted').slice(1)]);
    expect(commandState(byPerson.after)).toBe('accepted');
  });

  it('without an answer in 8 s has an unknown outcome, which is an alarm', () => {
    const unknown = reach(barrier, [...upTo('sent'), { type: 'deadline.accept', at: 9000 }]);
    expect(reach(barrier, upTo('sent')).deadlines.get('accept')).toBe(1000 + seconds(8));
    expect(unknown.fact?.type).toBe('v1.BarrierOutcomeUnknown');
    expect(unknown.effects).toEqual([
      {
        type: 'tell',
        kind: 'alarm',
        id: 'barrier-north-m1',
        event: {
          type: 'raise',
          at: 9000,
          alarmId: 'barrier-north-m1',
          cause: 'barrierUnconfirmed',
          priority: 'high',
          sourceId: 'north',
          incidentId: null,
        },
      },
    ]);
  });

  it('not seen to arrive is unconfirmed, and a late report of the wanted end clears the alarm', () => {
    const late = [...upTo('accepted'), { type: 'deadline.confirm', at: 9200 }];
    expect(reach(barrier, late).fact?.type).toBe('v1.BarrierMotionUnconfirmed');
    expect(commandState(reach(barrier, [...late, reported(9500, 'moving')]).after)).toEqual({
      unsettled: 'unconfirmed',
    });
    const arrived = reach(barrier, [...late, reported(9900, 'open')]);
    expect(arrived.effects.filter(({ type }) => type === 'tell')).toEqual([
      { type: 'tell', kind: 'alarm', id: 'barrier-north-m1', event: { type: 'clear', at: 9900 } },
    ]);
  });

  it('is settled by a person who looks, whatever they see', () => {
    const lost = [...upTo('sent'), of('outcomeLost', 5000)];
    expect(commandState(reach(barrier, [...lost, confirmed(6000, 'open')]).after)).toBe('confirmed');
    const still = reach(barrier, [...lost, confirmed(6000, 'closed')]);
    expect(commandState(still.after)).toBe('failed');
    expect(still.after?.context).toMatchObject({
      position: 'closed',
      positionBy: 'li',
      command: { fault: 'notMoved' },
    });
  });

  it('takes one motion at a time: nothing breaks into an opening, and no closing into a closing', () => {
    const pairs = [
      ['open', 'open'],
      ['open', 'close'],
      ['close', 'close'],
    ] as const;
    for (const steps of [2, 3, 4]) {
      for (const [running, motion] of pairs) {
        const second = walk(barrier, [...upTo('accepted', running).slice(0, steps), command(1300, motion, 'm2')]).at(
          -1,
        );
        expect(second?.refusal).toEqual({ kind: 'busy', details: { motion: running, by: 'li' } });
      }
    }
    expect(reach(barrier, [...upTo('accepted'), reported(4000, 'open'), command(5000, 'close', 'm2')]).fact?.type).toBe(
      'v1.BarrierCommanded',
    );
  });

  it('takes the next one when the arm has had its time, whatever it was seen to do', () => {
    const pairs = [
      ['open', 'open'],
      ['open', 'close'],
      ['close', 'close'],
    ] as const;
    for (const [running, motion] of pairs) {
      const early = walk(barrier, [...upTo('accepted', running), command(4199, motion, 'm2')]).at(-1);
      expect(early?.refusal?.kind).toBe('busy');
      const next = reach(barrier, [...upTo('accepted', running), command(4200, motion, 'm2')]);
      expect(next.fact).toMatchObject({ type: 'v1.BarrierCommanded', body: { motionId: 'm2', replaces: null } });
      expect(ofMotion(next.deadlines)).toEqual(new Map([['accept', 4200 + seconds(8)]]));
    }
    const moving = [...upTo('accepted'), reported(1500, 'moving'), command(4200, 'close', 'm2')];
    expect(walk(barrier, moving).at(-1)?.refusal).toEqual({ kind: 'armMoving' });
    const unanswered = walk(barrier, [...upTo('sent'), command(8000, 'close', 'm2')]).at(-1);
    expect(unanswered?.refusal?.kind).toBe('busy');
  });

  it('lets an opening take the place of a closing at any moment, and ignores what becomes of that one', () => {
    for (const steps of [2, 3, 4]) {
      const replaced = reach(barrier, [...upTo('accepted', 'close').slice(0, steps), command(2000, 'open', 'm2')]);
      expect(replaced.fact).toMatchObject({
        type: 'v1.BarrierCommanded',
        body: { motionId: 'm2', motion: 'open', replaces: 'm1' },
      });
      expect(replaced.effects.filter(({ type }) => type === 'driveBarrier')).toEqual([
        { type: 'driveBarrier', barrierId: 'north', motion: 'open', motionId: 'm2', givenAtMs: 2000 },
      ]);
      expect(ofMotion(replaced.deadlines)).toEqual(new Map([['accept', 2000 + seconds(8)]]));
      for (const late of outcomes) {
        const after = reach(barrier, [
          ...upTo('accepted', 'close').slice(0, steps),
          command(2000, 'open', 'm2'),
          of(late, 2100, 'm1'),
        ]);
        expect([after.fact, commandState(after.after)]).toEqual([null, 'commanded']);
      }
    }
  });

  it('does not take an arm that the replaced closing has not yet moved for opened: where it is counts when the time is over', () => {
    const up = [install(), reported(500, 'open'), ...upTo('accepted', 'close').slice(1)];
    const accepted = [...up, command(2000, 'open', 'm2'), of('sent', 2100, 'm2'), of('accepted', 2200, 'm2')];
    expect(commandState(reach(barrier, accepted).after)).toBe('accepted');
    const over = { type: 'deadline.confirm', at: 10_200 };
    expect(reach(barrier, [...accepted, over]).fact?.type).toBe('v1.BarrierMotionConfirmed');
    expect(reach(barrier, [...accepted, reported(2500, 'moving'), over]).fact?.type).toBe(
      'v1.BarrierMotionUnconfirmed',
    );
    expect(reach(barrier, [...accepted, reported(2500, 'moving'), reported(3500, 'open')]).fact?.type).toBe(
      'v1.BarrierMotionConfirmed',
    );
  });

  it('awaits the arm for the travel time that is set up when the command is given', () => {
    const slower = { ...command(1000, 'open'), travelMs: 9000 };
    const accepted = reach(barrier, [install(), slower, of('sent', 1100), of('accepted', 1200)]);
    expect(ofMotion(accepted.deadlines)).toEqual(new Map([['confirm', 1200 + 9000 + seconds(5)]]));
  });

  it('is not closed while the arm moves by itself, and opened at any time', () => {
    const moving = [install(), reported(500, 'moving')];
    expect(walk(barrier, [...moving, command(600, 'close')]).at(-1)?.refusal).toEqual({ kind: 'armMoving' });
    expect(reach(barrier, [...moving, command(600, 'open')]).refusal).toBeNull();
  });

  describe('whose controller does not take what it is asked', () => {
    const refusal = (at: number, motionId: string, emergency = false) => ({ ...of('failed', at, motionId), emergency });
    const late = (at: number, motionId: string, emergency = false) => ({ ...of('expired', at, motionId), emergency });
    const tried = (at: number, motionId: string, motion: 'open' | 'close', reason: string) => [
      command(at, motion, motionId, 'li', reason),
      of('sent', at + 10, motionId),
    ];
    const told = (events: readonly DomainEvent[]) =>
      reach(barrier, [install(), ...events]).effects.flatMap((effect) =>
        effect.type === 'tell' && effect.id.startsWith('barrier-refused') ? [effect.event] : [],
      );
    const raised = (priority: string, motionId: string) => [
      expect.objectContaining({
        type: 'raise',
        alarmId: `barrier-refused-north-${motionId}`,
        cause: 'barrierRefused',
        priority,
        endsWithNote: true,
      }),
    ];

    it.each([
      ['is everybody’s when it was to open for an ambulance', 'open', 'ambulance', false, 'high'],
      ['is everybody’s when it was to open for a fire engine', 'open', 'fire', false, 'high'],
      [
        'is everybody’s when it was to open for whatever reason while help is expected',
        'open',
        'resident',
        true,
        'high',
      ],
      ['is only theirs who pressed when it was to open for a resident', 'open', 'resident', false, null],
      ['is only theirs who pressed when it was to close', 'close', 'afterPassage', true, null],
    ] as const)('once: %s', (_says, motion, reason, emergency, priority) => {
      const expected = priority === null ? [] : raised(priority, 'm1');
      expect(told([...tried(1000, 'm1', motion, reason), refusal(1100, 'm1', emergency)])).toEqual(expected);
      expect(told([command(1000, motion, 'm1', 'li', reason), late(7000, 'm1', emergency)])).toEqual(expected);
    });

    it('twice in a row is everybody’s, whatever was asked; not where one between was taken', () => {
      const first = [...tried(1000, 'm1', 'open', 'resident'), refusal(1100, 'm1')];
      const second = [...tried(2000, 'm2', 'close', 'afterPassage'), refusal(2100, 'm2')];
      expect(told([...first, ...second])).toEqual(raised('medium', 'm2'));
      const obeyed = [...tried(1500, 'm9', 'open', 'resident'), of('accepted', 1550, 'm9'), reported(1600, 'open')];
      expect(told([...first, ...obeyed, ...second])).toEqual([]);
    });

    it('is everybody’s also when the refusal comes after the answer was given up', () => {
      const lost = [...tried(1000, 'm1', 'open', 'ambulance'), { type: 'deadline.accept', at: 9000 }];
      expect(told([...lost, refusal(9500, 'm1')])).toEqual(raised('high', 'm1'));
      expect(told([...lost, refusal(9500, 'm1'), refusal(9600, 'm1')])).toEqual([]);
    });

    it('is over when it is tried again, when the arm is seen where it was wanted, and when somebody has looked', () => {
      const stands = [...tried(1000, 'm1', 'open', 'ambulance'), refusal(1100, 'm1')];
      const over = (at: number) => [{ type: 'clear', at }];
      expect(told([...stands, command(2000, 'open', 'm2')])).toEqual(over(2000));
      expect(told([...stands, reported(2000, 'open')])).toEqual(over(2000));
      expect(told([...stands, confirmed(2000, 'closed')])).toEqual(over(2000));
      expect(told([...stands, reported(2000, 'closed')])).toEqual([]);
    });
  });

  it('ignores what is said of another motion, in every state', () => {
    const strays = edges.filter(
      ({ event, before }) => 'motionId' in event && event.motionId === stray && before !== null,
    );
    expect(strays.length).toBeGreaterThan(50);
    expect(strays.filter(({ fact }) => fact !== null)).toEqual([]);
    const second = [...upTo('sent'), of('failed', 1200), command(2000, 'open', 'm2'), of('sent', 2100, 'm2')];
    expect(reach(barrier, [...second, of('accepted', 2200, 'm1')]).fact).toBeNull();
  });

  it('says when a motion died before it was sent', () => {
    const dead = reach(barrier, [install(), command(1000, 'open'), of('expired', 7000)]);
    expect(dead.fact?.type).toBe('v1.BarrierMotionExpired');
    expect(ofMotion(dead.deadlines).size).toBe(0);
  });

  it('refuses a command without a reason or a person, and a travel time that no arm has', () => {
    const bare = [install()];
    expect(walk(barrier, [...bare, command(1, 'open', 'm1', 'li', '')]).at(-1)?.refusal).toEqual({
      kind: 'reasonMissing',
    });
    expect(walk(barrier, [...bare, command(1, 'open', 'm1', 'device:camera-1')]).at(-1)?.refusal).toEqual({
      kind: 'needsPerson',
    });
    expect(walk(barrier, [install(0)]).at(-1)?.refusal?.kind).toBe('travelTimeOutOfRange');
  });
});
