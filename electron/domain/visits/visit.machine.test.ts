import { fuzz } from '../../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenBySteps, brokenByWalk } from '../../../tests/support/machine-laws.ts';
import { explore, reach, unvisited, walk, wander } from '../../../tests/support/machine-paths.ts';
import type { Exploration } from '../../../tests/support/machine-paths.ts';
import { hours, minutes } from '../kernel/time.ts';
import { visit } from './visit.machine.ts';

const day = hours(24);
const register = (at: number, keepMs = 30 * day, by = 'li') => ({
  type: 'register',
  at,
  visitId: 'visit-1',
  subjectId: 'subject-1',
  kind: 'family',
  name: 'sealed-name',
  phone: 'sealed-phone',
  plate: 'sealed-plate',
  visiting: 'sealed-place',
  by,
  keepMs,
});
const leave = (at: number, by = 'li') => ({ type: 'leave', at, by });
const takeBack = (at: number, by = 'li') => ({ type: 'takeBack', at, by });
const forget = (at: number, by = 'chief') => ({ type: 'forget', at, by });

const exploration: Exploration = {
  startAt: 1000,
  stepMs: minutes(5),
  events: (at) => [
    register(at),
    register(at, day - 1),
    register(at, 30 * day, 'station'),
    leave(at),
    leave(at, 'device:gate'),
    takeBack(at),
    takeBack(at, 'station'),
    forget(at),
    forget(at, 'station'),
  ],
  key: ({ value }) => JSON.stringify(value),
};
const edges = explore(visit, exploration);

describe('a visit', () => {
  it('has no state and no transition that is never visited', () => {
    expect(unvisited(visit, edges)).toEqual([]);
  });

  it('keeps the laws of machines wherever it goes, and holds nothing personal once it is forgotten', () => {
    expect(brokenBySteps(visit, edges, [])).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat({ max: 40 * day })), { maxLength: 12 }), (chosen) => {
        const walked = wander(visit, exploration, chosen);
        expect(brokenByWalk(visit, walked, [])).toEqual([]);
        const forgotten = walked.filter(({ after }) => after?.status === 'done');
        expect(forgotten.filter(({ after }) => JSON.stringify(after).includes('sealed'))).toEqual([]);
        const deleted = walked.flatMap(({ effects }) => effects).filter(({ type }) => type === 'forgetSubject');
        expect(deleted.length).toBe(forgotten.length > 0 ? 1 : 0);
      }),
      fuzz(100, 50_000),
    );
  });

  it('is forgotten by itself when its time is over, inside or not', () => {
    for (const path of [[register(0)], [register(0), leave(hours(2))]]) {
      expect(reach(visit, path).deadlines).toEqual(new Map([['retention', 30 * day]]));
      const over = reach(visit, [...path, { type: 'deadline.retention', at: 30 * day }]);
      expect(over.effects).toContainEqual({ type: 'forgetSubject', subjectId: 'subject-1' });
      expect(over.fact).toEqual({ type: 'v1.VisitorForgotten', body: { kind: 'family', by: null } });
    }
  });

  it('says how long the visitor stayed', () => {
    expect(reach(visit, [register(0), leave(hours(2))]).fact?.body).toMatchObject({ stayedMs: hours(2), by: 'li' });
    expect(walk(visit, [register(0), leave(1), leave(2)]).at(-1)?.refusal).toEqual({
      kind: 'alreadyLeft',
      details: { at: 1 },
    });
  });

  it.each([
    ['at once', minutes(60), null],
    ['after ten minutes', minutes(70), null],
    ['later', minutes(70) + 1, 'tooLateToTakeBack'],
  ])('takes a departure back that was written down by mistake: %s', (_when, at, refusal) => {
    const last = walk(visit, [register(0), leave(minutes(60)), takeBack(at)]).at(-1);
    expect(last?.refusal?.kind ?? null).toBe(refusal);
    expect(last?.after?.context).toMatchObject({ leftAt: refusal === null ? null : minutes(60) });
  });

  it('takes back what happened only, by a person, and may be left again after that', () => {
    expect(walk(visit, [register(0), takeBack(1)]).at(-1)?.refusal).toEqual({ kind: 'stillInside' });
    expect(walk(visit, [register(0), leave(1), takeBack(2, 'station')]).at(-1)?.refusal).toEqual({
      kind: 'needsPerson',
    });
    expect(reach(visit, [register(0), leave(1), takeBack(2)]).fact).toEqual({
      type: 'v1.DepartureTakenBack',
      body: { kind: 'family', by: 'li' },
    });
    expect(reach(visit, [register(0), leave(1), takeBack(2), leave(3)]).fact?.body).toMatchObject({ stayedMs: 3 });
  });

  it('is kept between a day and a year, and written down by a person', () => {
    expect(walk(visit, [register(0, 366 * day)])[0]?.refusal?.kind).toBe('keepOutOfRange');
    expect(walk(visit, [register(0, day, 'station')])[0]?.refusal).toEqual({ kind: 'needsPerson' });
    expect(reach(visit, [register(0, 365 * day)]).refusal).toBeNull();
  });
});
