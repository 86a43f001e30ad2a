import { fuzz } from '../../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenBySteps, brokenByWalk } from '../../../tests/support/machine-laws.ts';
import { explore, reach, unvisited, walk, wander } from '../../../tests/support/machine-paths.ts';
import type { Exploration } from '../../../tests/support/machine-paths.ts';
import type { DomainEvent, MachineSnapshot } from '../kernel/machine.ts';
import { minutes, seconds } from '../kernel/time.ts';
import { alarm } from './alarm.machine.ts';
import type { AlarmContext } from './alarm.types.ts';

const raise = (
  at: number,
  priority: string,
  incidentId: string | null,
): DomainEvent & Readonly<Record<string, unknown>> => ({
  type: 'raise',
  at,
  alarmId: 'alarm-1',
  cause: 'helpButton',
  priority,
  sourceId: 'help-1',
  incidentId,
});
const acknowledge = (at: number, by = 'li') => ({ type: 'acknowledge', at, by });
const clear = (at: number) => ({ type: 'clear', at });
const rise = (at: number, priority: string) => ({ type: 'rise', at, priority });
const repeat = (at: number) => ({ type: 'repeat', at });

const exploration: Exploration = {
  startAt: 1000,
  stepMs: seconds(10),
  events: (at) => [
    raise(at, 'life', 'incident-1'),
    raise(at, 'life', null),
    raise(at, 'high', null),
    raise(at, 'low', null),
    repeat(at),
    clear(at),
    rise(at, 'medium'),
    rise(at, 'high'),
    ...['li', '', 'station', 'device:panel-1'].flatMap((by) => [
      acknowledge(at, by),
      { type: 'incidentEnded', at, by },
    ]),
  ],
  key: ({ value, context }) =>
    JSON.stringify([
      value,
      context['priority'],
      context['incidentId'],
      context['clearedAt'] === null,
      context['acknowledgedBy'],
    ]),
};
const edges = explore(alarm, exploration);
const quiet = ['rise', 'acknowledge', 'clear', 'incidentEnded'];
const contextOf = (snapshot: MachineSnapshot | null): AlarmContext => snapshot?.context as AlarmContext;

describe('an alarm', () => {
  it('has no state and no transition that is never visited', () => {
    expect(unvisited(alarm, edges)).toEqual([]);
  });

  it('keeps the laws of machines wherever it goes', () => {
    expect(brokenBySteps(alarm, edges, quiet)).toEqual([]);
  });

  it('is never acknowledged without a person, and never closed without being acknowledged', () => {
    const choices = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 400_000 })), { maxLength: 25 });
    fc.assert(
      fc.property(choices, (chosen) => {
        const walked = wander(alarm, exploration, chosen);
        expect(brokenByWalk(alarm, walked, quiet)).toEqual([]);
        for (const edge of walked.filter(({ after }) => after !== null)) {
          const { acknowledgedBy, acknowledgedAt, clearedAt, occurrences } = contextOf(edge.after);
          expect(acknowledgedBy === null).toBe(acknowledgedAt === null);
          expect([null, 'li']).toContain(acknowledgedBy);
          expect(edge.after?.status === 'done' && (acknowledgedBy === null || clearedAt === null)).toBe(false);
          expect(occurrences).toBeGreaterThanOrEqual(1);
        }
      }),
      fuzz(100, 50_000),
    );
  });

  it.each(['', 'station', 'device:panel-1'])('refuses to be acknowledged by "%s"', (by) => {
    const refused = walk(alarm, [raise(0, 'high', null), acknowledge(1, by)]).at(-1);
    expect(refused?.refusal).toEqual({ kind: 'needsPerson' });
  });

  it('cleared and not acknowledged stays, and a repeat makes it active again and counts', () => {
    const cleared = reach(alarm, [raise(0, 'medium', null), clear(5)]);
    expect(cleared.after?.status).toBe('active');
    expect(cleared.fact?.type).toBe('v1.AlarmCleared');
    const again = reach(alarm, [raise(0, 'medium', null), clear(5), repeat(9)]);
    expect(again.after?.context).toMatchObject({ clearedAt: null, occurrences: 2, lastReportAt: 9 });
    expect(again.fact).toMatchObject({ type: 'v1.AlarmRepeated', body: { occurrences: 2, activeAgain: true } });
  });

  it('is over when it is cleared and acknowledged, in either order', () => {
    for (const ending of [
      [clear(1), acknowledge(2)],
      [acknowledge(1), clear(2)],
    ]) {
      const closed = reach(alarm, [raise(0, 'medium', null), ...ending]);
      expect(closed.after?.status).toBe('done');
      expect(closed.fact?.body['closed']).toBe(true);
    }
  });

  it('lets late reports pass when it is over, and refuses a repeat, so that a new alarm is raised', () => {
    const closed = [raise(0, 'medium', null), clear(1), acknowledge(2)];
    expect(reach(alarm, [...closed, clear(3), acknowledge(4)]).fact).toBeNull();
    expect(walk(alarm, [...closed, repeat(3)]).at(-1)?.refusal?.kind).toBe('ended');
  });

  it('sounds after 3 min when it is high, until a person takes note', () => {
    const waiting = reach(alarm, [raise(0, 'high', null)]);
    expect(waiting.effects).toEqual([{ type: 'setDeadline', name: 'siren', dueInMs: minutes(3), lifeSafety: false }]);
    const sounding = reach(alarm, [raise(0, 'high', null), { type: 'deadline.siren', at: minutes(3) }]);
    expect(sounding.effects).toEqual([{ type: 'startSiren', source: 'alarm-1' }]);
    expect(sounding.fact?.type).toBe('v1.AlarmSounded');
    const heard = reach(alarm, [
      raise(0, 'high', null),
      { type: 'deadline.siren', at: minutes(3) },
      acknowledge(minutes(4)),
    ]);
    expect(heard.effects).toEqual([{ type: 'stopSiren', source: 'alarm-1' }]);
  });

  it('about a life without an incident sounds after a minute, and a device that restores does not silence it', () => {
    const sounding = [raise(0, 'life', null), { type: 'deadline.siren', at: seconds(60) }];
    expect(reach(alarm, sounding.slice(0, 1)).deadlines.get('siren')).toBe(seconds(60));
    expect([...reach(alarm, [...sounding, clear(seconds(70))]).sirens]).toEqual(['alarm-1']);
  });

  it('that rises is told anew: nobody has taken note of it any more, and it sounds as one of its priority', () => {
    const risen = reach(alarm, [raise(0, 'medium', null), acknowledge(1), rise(minutes(10), 'high')]);
    expect(risen.after?.context).toMatchObject({ priority: 'high', acknowledgedBy: null, acknowledgedAt: null });
    expect(risen.fact?.type).toBe('v1.AlarmRisen');
    expect(risen.deadlines).toEqual(new Map([['siren', minutes(13)]]));
    expect(reach(alarm, [...risen.path, acknowledge(minutes(11))]).deadlines.size).toBe(0);
  });

  it('never falls, and does not rise once its cause has gone', () => {
    expect(reach(alarm, [raise(0, 'high', null), rise(1, 'medium')]).after?.context['priority']).toBe('high');
    expect(reach(alarm, [raise(0, 'low', null), clear(1), rise(2, 'high')]).after?.context['priority']).toBe('low');
  });

  it('of lower priority never sounds', () => {
    expect(reach(alarm, [raise(0, 'medium', null)]).deadlines.size).toBe(0);
  });

  it('opens its incident, tells it of another press, and outlives the restore of the device until the incident ends', () => {
    const opened = reach(alarm, [raise(3, 'life', 'incident-1')]);
    expect(opened.effects).toEqual([
      {
        type: 'tell',
        kind: 'incident',
        id: 'incident-1',
        event: { type: 'open', at: 3, incidentId: 'incident-1', kind: 'help', alarmId: 'alarm-1', sourceId: 'help-1' },
      },
    ]);
    const restored = [raise(0, 'life', 'incident-1'), acknowledge(1), clear(2)];
    expect(reach(alarm, restored).after?.status).toBe('active');
    expect(reach(alarm, [...restored, repeat(3)]).effects).toEqual([
      { type: 'tell', kind: 'incident', id: 'incident-1', event: { type: 'pressedAgain', at: 3 } },
    ]);
    const ended = reach(alarm, [...restored, { type: 'incidentEnded', at: 9, by: 'zhang' }]);
    expect(ended.after).toMatchObject({ status: 'done', context: { acknowledgedBy: 'li', clearedAt: 2 } });
    expect(ended.fact?.type).toBe('v1.AlarmClosedByIncident');
  });

  it('settled by its incident alone is acknowledged by whoever closed the incident', () => {
    const ended = reach(alarm, [raise(0, 'life', 'incident-1'), { type: 'incidentEnded', at: 9, by: 'zhang' }]);
    expect(ended.after?.context).toMatchObject({ acknowledgedBy: 'zhang', acknowledgedAt: 9, clearedAt: 9 });
  });

  it('counts how often it came back, and several reports at once', () => {
    const back = [raise(0, 'medium', null), clear(1), repeat(2), clear(3), repeat(4), repeat(5)];
    expect(contextOf(reach(alarm, back).after)).toMatchObject({ relapses: 2, occurrences: 4, clearedAt: null });
    const storm = [raise(0, 'high', null), { ...repeat(1), times: 800 }];
    expect(contextOf(reach(alarm, storm).after)).toMatchObject({ relapses: 0, occurrences: 801 });
  });

  it('keeps what was reported, each once and nine at most', () => {
    const details = Array.from({ length: 12 }, (_, zone) => `help/${String(zone)}`);
    const reported = [
      { ...raise(0, 'high', null), details: ['help/0'] },
      { ...repeat(1), details },
    ];
    expect(contextOf(reach(alarm, reported).after).details).toEqual(details.slice(0, 9));
  });

  it('is ended by a note where nothing will ever report its end', () => {
    const noted = [{ ...raise(0, 'high', null), endsWithNote: true }, acknowledge(1)];
    expect(reach(alarm, noted).after?.status).toBe('done');
    expect(reach(alarm, [raise(0, 'high', null), acknowledge(1)]).after?.status).toBe('active');
    const led = [{ ...raise(0, 'life', 'incident-1'), endsWithNote: true }, acknowledge(1)];
    expect(reach(alarm, led).after?.status).toBe('active');
  });
});
