/** Intake of 16 sub-streams against a reader that throws the bytes away (CPU), and beside one ffmpeg per camera (memory). */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { VideoSource } from '../../electron/station/ports/video.port.ts';
import { findFfmpeg } from '../../native/ffmpeg/find-ffmpeg.ts';
import { startSimulator } from '../support/simulator.ts';
import { median, print, progress } from './bench.ts';
import type { IntakeJob, IntakeSample } from './intake-side.ts';

const CAMERAS = 16;
const ROUNDS = 5;
const ROUND_MS = 6000;
const SETTLE_MS = 4000;

const startSide = (job: IntakeJob): ChildProcess => {
  const child = fork(path.join(import.meta.dirname, 'intake-side.ts'), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send(job);
  return child;
};

const sample = (child: ChildProcess): Promise<IntakeSample> =>
  new Promise((resolve) => {
    child.once('message', (message) => resolve(message as IntakeSample));
    child.send('sample');
  });

/** Proportional set size in bytes (Linux), or `null`: shared pages are counted once over all that share them. */
const pssOf = (pid: number): number | null => {
  const file = `/proc/${pid}/smaps_rollup`;
  if (!existsSync(file)) return null;
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
};

const cpuShares = async (
  sources: readonly VideoSource[],
): Promise<{ ours: number; discard: number; ratio: number; pss: number | null }> => {
  const ours = startSide({ side: 'ours', sources });
  const discard = startSide({ side: 'discard', sources });
  try {
    await wait(SETTLE_MS);
    const rounds: { ours: number; discard: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      progress(`intake: round ${round + 1} of ${ROUNDS}`);
      const before = { ours: await sample(ours), discard: await sample(discard) };
      if (before.ours.live < CAMERAS || before.discard.live < CAMERAS) {
        throw new Error(
          `only ${before.ours.live} and ${before.discard.live} of ${CAMERAS} streams play: the round is void`,
        );
      }
      await wait(ROUND_MS);
      const after = { ours: await sample(ours), discard: await sample(discard) };
      rounds.push({ ours: after.ours.cpuMs - before.ours.cpuMs, discard: after.discard.cpuMs - before.discard.cpuMs });
    }
    const perCameraMinute = (cpuMs: number): number => (cpuMs / 1000 / CAMERAS) * (60_000 / ROUND_MS);
    return {
      ours: perCameraMinute(median(rounds.map((round) => round.ours))),
      discard: perCameraMinute(median(rounds.map((round) => round.discard))),
      ratio: median(rounds.map((round) => round.ours / round.discard)),
      pss: ours.pid === undefined ? null : pssOf(ours.pid),
    };
  } finally {
    ours.disconnect();
    discard.disconnect();
  }
};

const withCredentials = (source: VideoSource): string => {
  const url = new URL(source.subUrl ?? source.mainUrl);
  url.username = source.username ?? '';
  url.password = source.password ?? '';
  return url.href;
};

const ffmpegMemory = async (ffmpeg: string, sources: readonly VideoSource[]): Promise<number | null> => {
  const children = sources.map((source) =>
    spawn(
      ffmpeg,
      ['-loglevel', 'error', '-rtsp_transport', 'tcp', '-i', withCredentials(source), '-c', 'copy', '-f', 'null', '-'],
      { stdio: 'ignore' },
    ),
  );
  try {
    await wait(SETTLE_MS * 2);
    const sizes = children.map((child) => (child.pid === undefined ? null : pssOf(child.pid)));
    return sizes.every((size) => size !== null) ? sizes.reduce((sum, size) => sum + size, 0) : null;
  } finally {
    for (const child of children) child.kill();
  }
};

/** Prints CPU and memory of the intake. */
export const benchIntake = async (): Promise<void> => {
  const simulator = await startSimulator(CAMERAS);
  try {
    const sources = simulator.cameras.map((camera): VideoSource => ({
      cameraId: camera.id,
      mainUrl: camera.rtspMain,
      subUrl: camera.rtspSub,
      username: camera.username,
      password: camera.password,
    }));
    const cpu = await cpuShares(sources);
    print({
      name: 'intake CPU, 16 sub-streams',
      value: cpu.ours,
      unit: 'CPU-s per camera-minute',
      ratio: cpu.ratio,
      against: `a reader that throws the bytes away (${cpu.discard.toPrecision(3)})`,
      aim: '<= 1.5',
    });
    const found = findFfmpeg();
    const peer = found.kind === 'missing' ? null : await ffmpegMemory(found.path, sources);
    if (cpu.pss === null || peer === null) progress('intake memory: not measured (needs ffmpeg and /proc)');
    else {
      print({
        name: 'intake memory, 16 sub-streams',
        value: cpu.pss / 1e6,
        unit: 'MB PSS',
        ratio: cpu.pss / peer,
        against: `one ffmpeg -c copy per camera (${(peer / 1e6).toFixed(0)} MB)`,
      });
    }
  } finally {
    await simulator.close();
  }
};
