import { fuzz } from '../../../tests/support/long.ts';
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
const accept = (at: number, by: string, seenItems: readonly string[] = [], untilMs = at + hours(4)) => ({
  type: 'accept',
  at,
  by,
  seenItems,
  untilMs,
});
const leave = (at: number, personId: string) => ({ type: 'leave', at, personId });
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
    accept(at, 'li', [], at),
    leave(at, 'li'),
    leave(at, 'zhang'),
    leave(at, 'wang'),
    withdraw(at, 'li'),
    withdraw(at, 'zhang'),
    withdraw(at, 'wang'),
    extend(at, at + hours(1)),
    extend(at, at - 1),
    extend(at, 0),
  ],
  key: ({ value, context }) => {
    const { responsible, handover } = context as ShiftContext;
    return JSON.stringify([value, responsible?.personId, handover?.incoming]);
  },
};
const edges = explore(shift, exploration);

const staffed = [establish(0), begin(1000, 'li', hours(4)), accept(2000, 'li', [], hours(4))];
const overdue = [...staffed, due('end', hours(4) - minutes(10)), due('end', hours(4))];

describe('the post', () => {
  it('has no state and no transition that is never visited', () => {
    expect(unvisited(shift, edges)).toEqual([]);
  });

  it('keeps the laws of machines wherever it goes', () => {
    expect(brokenBySteps(shift, edges, [])).toEqual([]);
  });

  it('has one responsible from an accepted takeover on, who changes by an acceptance, or by leaving for good', () => {
    const choices = fc.array(fc.tuple(fc.nat(), fc.nat({ max: hours(2) })), { maxLength: 40 });
    fc.assert(
      fc.property(choices, (chosen) => {
        const walked = wander(shift, exploration, chosen);
        expect(brokenByWalk(shift, walked, [])).toEqual([]);
        let accepted = 0;
        for (const edge of walked.filter(({ after }) => after !== null)) {
          const before = edge.before === null ? null : contextOf(edge.before);
          const { responsible, handover, shiftCount } = contextOf(edge.after);
          accepted += edge.event.type === 'accept' && edge.refusal === null ? 1 : 0;
          expect(shiftCount).toBe(accepted);
          expect([undefined, accepted]).toContain(responsible?.shiftNumber);
          const changed = before?.responsible?.personId !== responsible?.personId;
          expect(changed ? ['v1.ShiftTakenOver', 'v1.PostVacated'] : [edge.fact?.type]).toContain(edge.fact?.type);
          expect(changed && responsible === null).toBe(edge.fact?.type === 'v1.PostVacated');
          expect(handover === null || handover.incoming !== responsible?.personId).toBe(true);
        }
      }),
      fuzz(100, 50_000),
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
        id: 'post-monitoringRoom-0',
        event: { type: 'raise', cause: 'postUnstaffed', priority: 'high' },
      },
    ]);
    const taken = reach(shift, [...unstaffed.path, begin(minutes(3), 'li'), accept(minutes(4), 'li')]);
    expect(taken.effects[0]).toEqual({
      type: 'tell',
      kind: 'alarm',
      id: 'post-monitoringRoom-0',
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
    const taken = reach(shift, [...offered, accept(hours(3) + 1, 'zhang', open, hours(8))]);
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

  it('reminds 10 min before the end, then is overdue; the responsible one stays, and nobody says that nobody is there', () => {
    expect(reach(shift, staffed).deadlines).toEqual(new Map([['end', hours(4) - minutes(10)]]));
    const [reminded, over] = walk(shift, overdue).slice(-2);
    expect(reminded?.fact?.type).toBe('v1.HandoverDue');
    expect(over?.fact?.type).toBe('v1.ShiftOverdue');
    expect(over?.deadlines.size).toBe(0);
    expect(contextOf(over?.after ?? null)).toMatchObject({ overdueSince: hours(4), responsible: { personId: 'li' } });
    expect(walk(shift, overdue).slice(staffed.length).flatMap(told)).toEqual([]);
  });

  it('is overdue no more when the shift is extended or taken over', () => {
    const extended = reach(shift, [...overdue, extend(hours(5), hours(6))]);
    expect(contextOf(extended.after)).toMatchObject({ overdueSince: null, responsible: { until: hours(6) } });
    expect(extended.deadlines).toEqual(new Map([['end', hours(6) - minutes(10)]]));
    const taken = reach(shift, [...overdue, begin(hours(5), 'zhang'), accept(hours(5), 'zhang')]);
    expect(contextOf(taken.after)).toMatchObject({ overdueSince: null, responsible: { personId: 'zhang' } });
  });

  it('is overdue at once, without a reminder, when a plan made late ends the shift before now', () => {
    const ended = reach(shift, [...staffed, extend(hours(3), hours(2))]);
    expect(ended.fact?.type).toBe('v1.ShiftEndChanged');
    expect(contextOf(ended.after)).toMatchObject({ overdueSince: hours(2), responsible: { until: hours(2) } });
    expect(ended.deadlines.size).toBe(0);
    expect(walk(shift, [...staffed, extend(hours(3), 1)]).at(-1)?.refusal).toEqual({ kind: 'shiftEndInvalid' });
  });

  it('of somebody who works here no more has nobody, says so after 2 min, and counts on', () => {
    const left = reach(shift, [...overdue, leave(hours(5), 'li')]);
    expect(left.fact).toEqual({ type: 'v1.PostVacated', body: { outgoing: 'li' } });
    expect(contextOf(left.after)).toMatchObject({ responsible: null, overdueSince: null, shiftCount: 1 });
    expect(left.deadlines).toEqual(new Map([['unstaffed', hours(5) + minutes(2)]]));
    const alarmed = reach(shift, [...left.path, due('unstaffed', hours(5) + minutes(2))]);
    expect(told(alarmed)).toMatchObject([{ id: 'post-monitoringRoom-1', event: { cause: 'postUnstaffed' } }]);
    const taken = reach(shift, [...alarmed.path, begin(hours(6), 'zhang'), accept(hours(6), 'zhang')]);
    expect(told(taken)).toMatchObject([{ id: 'post-monitoringRoom-1', event: { type: 'clear' } }]);
    expect(contextOf(taken.after).responsible).toMatchObject({ personId: 'zhang', shiftNumber: 2 });
  });

  it('waits no more for an incoming person who works here no more', () => {
    const ended = reach(shift, [...staffed, begin(hours(1), 'zhang'), leave(hours(2), 'zhang')]);
    expect(ended.fact).toEqual({ type: 'v1.TakeoverEnded', body: { incoming: 'zhang' } });
    expect(contextOf(ended.after)).toMatchObject({ handover: null, responsible: { personId: 'li' } });
  });

  it('is accepted until the end that the roster gives then, however long the looking took', () => {
    const slow = [...staffed, begin(hours(3), 'zhang', hours(3) + 1), accept(hours(4), 'zhang', [], hours(6))];
    expect(contextOf(reach(shift, slow).after).responsible).toMatchObject({ personId: 'zhang', until: hours(6) });
  });

  it('is not extended while nobody is responsible', () => {
    expect(walk(shift, [establish(0), extend(1, hours(1))]).at(-1)?.refusal).toEqual({ kind: 'unstaffed' });
  });
});
