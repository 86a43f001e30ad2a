import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { give } from '../../tests/support/machine-paths.ts';
import type { Edge } from '../../tests/support/machine-paths.ts';
import type { JsonObject } from '../domain/kernel/json.ts';
import type { DomainEvent, EntityKind } from '../domain/kernel/machine.ts';
import { minutes, seconds } from '../domain/kernel/time.ts';
import { machineOf } from '../../tests/support/domain-machines.ts';

/** Several machines, and the events that they tell each other. */
const createWorld = () => {
  const edges = new Map<string, Edge>();
  const refused: string[] = [];
  const sirens = new Set<string>();
  const tell = (kind: EntityKind, id: string, event: DomainEvent & JsonObject): Edge => {
    const key = `${kind}/${id}`;
    const edge = give(machineOf(kind), edges.get(key) ?? null, event);
    if (edge.refusal !== null) refused.push(`${key} ${event.type} ${edge.refusal.kind}`);
    edges.set(key, edge);
    for (const effect of edge.effects) {
      if (effect.type === 'tell') tell(effect.kind, effect.id, effect.event);
      if (effect.type === 'startSiren') sirens.add(effect.source);
      if (effect.type === 'stopSiren') sirens.delete(effect.source);
    }
    return edge;
  };
  const state = (kind: EntityKind, id: string) => edges.get(`${kind}/${id}`)?.after ?? null;
  return { tell, state, refused, sirens, edges };
};

const press = (at: number) => ({
  type: 'raise',
  at,
  alarmId: 'a1',
  cause: 'helpButton',
  priority: 'life',
  sourceId: 'help-1',
  incidentId: 'i1',
});
const answer = (at: number, step: string, given: string) => ({ type: 'answer', at, by: 'li', step, answer: given });

describe('machines that tell each other', () => {
  it('lead from a pressed button to a person who was seen, with one alarm and one incident', () => {
    const { tell, state, refused, sirens } = createWorld();
    tell('alarm', 'a1', press(0));
    expect(state('incident', 'i1')?.value).toEqual({ running: { work: 'open', escalation: 'waiting' } });
    tell('incident', 'i1', { type: 'deadline.escalate', at: seconds(60) });
    expect([...sirens]).toEqual(['i1']);
    tell('incident', 'i1', { type: 'claim', at: seconds(70), by: 'li' });
    expect([...sirens]).toEqual([]);
    expect(state('alarm', 'a1')?.context).toMatchObject({ acknowledgedBy: 'li', acknowledgedAt: seconds(70) });
    tell('alarm', 'a1', { type: 'clear', at: seconds(80) });
    tell('alarm', 'a1', { type: 'repeat', at: seconds(90) });
    expect(state('alarm', 'a1')?.context).toMatchObject({ occurrences: 2, clearedAt: null });
    tell('incident', 'i1', answer(seconds(100), 'reach', 'noAnswer'));
    tell('incident', 'i1', answer(seconds(110), 'sendSomebody', 'onTheWay'));
    tell('incident', 'i1', answer(minutes(5), 'seen', 'seenSafe'));
    tell('incident', 'i1', { type: 'resolve', at: minutes(6), by: 'li', resolution: 'personSafe', note: null });
    expect(state('alarm', 'a1')).toMatchObject({ status: 'done', context: { clearedAt: minutes(6) } });
    expect(refused).toEqual([]);
  });

  it('never lay an incident to rest by what a device says', () => {
    const events: readonly ((at: number) => readonly [EntityKind, string, DomainEvent & JsonObject])[] = [
      (at) => ['alarm', 'a1', { type: 'clear', at }],
      (at) => ['alarm', 'a1', { type: 'repeat', at }],
      (at) => ['alarm', 'a1', { type: 'acknowledge', at, by: 'li' }],
      (at) => ['incident', 'i1', { type: 'claim', at, by: 'li' }],
      (at) => ['incident', 'i1', { type: 'park', at, by: 'li', reason: 'waiting', untilMs: at + 1000 }],
      (at) => ['incident', 'i1', { type: 'deadline.escalate', at }],
    ];
    fc.assert(
      fc.property(fc.array(fc.nat({ max: events.length - 1 }), { maxLength: 20 }), (chosen) => {
        const world = createWorld();
        world.tell('alarm', 'a1', press(0));
        for (const [index, which] of chosen.entries()) {
          const next = events[which]?.((index + 1) * 1000);
          if (next !== undefined) world.tell(...next);
        }
        expect(world.state('alarm', 'a1')?.status).toBe('active');
        expect(world.state('incident', 'i1')?.status).toBe('active');
        expect([...world.edges.keys()]).toEqual(['alarm/a1', 'incident/i1']);
      }),
      fuzz(100, 50_000),
    );
  });

  it('raise and clear an alarm for each gap of a camera, and a person still has to take note', () => {
    const { tell, state, refused } = createWorld();
    const stream = (at: number, what: string) =>
      tell('camera', 'gate', { type: 'streamReported', at, state: what, fault: null });
    tell('camera', 'gate', { type: 'install', at: 0, cameraId: 'gate' });
    stream(1000, 'live');
    stream(5000, 'stalled');
    tell('camera', 'gate', { type: 'deadline.lost', at: 35_000 });
    expect(state('alarm', 'camera-gate-5000')?.context).toMatchObject({
      cause: 'cameraLost',
      sourceId: 'gate',
      clearedAt: null,
    });
    stream(50_000, 'live');
    expect(state('alarm', 'camera-gate-5000')).toMatchObject({ status: 'active', context: { clearedAt: 50_000 } });
    tell('alarm', 'camera-gate-5000', { type: 'acknowledge', at: 60_000, by: 'li' });
    expect(state('alarm', 'camera-gate-5000')?.status).toBe('done');
    expect(refused).toEqual([]);
  });

  it('clear the alarm of an unconfirmed gate when the arm is seen', () => {
    const { tell, state, refused } = createWorld();
    const events = [
      { type: 'install', at: 0, barrierId: 'north', travelMs: 3000 },
      {
        type: 'command',
        at: 1,
        motionId: 'm1',
        motion: 'open',
        reason: 'ambulance',
        reasonNote: null,
        by: 'li',
        travelMs: 3000,
      },
      { type: 'sent', at: 2, motionId: 'm1' },
      { type: 'accepted', at: 3, motionId: 'm1' },
      { type: 'deadline.confirm', at: 8003 },
    ];
    for (const event of events) tell('barrier', 'north', event);
    expect(state('alarm', 'barrier-north-m1')?.context).toMatchObject({ priority: 'high', clearedAt: null });
    tell('barrier', 'north', { type: 'positionReported', at: 9000, position: 'open', source: 'sensor' });
    expect(state('alarm', 'barrier-north-m1')?.context['clearedAt']).toBe(9000);
    expect(refused).toEqual([]);
  });

  it('call for somebody while the post is empty, until a person takes over', () => {
    const { tell, state, sirens } = createWorld();
    tell('shift', 'room', { type: 'establish', at: 0, postId: 'room' });
    tell('shift', 'room', { type: 'deadline.unstaffed', at: minutes(2) });
    tell('alarm', 'post-room-0', { type: 'deadline.siren', at: minutes(5) });
    expect([...sirens]).toEqual(['post-room-0']);
    tell('shift', 'room', {
      type: 'beginTakeover',
      at: minutes(6),
      incoming: 'li',
      untilMs: minutes(240),
      openItems: [],
    });
    tell('shift', 'room', { type: 'accept', at: minutes(7), by: 'li', seenItems: [], untilMs: minutes(240) });
    expect([...sirens]).toEqual([]);
    expect(state('alarm', 'post-room-0')?.context['clearedAt']).toBe(minutes(7));
  });
});
