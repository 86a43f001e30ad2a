import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenBySteps, brokenByWalk } from '../../../tests/support/machine-laws.ts';
import { explore, reach, told, unvisited, walk, wander } from '../../../tests/support/machine-paths.ts';
import type { Exploration } from '../../../tests/support/machine-paths.ts';
import type { DomainEvent, MachineSnapshot } from '../kernel/machine.ts';
import { hours, minutes } from '../kernel/time.ts';
import { shift } from './shift.ts';
import type { ShiftContext } from './shift.types.ts';

const establish = (at: number) => ({ type: 'establish', at, postId: 'monitoringRoom' });
const begin = (at: number, incoming: string, untilMs = at + hours(4), openItems: readonly string[] = []) => ({
  type: 'beginTakeover',
  at,
  incoming,
  untilMs,
  openItems,
});
const accept = (at: number, by: string, seenItems: readonly string[] = []) => ({ type: 'accept', at, by, seenItems });
const withdraw = (at: number, by: string) => ({ type: 'withdraw', at, by });
const extend = (at: number, untilMs: number) => ({ type: 'extend', at, untilMs });
const due = (name: 'end' | 'unstaffed', at: number): DomainEvent => ({ type: `deadline.${name}`, at });

const contextOf = (snapshot: MachineSnapshot | null): ShiftContext => snapshot?.context as ShiftContext;
const open = ['alarm/a1', 'incident/i1'];

const exploration: Exploration = {
  startAt: 1000,
  stepMs: minutes(1),
  events: (at) => [
    establish(at),
    begin(at, 'li'),
    begin(at, 'zhang', at + minutes(5), open),
    begin(at, 'zhang', at),
    begin(at, 'li', at + hours(25)),
    begin(at, 'station'),
    accept(at, 'li'),
    accept(at, 'zhang', ['alarm/a1']),
    accept(at, 'zhang', [...open, 'visit/v1']),
    accept(at, 'wang', open),
    withdraw(at, 'li'),
    withdraw(at, 'zhang'),
    withdraw(at, 'wang'),
    extend(at, at + hours(1)),
    extend(at, at - 1),
  ],
  key: ({ value, context }) => {
    const { responsible, handover } = context as ShiftContext;
    return JSON.stringify([value, responsible?.personId, handover?.incoming]);
  },
};
const edges = explore(shift, exploration);

const staffed = [establish(0), begin(1000, 'li', hours(4)), accept(2000, 'li')];
const overdue = [...staffed, due('end', hours(4) - minutes(10)), due('end', hours(4))];
const alarmed = [...overdue, due('end', hours(4) + minutes(15))];
const alarmId = `post-monitoringRoom-1-${String(hours(4))}`;

describe('the post', () => {
  it('has no state and no transition that is never visited', () => {
    expect(unvisited(shift, edges)).toEqual([]);
  });

  it('keeps the laws of machines wherever it goes', () => {
    expect(brokenBySteps(shift, edges, [])).toEqual([]);
  });

  it('has exactly one responsible from the first accepted takeover on, who changes by an acceptance only', () => {
    const choices = fc.array(fc.tuple(fc.nat(), fc.nat({ max: hours(2) })), { maxLength: 40 });
    fc.assert(
      fc.property(choices, (chosen) => {
        const walked = wander(shift, exploration, chosen);
        expect(brokenByWalk(shift, walked, [])).toEqual([]);
        let accepted = 0;
        for (const edge of walked.filter(({ after }) => after !== null)) {
          const before = edge.before === null ? null : contextOf(edge.before);
          const { responsible, handover } = contextOf(edge.after);
          accepted += edge.event.type === 'accept' && edge.refusal === null ? 1 : 0;
          expect(responsible?.shiftNumber ?? 0).toBe(accepted);
          expect(
            before?.responsible?.personId === responsible?.personId || edge.fact?.type === 'v1.ShiftTakenOver',
          ).toBe(true);
          expect(handover === null || handover.incoming !== responsible?.personId).toBe(true);
        }
      }),
    );
  });

  it('that nobody takes over within 2 min raises an alarm, which the first acceptance clears', () => {
    expect(reach(shift, [establish(0)]).effects).toEqual([
      { type: 'setDeadline', name: 'unstaffed', dueInMs: minutes(2), lifeSafety: true },
    ]);
    const unstaffed = reach(shift, [establish(0), due('unstaffed', minutes(2))]);
    expect(unstaffed.fact?.type).toBe('v1.PostUnstaffedAlarmed');
    expect(told(unstaffed)).toMatchObject([
      {
        type: 'tell',
        kind: 'alarm',
        id: 'post-monitoringRoom-0-0',
        event: { type: 'raise', cause: 'postUnstaffed', priority: 'high' },
      },
    ]);
    const taken = reach(shift, [...unstaffed.path, begin(minutes(3), 'li'), accept(minutes(4), 'li')]);
    expect(taken.effects[0]).toEqual({
      type: 'tell',
      kind: 'alarm',
      id: 'post-monitoringRoom-0-0',
      event: { type: 'clear', at: minutes(4) },
    });
  });

  it('stays with the outgoing person until the incoming one accepts, having seen everything that is open', () => {
    const offered = [...staffed, begin(hours(3), 'zhang', hours(8), open)];
    expect(contextOf(reach(shift, offered).after).responsible?.personId).toBe('li');
    expect(walk(shift, [...offered, accept(hours(3), 'zhang', ['alarm/a1'])]).at(-1)?.refusal).toEqual({
      kind: 'itemsNotSeen',
      details: { items: ['incident/i1'] },
    });
    expect(walk(shift, [...offered, accept(hours(3), 'wang', open)]).at(-1)?.refusal).toEqual({
      kind: 'notIncoming',
      details: { incoming: 'zhang' },
    });
    const taken = reach(shift, [...offered, accept(hours(3) + 1, 'zhang', open)]);
    expect(contextOf(taken.after)).toMatchObject({
      responsible: { personId: 'zhang', since: hours(3) + 1, until: hours(8), shiftNumber: 2 },
      handover: null,
    });
    expect(taken.fact).toMatchObject({ type: 'v1.ShiftTakenOver', body: { outgoing: 'li', responsible: 'zhang' } });
  });

  it('lets either side call a handover off, and nobody else; another person replaces it', () => {
    const offered = [...staffed, begin(hours(1), 'zhang')];
    for (const by of ['li', 'zhang']) {
      expect(contextOf(reach(shift, [...offered, withdraw(hours(2), by)]).after).handover).toBeNull();
    }
    expect(walk(shift, [...offered, withdraw(hours(2), 'wang')]).at(-1)?.refusal?.kind).toBe('notIncoming');
    expect(contextOf(reach(shift, [...offered, begin(hours(2), 'wang')]).after).handover?.incoming).toBe('wang');
    expect(walk(shift, [...staffed, withdraw(hours(2), 'li')]).at(-1)?.refusal).toEqual({ kind: 'noHandover' });
    expect(walk(shift, [...staffed, begin(hours(2), 'li')]).at(-1)?.refusal).toEqual({ kind: 'alreadyResponsible' });
  });

  it('reminds 10 min before the end, then is overdue, and after 15 min an alarm; the responsible one stays', () => {
    expect(reach(shift, staffed).deadlines).toEqual(new Map([['end', hours(4) - minutes(10)]]));
    const [reminded, over, alarm] = walk(shift, alarmed).slice(-3);
    expect(reminded?.fact?.type).toBe('v1.HandoverDue');
    expect(over?.fact?.type).toBe('v1.ShiftOverdue');
    expect(over?.deadlines).toEqual(new Map([['end', hours(4) + minutes(15)]]));
    expect(contextOf(over?.after ?? null)).toMatchObject({ overdueSince: hours(4), responsible: { personId: 'li' } });
    expect(alarm?.effects).toMatchObject([{ type: 'tell', id: alarmId, event: { type: 'raise', priority: 'medium' } }]);
  });

  it('clears the alarm when the shift is extended or taken over, and the next overrun is another alarm', () => {
    const extended = reach(shift, [...alarmed, extend(hours(5), hours(6))]);
    expect(extended.effects[0]).toEqual({
      type: 'tell',
      kind: 'alarm',
      id: alarmId,
      event: { type: 'clear', at: hours(5) },
    });
    expect(contextOf(extended.after)).toMatchObject({ overdueSince: null, responsible: { until: hours(6) } });
    const again = [due('end', hours(6) - minutes(10)), due('end', hours(6)), due('end', hours(6) + minutes(15))];
    expect(reach(shift, [...extended.path, ...again]).effects).toMatchObject([
      { id: `post-monitoringRoom-1-${String(hours(6))}` },
    ]);
    const taken = reach(shift, [...alarmed, begin(hours(5), 'zhang'), accept(hours(5), 'zhang')]);
    expect(taken.effects[0]).toMatchObject({ type: 'tell', id: alarmId, event: { type: 'clear' } });
  });

  it('is not extended while nobody is responsible', () => {
    expect(walk(shift, [establish(0), extend(1, hours(1))]).at(-1)?.refusal).toEqual({ kind: 'unstaffed' });
  });
});
