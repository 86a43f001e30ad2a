/** A gate that stands open: since when, whose doing it is, when somebody is reminded, and what ends it. */
import { describe, expect, it } from 'vitest';
import { reach, walk } from '../../../tests/support/machine-paths.ts';
import type { DomainEvent, MachineSnapshot } from '../kernel/machine.ts';
import { minutes } from '../kernel/time.ts';
import { barrier } from './barrier.ts';
import { commandSince, seenOpen } from './arm.rules.ts';
import type { BarrierContext, BarrierStanding } from './barrier.types.ts';

const install = { type: 'install', at: 0, barrierId: 'north', travelMs: 3000, openLimitMs: minutes(5) };
const reported = (at: number, position: string) => ({ type: 'positionReported', at, position, source: 'sensor' });
const looked = (at: number, position: string) => ({ type: 'personConfirmed', at, position, by: 'wu' });
const given = (at: number, motion: 'open' | 'close', motionId: string, reason = 'visitor') => ({
  type: 'command',
  at,
  motionId,
  motion,
  reason,
  reasonNote: null,
  by: 'wu',
  travelMs: 3000,
});
const of = (type: string, at: number, motionId: string) => ({ type, at, motionId });
const due = (at: number) => ({ type: 'deadline.standsOpen', at });
const kept = (at: number, forMs: number, by = 'wu') => ({ type: 'keepOpen', at, forMs, by });
const limit = (at: number, openLimitMs: number) => ({ type: 'openLimitChanged', at, openLimitMs, remindAtMs: null });

/** Seen down at 1 s; opened from here at 2 s and seen up at 6 s. */
const down = [install, reported(1000, 'closed')];
const opened = [
  ...down,
  given(2000, 'open', 'm1'),
  of('sent', 2100, 'm1'),
  of('accepted', 2200, 'm1'),
  reported(2500, 'moving'),
  reported(6000, 'open'),
];

const standingOf = (snapshot: MachineSnapshot | null): BarrierStanding | null =>
  (snapshot?.context as BarrierContext | undefined)?.standing ?? null;
const at = (events: readonly DomainEvent[]) => {
  const { after, deadlines, effects, fact } = reach(barrier, events);
  const told = effects.flatMap((effect) =>
    effect.type === 'tell' && effect.id.startsWith('barrier-open') ? [`${effect.event.type} ${effect.id}`] : [],
  );
  return { standing: standingOf(after), dueAt: deadlines.get('standsOpen') ?? null, told, fact };
};
const refusalOf = (events: readonly DomainEvent[]) => walk(barrier, events).at(-1)?.refusal;

describe('a gate that stands open', () => {
  it('is counted from the first report that it is not down, and knows who opened it and for what', () => {
    expect(at(down)).toMatchObject({ standing: null, dueAt: null });
    expect(at(opened).standing).toMatchObject({ since: 2500, seenAt: 2500, by: 'wu', reason: 'visitor' });
    expect(at(opened).dueAt).toBe(6000 + minutes(5));
  });

  it('that was opened by hand, or by nobody knows whom, is nobody’s', () => {
    const byHand = at([...down, reported(9000, 'moving'), reported(12_000, 'open')]);
    expect(byHand.standing).toMatchObject({ since: 9000, by: null, reason: null });
    const closedMeanwhile = at([...opened, reported(60_000, 'closed'), reported(90_000, 'open')]);
    expect(closedMeanwhile.standing).toMatchObject({ since: 90_000, by: null, reason: null });
    const refused = at([...down, given(2000, 'open', 'm1'), of('expired', 8000, 'm1'), reported(9000, 'open')]);
    expect(refused.standing?.by).toBeNull();
    const byPerson = at([...down, looked(9000, 'open')]);
    expect(byPerson.standing).toMatchObject({ since: 9000, seenAt: 9000, by: null });
  });

  it('is an alarm when its time is over, and no longer when it is seen down, by a sensor or by a person', () => {
    const over = [...opened, due(306_000)];
    expect(at(over)).toMatchObject({
      told: ['raise barrier-open-north-306000'],
      fact: { type: 'v1.BarrierLeftOpen', body: { position: 'open', by: 'wu', reason: 'visitor', since: 2500 } },
    });
    for (const seen of [reported(400_000, 'closed'), looked(400_000, 'closed')]) {
      expect(at([...over, seen])).toMatchObject({
        standing: null,
        dueAt: null,
        told: ['clear barrier-open-north-306000'],
      });
    }
  });

  it('stays one stretch while its sensor is lost, while it flaps, and while a closing does not arrive', () => {
    const lost = [...opened, reported(20_000, 'unknown')];
    expect(at(lost)).toMatchObject({ standing: { since: 2500, seenAt: 2500, by: 'wu' }, dueAt: 306_000 });
    const flapping = [...lost, reported(30_000, 'open'), reported(31_000, 'unknown'), reported(32_000, 'moving')];
    expect(at(flapping)).toMatchObject({ standing: { since: 2500 }, dueAt: 306_000 });
    const closing = [...opened, given(10_000, 'close', 'm2'), of('sent', 10_100, 'm2'), of('accepted', 10_200, 'm2')];
    const unconfirmed = [...closing, { type: 'deadline.confirm', at: 18_200 }];
    expect(at(unconfirmed)).toMatchObject({ standing: { since: 2500, by: 'wu' }, dueAt: 306_000 });
    const reminded = [...unconfirmed, due(306_000), reported(310_000, 'unknown'), reported(311_000, 'open')];
    expect(at(reminded)).toMatchObject({ standing: { remindedAt: 306_000 }, told: [] });
  });

  it('that nobody has ever seen down is one too: nobody knows where it is', () => {
    expect(at([install])).toMatchObject({ standing: { since: 0, seenAt: null }, dueAt: minutes(5) });
    expect(at([...down, reported(9000, 'unknown')])).toMatchObject({
      standing: { since: 9000, seenAt: null, by: null },
      dueAt: 9000 + minutes(5),
    });
    expect(at([install, due(300_000)]).fact?.body).toMatchObject({ position: 'unknown', seenAt: null });
    expect(at([install, due(300_000), looked(320_000, 'closed')]).standing).toBeNull();
  });

  it('opened again for somebody else has a new reason and its whole time anew', () => {
    const again = (from: number) => [
      given(from, 'open', 'm2', 'delivery'),
      of('sent', from + 100, 'm2'),
      of('accepted', from + 200, 'm2'),
    ];
    expect(at([...opened, ...again(290_000)])).toMatchObject({
      standing: { since: 2500, reason: 'delivery' },
      dueAt: 290_200 + minutes(5),
    });
    expect(at([...opened, due(306_000), ...again(350_000)])).toMatchObject({
      told: ['clear barrier-open-north-306000'],
      standing: { remindedAt: null },
      dueAt: 350_200 + minutes(5),
    });
    const refused = [given(290_000, 'open', 'm2'), { ...of('failed', 290_100, 'm2'), fault: 'unreachable' }];
    expect(at([...opened, ...refused]).dueAt).toBe(306_000);
  });

  it('is kept open by a person for a time, who is named, and comes back after it', () => {
    const wanted = [...opened, due(306_000), kept(310_000, minutes(30))];
    expect(at(wanted)).toMatchObject({
      told: ['clear barrier-open-north-306000'],
      standing: { keepUntil: 310_000 + minutes(30), keptBy: 'wu' },
      dueAt: 310_000 + minutes(30),
      fact: { type: 'v1.BarrierKeptOpen', body: { by: 'wu', untilMs: 310_000 + minutes(30) } },
    });
    const over = 310_000 + minutes(30);
    expect(at([...wanted, due(over)]).told).toEqual([`raise barrier-open-north-${over}`]);
    expect(refusalOf([...down, kept(5000, minutes(30))])).toEqual({ kind: 'gateClosed' });
    expect(refusalOf([...opened, kept(9000, minutes(241))])?.kind).toBe('keepOpenOutOfRange');
    expect(refusalOf([...opened, kept(9000, minutes(30), 'station')])).toEqual({ kind: 'needsPerson' });
  });

  it('follows the time that a manager allows, shorter or longer, at once', () => {
    expect(at([...opened, limit(60_000, minutes(2))]).dueAt).toBe(6000 + minutes(2));
    expect(at([...opened, limit(200_000, minutes(1))]).dueAt).toBe(200_000);
    expect(at([...opened, kept(60_000, minutes(30)), limit(61_000, minutes(1))]).dueAt).toBe(60_000 + minutes(30));
    expect(at([...opened, due(306_000), limit(310_000, minutes(60))])).toMatchObject({
      told: ['clear barrier-open-north-306000'],
      dueAt: 6000 + minutes(60),
    });
    expect(at([...down, limit(5000, minutes(9)), reported(9000, 'open')]).dueAt).toBe(9000 + minutes(9));
  });

  it('has an excuse while somebody is expected to drive through, and is asked about again', () => {
    expect(at([...opened, due(306_000), { type: 'excused', at: 310_000 }])).toMatchObject({
      told: ['clear barrier-open-north-306000'],
      standing: { remindedAt: null },
      dueAt: 325_000,
    });
    expect(refusalOf([...opened, { type: 'excused', at: 10_000 }])).toEqual({ kind: 'notReminded' });
  });
});

describe('that a gate is open', () => {
  const arm = (position: 'open' | 'closed' | 'moving' | 'unknown', positionSource: 'sensor' | 'person' | null) =>
    seenOpen({ position, positionSource, positionAt: 1000 }, 1000);

  it('is said only when it was seen, by a person only since it was asked', () => {
    expect([arm('open', 'sensor'), arm('open', 'person')]).toEqual([true, true]);
    for (const position of ['closed', 'moving', 'unknown'] as const) expect(arm(position, 'sensor')).toBe(false);
    expect(arm('unknown', null)).toBe(false);
    const earlier = { position: 'open', positionAt: 999 } as const;
    expect(seenOpen({ ...earlier, positionSource: 'person' }, 1000)).toBe(false);
    expect(seenOpen({ ...earlier, positionSource: 'controller' }, 1000)).toBe(true);
  });

  it('and what became of a command, only of one that was given since', () => {
    expect(commandSince({ command: { givenAt: 999 } }, 1000)).toBeNull();
    expect(commandSince({ command: { givenAt: 1000 } }, 1000)).toEqual({ givenAt: 1000 });
    expect(commandSince({ command: null }, 1000)).toBeNull();
  });
});
