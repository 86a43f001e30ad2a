import { fuzz } from '../../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenBySteps, brokenByWalk } from '../../../tests/support/machine-laws.ts';
import { explore, reach, told, unvisited, walk, wander } from '../../../tests/support/machine-paths.ts';
import type { Exploration } from '../../../tests/support/machine-paths.ts';
import { seconds } from '../kernel/time.ts';
import { camera, cameraConnection } from './camera.machine.ts';

const install = (at: number) => ({ type: 'install', at, cameraId: 'gate' });
const stream = (at: number, state: string, fault: string | null = null) => ({
  type: 'streamReported',
  at,
  state,
  fault,
});
const lost = (at: number) => ({ type: 'deadline.lost', at });

const exploration: Exploration = {
  startAt: 1000,
  stepMs: 1000,
  events: (at) => [
    install(at),
    stream(at, 'connecting'),
    stream(at, 'live'),
    stream(at, 'stalled', 'noFrames'),
    stream(at, 'offline', 'unreachable'),
    stream(at, 'offline', 'plainPassword'),
    { type: 'remove', at, by: 'zhang' },
    { type: 'remove', at, by: 'station' },
  ],
  key: ({ value, context }) => JSON.stringify([value, context['lastLiveAt'] === null]),
};
const edges = explore(camera, exploration);
const quiet = ['streamReported'];

describe('a camera', () => {
  it('has no state and no transition that is never visited', () => {
    expect(unvisited(camera, edges)).toEqual([]);
  });

  it('keeps the laws of machines wherever it goes', () => {
    expect(brokenBySteps(camera, edges, quiet)).toEqual([]);
  });

  it('has an alarm open exactly while the picture has been gone for 30 s', () => {
    const choices = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 40_000 })), { maxLength: 40 });
    fc.assert(
      fc.property(choices, (chosen) => {
        const walked = wander(camera, exploration, chosen);
        expect(brokenByWalk(camera, walked, quiet)).toEqual([]);
        const raised: string[] = [];
        const open = new Set<string>();
        for (const edge of walked.filter(({ after }) => after !== null)) {
          for (const effect of edge.effects) {
            if (effect.type === 'tell' && effect.event.type === 'raise') {
              raised.push(effect.id);
              open.add(effect.id);
            }
            if (effect.type === 'tell' && effect.event.type === 'clear') expect(open.delete(effect.id)).toBe(true);
          }
          const live = cameraConnection(edge.after?.value ?? 'new') === 'live';
          const removed = edge.after?.status === 'done';
          expect(open.size + edge.deadlines.size).toBe(live || removed ? 0 : 1);
        }
        expect(new Set(raised).size).toBe(raised.length);
      }),
      fuzz(100, 50_000),
    );
  });

  it('that is retried again and again is not news', () => {
    const gone = [install(0), stream(1000, 'live'), stream(5000, 'offline', 'unreachable')];
    const retried = walk(camera, [
      ...gone,
      stream(6000, 'connecting'),
      stream(7000, 'offline', 'timeout'),
      stream(9000, 'stalled'),
    ]);
    expect(retried.slice(-3).map(({ fact }) => fact)).toEqual([null, null, null]);
  });

  it.each(['plainPassword', 'oldEncryption'])('that asks for %s once it is back says so, once', (fault) => {
    const steps = walk(camera, [
      install(0),
      stream(1000, 'live'),
      stream(5000, 'offline', 'unreachable'),
      stream(6000, 'offline', fault),
      stream(7000, 'connecting'),
      stream(8000, 'offline', fault),
      stream(9000, 'offline', 'unreachable'),
    ]);
    expect(steps.slice(-4).map((step) => step.fact)).toEqual([
      { type: 'v1.CameraAskedForLess', body: { fault } },
      null,
      null,
      null,
    ]);
    expect(steps.at(-1)?.after?.context).toMatchObject({ fault, since: 5000 });
  });

  it('names the gap by when the picture last moved', () => {
    const away = reach(camera, [
      install(0),
      stream(1000, 'live'),
      stream(5000, 'stalled', 'noFrames'),
      lost(5000 + seconds(30)),
    ]);
    expect(away.fact).toEqual({ type: 'v1.CameraLost', body: { since: 5000, lastLiveAt: 5000 } });
    expect(told(away)).toMatchObject([
      {
        type: 'tell',
        kind: 'alarm',
        id: 'camera-gate-5000',
        event: { type: 'raise', cause: 'cameraLost', priority: 'medium', sourceId: 'gate' },
      },
    ]);
    const back = reach(camera, [...away.path, stream(60_000, 'live')]);
    expect(back.effects).toEqual([
      { type: 'tell', kind: 'alarm', id: 'camera-gate-5000', event: { type: 'clear', at: 60_000 } },
    ]);
    expect(back.fact?.body).toEqual({ state: 'live', from: 'stalled', hadPicture: true, fault: null });
  });

  it('calls a first picture no recovery, also where a fault came before it', () => {
    const first = reach(camera, [install(0), stream(1000, 'live')]);
    expect(first.fact?.body).toMatchObject({ state: 'live', from: 'connecting', hadPicture: false });
    const never = reach(camera, [install(0), stream(1000, 'offline', 'unreachable')]);
    expect(never.fact?.body).toMatchObject({ state: 'offline', hadPicture: false });
    expect(reach(camera, [...never.path, stream(2000, 'live')]).fact?.body).toMatchObject({ hadPicture: false });
    const gone = reach(camera, [...first.path, stream(5000, 'offline', 'unreachable')]);
    expect(gone.fact?.body).toMatchObject({ state: 'offline', hadPicture: true });
  });

  it('that never showed a picture is an alarm too', () => {
    expect(told(reach(camera, [install(0), lost(seconds(30))]))).toMatchObject([{ id: 'camera-gate-0' }]);
  });

  it('back within 30 s is none', () => {
    const back = reach(camera, [install(0), stream(1000, 'live'), stream(5000, 'stalled'), stream(9000, 'live')]);
    expect(back.effects).toEqual([{ type: 'clearDeadline', name: 'lost' }]);
  });
});
