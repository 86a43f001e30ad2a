/**
 * Draws the demo pictures and encodes them with ffmpeg: `node resources/demo/pictures/make.ts [--still DIR] [stem ...]`.
 * Each picture is drawn once and encoded with the caption of each language. Without names all clips are made (about fifteen minutes
 * of one core); `--still DIR` writes one PNG a clip and language instead, to look at.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DemoLanguage, demoLanguages } from '../community/community.ts';
import { createCaptionDrawer } from './captions.ts';
import {
  type Clip,
  allClips,
  clipFile,
  gateClips,
  groupFrames,
  picturesPerSecond,
  snapshotFile,
  travelGroupFrames,
  travelMs,
} from './clips.ts';
import { counterCells, counterColumns } from './counter.ts';
import { draw, height, width } from './render.ts';
import { gate } from './scene-gate.ts';
import { shed, stairwell } from './scenes-indoor.ts';
import { carPark, courtyard, houseDoor, path as walk } from './scenes-outdoor.ts';
import { type Stage, loopSeconds } from './stage.ts';

const ffmpeg = process.env['FFMPEG_BIN'] ?? 'ffmpeg';
const travelSeconds = travelMs / 1000;
/** Nobody walks by while the arm stands half way, so that a short loop does. */
const standingSeconds = 4;

const stages: Readonly<Record<string, () => Stage>> = {
  'gate-closed': () => gate(0, false),
  'gate-opening': () => gate((t) => Math.min(1, t / travelSeconds), false),
  'gate-open': () => gate(1, true),
  'gate-closing': () => gate((t) => Math.max(0, 1 - t / travelSeconds), false),
  'gate-halfway': () => gate(0.5, false, false),
  'gate-path': () => walk({ seed: 2 }),
  courtyard: () => courtyard({ seed: 4 }),
  'pond-garden': () => courtyard({ seed: 7, mirrored: true, tint: [0.97, 1, 1.02] }),
  'house-1-door': () => houseDoor({ seed: 3 }),
  'house-3-door': () => houseDoor({ seed: 8, mirrored: true, tint: [1.02, 1, 0.96] }),
  'stairs-3-1': () => stairwell({ seed: 2 }),
  'stairs-3-2': () => stairwell({ seed: 5, mirrored: true, tint: [0.97, 1.01, 1] }),
  'bicycle-shed': () => shed({ seed: 3, electric: false }),
  'scooter-shed': () => shed({ seed: 6, electric: true, mirrored: true, tint: [0.98, 1, 1.01] }),
  'east-path': () => walk({ seed: 5, mirrored: true, tint: [0.97, 0.99, 1.03] }),
  'west-path': () => walk({ seed: 9, tint: [1.03, 1, 0.96] }),
  'car-park': () => carPark({ seed: 1 }),
  'back-lane-night': () => walk({ seed: 12, mirrored: true, infrared: true }),
  'south-car-park': () => carPark({ seed: 6, infrared: true, mirrored: true }),
  'south-shed-night': () => shed({ seed: 8, electric: false, infrared: true }),
};

const isTravel = (clip: Clip): boolean => clip.id === gateClips.opening.id || clip.id === gateClips.closing.id;

const fill = (rgb: Uint8Array, x0: number, y0: number, w: number, h: number, value: number): void => {
  for (let y = Math.max(0, y0); y < y0 + h; y += 1)
    rgb.fill(value, (y * width + Math.max(0, x0)) * 3, (y * width + x0 + w) * 3);
};

const writeCounter = (rgb: Uint8Array, clip: Clip, frame: number): void => {
  const cell = width / 80;
  counterCells({ clip: clip.id, frame }).forEach((bit, k) => {
    fill(
      rgb,
      (k % counterColumns) * cell,
      height - (2 - Math.floor(k / counterColumns)) * cell,
      cell,
      cell,
      bit === 1 ? 235 : 20,
    );
  });
};

/** Files get their name when they are whole, so that a running simulator never reads half a clip. */
const part = (file: string): string => `${file}.part`;

const encoded = (clip: Clip, quality: 'main' | 'sub', language: DemoLanguage): string[] => [
  '-c:v',
  'libx264',
  '-profile:v',
  'main',
  '-preset',
  'medium',
  '-tune',
  'animation',
  '-crf',
  quality === 'main' ? '37' : '31',
  '-x264-params',
  `keyint=${isTravel(clip) ? travelGroupFrames : groupFrames}:min-keyint=${isTravel(clip) ? travelGroupFrames : groupFrames}:scenecut=0:bframes=0:ref=2:open-gop=0:repeat-headers=1:aud=0:threads=1:sliced-threads=0`,
  '-colorspace',
  'bt709',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
  '-pix_fmt',
  'yuv420p',
  '-bsf:v',
  'filter_units=remove_types=6',
  '-f',
  'h264',
  part(clipFile(clip, quality, language)),
];

/** Options without spaces in them, as on a command line. */
const options = (line: string): string[] => line.split(' ');

/** Inputs: the pictures, then the captions in the order of `demoLanguages`. */
const encoderArgs = (clip: Clip, captions: readonly string[], stillDir: string | undefined): string[] => {
  const written = (k: number): string => `[from${k}][${k + 1}:v]overlay=format=rgb`;
  const split = `[0:v]split=${demoLanguages.length}${demoLanguages.map((_, k) => `[from${k}]`).join('')}`;
  const filters = stillDir
    ? demoLanguages.map((_, k) => `${written(k)}[still${k}]`)
    : demoLanguages.flatMap((_, k) => [
        `${written(k)},scale=out_color_matrix=bt709:out_range=tv,split=3[main${k}][large${k}][snapshot${k}]`,
        `[large${k}]scale=640:360:flags=area[sub${k}]`,
      ]);
  const outputs = demoLanguages.flatMap((language, k) =>
    stillDir
      ? [...options(`-map [still${k}] -frames:v 1`), path.join(stillDir, `${clip.stem}.${language}.png`)]
      : [
          ...options(`-map [main${k}]`),
          ...encoded(clip, 'main', language),
          ...options(`-map [sub${k}]`),
          ...encoded(clip, 'sub', language),
          ...options(`-map [snapshot${k}] -frames:v 1 -q:v 9 -f mjpeg`),
          part(snapshotFile(clip, language)),
        ],
  );
  return [
    ...options(`-v error -y -f rawvideo -pix_fmt rgb24 -s ${width}x${height} -r ${picturesPerSecond} -i pipe:0`),
    ...captions.flatMap((file) => ['-i', file]),
    '-filter_complex',
    [split, ...filters].join(';'),
    ...outputs,
  ];
};

const make = async (clip: Clip, captions: readonly string[], stillDir: string | undefined): Promise<void> => {
  const stage = stages[clip.stem]?.();
  if (!stage) throw new Error(`no scene is drawn for ${clip.stem}`);
  const started = performance.now();
  const drawing = draw(stage.scene);
  const backdrop = drawing.still.slice();
  drawing.paint(stage.waiting ?? [], backdrop);
  const frames = Math.round(
    (isTravel(clip) ? travelSeconds : clip.id === gateClips.halfway.id ? standingSeconds : loopSeconds) *
      picturesPerSecond,
  );
  const encoder = spawn(ffmpeg, encoderArgs(clip, captions, stillDir), { stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(encoder, 'close');
  const wanted = stillDir ? [Math.floor(frames * 0.35)] : Array.from({ length: frames }, (_, k) => k);
  for (const frame of wanted) {
    const rgb = backdrop.slice();
    drawing.paint(stage.actors(frame / picturesPerSecond), rgb);
    writeCounter(rgb, clip, frame);
    if (!encoder.stdin.write(rgb)) await once(encoder.stdin, 'drain');
  }
  encoder.stdin.end();
  const [status] = await ended;
  if (status !== 0) throw new Error(`ffmpeg ended with ${String(status)} on ${clip.stem}`);
  if (!stillDir)
    for (const language of demoLanguages)
      for (const file of [
        clipFile(clip, 'main', language),
        clipFile(clip, 'sub', language),
        snapshotFile(clip, language),
      ])
        await rename(part(file), file);
  console.log(`${clip.stem}: ${frames} frames, ${Math.round((performance.now() - started) / 1000)} s`);
};

/** Draws the captions of clips into files in a folder; by clip, in the order of `demoLanguages`. The browser is gone when this is done. */
const drawCaptions = async (clips: readonly Clip[], dir: string): Promise<ReadonlyMap<Clip, readonly string[]>> => {
  const drawer = await createCaptionDrawer();
  const drawn = new Map<Clip, readonly string[]>();
  try {
    for (const clip of clips) {
      const files: string[] = [];
      for (const language of demoLanguages) {
        const file = path.join(dir, `${clip.stem}.${language}.png`);
        await writeFile(file, await drawer.draw(clip.caption, language));
        files.push(file);
      }
      drawn.set(clip, files);
    }
  } finally {
    await drawer.close();
  }
  return drawn;
};

const words = process.argv.slice(2);
const stillAt = words.indexOf('--still');
const stillDir = stillAt >= 0 ? words.splice(stillAt, 2)[1] : undefined;
const folders = demoLanguages.map((language) => path.dirname(clipFile(gateClips.closed, 'main', language)));
for (const folder of stillDir === undefined ? folders : [stillDir]) await mkdir(folder, { recursive: true });
const captionDir = await mkdtemp(path.join(tmpdir(), 'guardroom-captions-'));
try {
  const wanted = allClips.filter((one) => words.length === 0 || words.includes(one.stem));
  for (const [clip, captions] of await drawCaptions(wanted, captionDir)) await make(clip, captions, stillDir);
} finally {
  await rm(captionDir, { recursive: true });
}
