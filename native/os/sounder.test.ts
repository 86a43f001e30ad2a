import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { createMemoryLog } from '../../tests/support/system-clock.ts';
import { createSounder, soundFile } from './sounder.ts';
import { findPlayer } from './sounder-player.ts';
import { makeSound, sampleRate } from './sounds/make-sounds.ts';

/** A machine with the given programs in /usr/bin. */
const linux = (...programs: readonly string[]) => ({
  platform: 'linux' as const,
  env: { PATH: '/usr/local/bin:/usr/bin' },
  isExecutable: (file: string) => programs.some((program) => file === `/usr/bin/${program}`),
});

const start = (surroundings: Partial<ReturnType<typeof linux>> = linux('aplay')) => {
  const clock = createManualClock();
  const runs: {
    readonly command: string;
    readonly args: readonly string[];
    readonly end: (code: number | null) => void;
    stopped: boolean;
  }[] = [];
  const sounder = createSounder({
    log: createMemoryLog(),
    clock,
    ...surroundings,
    spawn: (command, args, onEnd) => {
      const run = { command, args, end: onEnd, stopped: false };
      runs.push(run);
      return { stop: () => (run.stopped = true) };
    },
  });
  const states: string[] = [];
  sounder.onState((state) => states.push(state));
  const last = () => runs.at(-1) ?? { command: '', args: [], end: () => undefined, stopped: false };
  return { clock, runs, sounder, states, last };
};

describe('the player', () => {
  const file = "it's.wav";
  it('is the first of its kind on Linux', () => {
    expect(findPlayer(linux('aplay', 'paplay'))).toMatchObject({ command: '/usr/bin/paplay' });
    expect(findPlayer(linux('aplay'))?.args(file)).toEqual(['-q', file]);
    expect(findPlayer(linux())).toBeNull();
  });

  it('is PowerShell on Windows, with the path quoted, and afplay on macOS', () => {
    const windows = findPlayer({
      platform: 'win32',
      env: { Path: 'C:\\x;C:\\Windows' },
      isExecutable: (name) => name === 'C:\\Windows\\powershell.exe',
    });
    expect(windows?.command).toBe('C:\\Windows\\powershell.exe');
    expect(windows?.args(file).at(-1)).toContain("SoundPlayer 'it''s.wav'");
    const mac = findPlayer({
      platform: 'darwin',
      env: { PATH: '/usr/bin' },
      isExecutable: (name) => name === '/usr/bin/afplay',
    });
    expect(mac?.args(file)).toEqual([file]);
  });

  it('can be set, as a JSON array of words', () => {
    const set = (text: string) => findPlayer({ ...linux('aplay'), env: { PATH: '/usr/bin', GUARDROOM_PLAYER: text } });
    expect(set('["/opt/p", "-x"]')?.args(file)).toEqual(['-x', file]);
    expect(set('')).toMatchObject({ command: '/usr/bin/aplay' });
    for (const wrong of ['aplay', '[]', '[1]', '{}']) expect(set(wrong)).toBeNull();
  });
});

describe('the sounder', () => {
  it('says so when the machine has no player', () => {
    const { sounder, runs } = start(linux());
    sounder.siren(true);
    expect([sounder.state(), runs.length]).toEqual(['missing', 0]);
  });

  it('plays the sound over and over', () => {
    const { sounder, runs, clock, states, last } = start();
    sounder.siren(true);
    for (let round = 0; round < 10; round += 1) {
      clock.advance(2000);
      last().end(0);
    }
    expect(runs).toHaveLength(11);
    expect(last().args).toEqual(['-q', soundFile('life')]);
    expect(states).toEqual(['sounding']);
  });

  it('starts a dead player again, slower each time, fails after the third, and goes on trying', () => {
    const { sounder, runs, clock, states, last } = start();
    sounder.siren(true);
    last().end(1);
    clock.advance(249);
    expect(runs).toHaveLength(1);
    clock.advance(1);
    last().end(null);
    clock.advance(500);
    last().end(0);
    expect([runs.length, sounder.state()]).toEqual([3, 'failed']);
    clock.advance(10_000);
    expect([runs.length, sounder.state()]).toEqual([4, 'failed']);
    clock.advance(250);
    expect(states).toEqual(['sounding', 'failed', 'sounding']);
  });

  it('forgives single deaths', () => {
    const { sounder, clock, states, last } = start();
    sounder.siren(true);
    for (let round = 0; round < 6; round += 1) {
      last().end(1);
      clock.advance(500);
      clock.advance(2000);
      last().end(0);
    }
    expect(states).toEqual(['sounding']);
  });

  it('stops its player and does not start another', () => {
    const { sounder, runs, clock, last } = start();
    sounder.siren(true);
    sounder.siren(false);
    expect(last().stopped).toBe(true);
    last().end(null);
    clock.advance(60_000);
    expect([runs.length, sounder.state()]).toEqual([1, 'ready']);
  });

  it('plays again at once when it was switched off and on while the old player was ending', () => {
    const { sounder, runs, states, last } = start();
    sounder.siren(true);
    sounder.siren(false);
    sounder.siren(true);
    expect(runs).toHaveLength(1);
    last().end(null);
    expect([runs.length, states]).toEqual([2, ['sounding', 'ready', 'sounding']]);
  });

  it('stops trying when it is no longer wanted', () => {
    const { sounder, runs, clock, last } = start();
    sounder.siren(true);
    last().end(1);
    sounder.siren(false);
    clock.advance(60_000);
    expect([runs.length, clock.pending(), sounder.state()]).toEqual([1, 0, 'ready']);
  });

  it('closes only when the player has gone', async () => {
    const { sounder, last } = start();
    sounder.siren(true);
    let closed = false;
    const closing = sounder.close().then(() => (closed = true));
    await Promise.resolve();
    expect(closed).toBe(false);
    last().end(null);
    await closing;
    expect(closed).toBe(true);
  });
});

describe('the three sounds', () => {
  it.each(['life', 'attention', 'note'] as const)('%s is committed as the script makes it', (name) => {
    const [made, committed] = [makeSound(name), readFileSync(soundFile(name))];
    expect(committed.subarray(0, 44)).toEqual(made.subarray(0, 44));
    expect(committed.length).toBe(made.length);
    // Sine may round differently on another processor: one step of 65,536 cannot be heard.
    let worst = 0;
    for (let at = 44; at < made.length; at += 2)
      worst = Math.max(worst, Math.abs(made.readInt16LE(at) - committed.readInt16LE(at)));
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('differ in length and pitch, and stay small', () => {
    const crossings = (name: 'life' | 'attention' | 'note'): number => {
      const sound = makeSound(name);
      let count = 0;
      for (let at = 46; at < sound.length; at += 2)
        if (sound.readInt16LE(at) >= 0 !== sound.readInt16LE(at - 2) >= 0) count += 1;
      return Math.round(count / ((sound.length - 44) / 2 / sampleRate));
    };
    const [life, attention, note] = [crossings('life'), crossings('attention'), crossings('note')];
    expect(life).toBeGreaterThan(attention * 1.2);
    expect(attention).toBeGreaterThan(note * 1.2);
    const sizes = (['life', 'attention', 'note'] as const).map((name) => readFileSync(soundFile(name)).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
  });
});
