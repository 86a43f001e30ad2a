import { expect, it } from 'vitest';
import { commandSchema } from '../../electron/contract/commands.schema.ts';
import { demoCommunity } from '../../resources/demo/community/community.ts';
import { parseReadyLine, type DemoReady } from './demo-ready.ts';
import { seedOf } from './demo-seed.ts';

const ready: DemoReady = {
  simulator: 'ready',
  control: 'http://127.0.0.1:20000/',
  cameras: demoCommunity.cameras.map((camera, index) => ({
    id: camera.id,
    onvif: `http://127.0.0.1:${20_001 + index}/onvif/device_service`,
    rtspMain: `rtsp://127.0.0.1:20100/${camera.id}/main`,
    rtspSub: `rtsp://127.0.0.1:20100/${camera.id}/sub`,
    username: 'viewer',
    password: 'x',
  })),
};
/** 2026-03-01 02:13:05 in Shanghai. */
const night = Date.UTC(2026, 1, 28, 18, 13, 5);
const id = '018f3c1e-7c1e-7c1e-8c1e-7c1e7c1e7c1e';

it.each(['zh-CN', 'en'] as const)('gives commands of the contract (%s)', (lang) => {
  const seed = seedOf(ready, night, lang);
  const refused = seed.commands
    .map((command) => commandSchema.safeParse({ ...command, id, occurredAt: night }))
    .filter((result) => !result.success);
  expect(refused).toEqual([]);
  expect(seed.commands.filter((command) => command.type === 'addCamera')).toHaveLength(16);
});

it('puts on duty whom the roster names at that hour, local time', () => {
  expect(seedOf(ready, night, 'zh-CN').volunteerId).toBe('volunteer-li');
  expect(seedOf(ready, night + 2 * 3_600_000, 'zh-CN').volunteerId).toBe('volunteer-zhang');
  expect(seedOf(ready, night + 21.5 * 3_600_000, 'zh-CN').volunteerId).toBe('volunteer-wu');
});

it('covers every minute of the week to come, without overlap', () => {
  const entries = seedOf(ready, night, 'en').commands.flatMap((command) =>
    command.type === 'setRosterEntry' ? [command] : [],
  );
  const sorted = entries.toSorted((left, right) => left.fromMs - right.fromMs);
  const gaps = sorted.slice(1).filter((entry, index) => entry.fromMs !== sorted[index]?.toMs);
  expect(gaps).toEqual([]);
  expect(new Set(sorted.map((entry) => entry.entryId)).size).toBe(sorted.length);
});

it('speaks one language at a time', () => {
  expect(seedOf(ready, night, 'en').communityName).toBe('Longwan Estate (demo)');
  expect(JSON.stringify(seedOf(ready, night, 'en'))).not.toMatch(/\p{Script=Han}/u);
});

it('knows the ready line among others', () => {
  expect(parseReadyLine(JSON.stringify(ready))).toEqual(ready);
  expect(parseReadyLine('{"simulator":"starting"}')).toBeNull();
  expect(parseReadyLine('{broken')).toBeNull();
  expect(parseReadyLine('listening')).toBeNull();
});
