import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SounderPort } from '../../../electron/station/ports/devices.port.ts';
import { createSounder } from '../../../native/os/sounder.ts';
import { createFakeSounder } from '../../support/fake-sounder.ts';
import { createMemoryLog, systemClock, until } from '../../support/system-clock.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

interface Bench {
  readonly sounder: SounderPort;
  /** How often a player was started. */
  readonly starts: () => number;
}

const fake = (): Bench => {
  const sounder = createFakeSounder();
  return { sounder, starts: () => sounder.calls.filter((call) => call === 'on').length };
};

const makeFolder = temporaryFolders();

/** A real process in place of the loudspeaker: it writes down what it was asked to play and stays. */
const real = (): Bench => {
  const folder = makeFolder();
  const [script, played] = [path.join(folder, 'player.mjs'), path.join(folder, 'played.txt')];
  writeFileSync(played, '');
  writeFileSync(
    script,
    `import fs from 'node:fs'; const file = process.argv[2]; fs.appendFileSync(${JSON.stringify(played)}, fs.readFileSync(file).subarray(0, 4) + '\\n'); setTimeout(() => {}, 60_000);`,
  );
  const env = { GUARDROOM_PLAYER: JSON.stringify([process.execPath, script]) };
  return {
    sounder: createSounder({ log: createMemoryLog(), clock: systemClock, env }),
    starts: () => readFileSync(played, 'utf8').split('RIFF').length - 1,
  };
};

describe.each([
  ['fake', fake],
  ['player process', real],
] as const)('sounder port: %s', (_name, open) => {
  const opened: Bench[] = [];
  const start = () => {
    const bench = open();
    opened.push(bench);
    const states: string[] = [];
    bench.sounder.onState((state) => states.push(state));
    return { ...bench, states };
  };
  afterEach(async () => {
    for (const { sounder } of opened.splice(0)) await sounder.close();
  });

  it('sounds when told, once, and stops when told', async () => {
    const { sounder, starts, states } = start();
    expect(sounder.state()).toBe('ready');
    sounder.siren(true);
    sounder.siren(true);
    await until('a player runs', () => starts() === 1);
    expect(sounder.state()).toBe('sounding');
    sounder.siren(false);
    sounder.siren(false);
    expect(sounder.state()).toBe('ready');
    expect(states).toEqual(['sounding', 'ready']);
  });

  it('sounds again after it was stopped', async () => {
    const { sounder, starts } = start();
    sounder.siren(true);
    await until('the first', () => starts() === 1);
    sounder.siren(false);
    sounder.siren(true);
    await until('the second', () => starts() === 2);
    expect(sounder.state()).toBe('sounding');
  });

  it('is silent for ever once it is closed', async () => {
    const { sounder, starts } = start();
    sounder.siren(true);
    await until('a player runs', () => starts() === 1);
    await sounder.close();
    sounder.siren(true);
    expect(sounder.state()).not.toBe('sounding');
    expect(starts()).toBe(1);
  });
});
