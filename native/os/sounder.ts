import { createListeners } from '../../electron/domain/kernel/listeners.ts';
import path from 'node:path';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { SounderPort } from '../../electron/station/ports/devices.port.ts';
import { findPlayer, isExecutableFile, spawnPlayer, type Playing, type SpawnPlayer } from './sounder-player.ts';
import type { SoundName } from './sounds/make-sounds.ts';

type SounderState = ReturnType<SounderPort['state']>;

/** A player that ended with an error, or sooner than this, did not play. The shortest sound takes 300 ms. */
const quickDeathMs = 250;
/** So many quick deaths in a row, and the sounder has failed. */
const deathsToFail = 3;
const backOffMs = [250, 500];
/** A failed siren is tried again in this time as long as it is wanted: the loudspeaker may be plugged in again. */
const failedRetryMs = 10_000;

export interface SounderDeps {
  readonly log: Log;
  readonly clock: Clock;
  readonly spawn?: SpawnPlayer;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly isExecutable?: (file: string) => boolean;
  /** The folder with `life.wav`; the repository's own by default. */
  readonly soundsFolder?: string;
}

/** Where the committed sounds are, seen from this file; a bundled station names its own folder. */
const committedSounds = path.resolve(import.meta.dirname, '../../resources/sounds');

/** The WAV file of a sound. A player cannot read inside an app archive, so there the unpacked copy beside it is named. */
export const soundFile = (name: SoundName, folder: string = committedSounds): string =>
  path.join(folder, `${name}.wav`).replace(`app.asar${path.sep}`, `app.asar.unpacked${path.sep}`);

/**
 * The station's own siren: a player of this machine, started over and over while it is wanted. No window and no page is involved.
 * States: `ready` silent and able; `sounding` a player runs; `failed` it died three times at once (tried again every 10 s);
 * `missing` no player here.
 */
export const createSounder = (deps: SounderDeps): SounderPort => {
  const {
    log,
    clock,
    spawn = spawnPlayer,
    env = process.env,
    platform = process.platform,
    isExecutable = isExecutableFile,
  } = deps;
  const player = findPlayer({ platform, env, isExecutable });
  const file = soundFile('life', deps.soundsFolder);
  const listeners = createListeners<[state: SounderState]>();
  let state: SounderState = player === null ? 'missing' : 'ready';
  let wanted = false;
  let playing: Playing | null = null;
  let stopping = false;
  let deaths = 0;
  let cancelRetry = (): void => undefined;
  let closed: (() => void) | null = null;

  const setState = (next: SounderState): void => {
    if (next === state) return;
    state = next;
    listeners.tell(next);
  };
  const ended = (code: number | null, startedMs: number): void => {
    const asked = stopping;
    playing = null;
    stopping = false;
    closed?.();
    if (!wanted) return;
    // Switched off and on again before the old player had gone: its end was asked for.
    if (asked) return start();
    const quick = code !== 0 || clock.monotonicMs() - startedMs < quickDeathMs;
    deaths = quick ? deaths + 1 : 0;
    if (!quick) return start();
    log.warn('siren player ended at once', { code, deaths });
    if (deaths >= deathsToFail) setState('failed');
    cancelRetry = clock.after(deaths >= deathsToFail ? failedRetryMs : (backOffMs[deaths - 1] ?? failedRetryMs), start);
  };
  const start = (): void => {
    if (player === null || playing !== null || !wanted) return;
    const startedMs = clock.monotonicMs();
    playing = spawn(player.command, player.args(file), (code) => ended(code, startedMs));
    if (state !== 'failed') return setState('sounding');
    // After a failure it is believed again only when it has played for a while.
    cancelRetry = clock.after(quickDeathMs, () => {
      if (playing !== null) setState('sounding');
    });
  };
  const silence = (): void => {
    wanted = false;
    deaths = 0;
    cancelRetry();
    stopping = playing !== null;
    playing?.stop();
    if (player !== null) setState('ready');
  };

  if (player === null) log.warn('no player found: this machine cannot sound the siren');
  return {
    siren: (on) => {
      if (!on) return silence();
      if (wanted || player === null || closed !== null) return;
      wanted = true;
      if (stopping) setState('sounding');
      start();
    },
    state: () => state,
    onState: listeners.add,
    close: () =>
      new Promise((resolve) => {
        closed = resolve;
        silence();
        listeners.clear();
        if (playing === null) resolve();
      }),
  };
};
