import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoCommunity } from '../../../resources/demo/community.ts';
import {
  allClips,
  clipFile,
  gateClips,
  groupFrames,
  placeClips,
  snapshotFile,
  travelGroupFrames,
} from '../../../resources/demo/pictures/clips.ts';
import { readCounter } from '../../../resources/demo/pictures/counter.ts';
import { readClip } from '../../../resources/demo/rtsp-server/clip-frames.ts';
import { decodeGray, needFfmpeg } from './media-tools.ts';

describe('the drawn pictures', () => {
  test('are at most 20 MB in all, and nothing but the listed clips', () => {
    const folder = path.dirname(clipFile(gateClips.closed, 'main'));
    const files = readdirSync(folder).filter((name) => !name.endsWith('.part'));
    expect(files.sort()).toEqual(
      allClips
        .flatMap((clip) => [clipFile(clip, 'main'), clipFile(clip, 'sub'), snapshotFile(clip)])
        .map((file) => path.basename(file))
        .sort(),
    );
    expect(files.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0)).toBeLessThan(20e6);
  });

  test('there is one for each camera of the community', () => {
    expect(placeClips).toHaveLength(demoCommunity.cameras.length - 1);
    expect(new Set(allClips.map((clip) => clip.id)).size).toBe(allClips.length);
  });

  test.for(
    allClips.flatMap((clip) =>
      (['main', 'sub'] as const).map((quality) => ({ clip, quality, name: `${clip.stem} ${quality}` })),
    ),
  )('$name has its key frames where they belong', ({ clip, quality }) => {
    const { frames } = readClip(clip, quality);
    const travels = clip.id === gateClips.opening.id || clip.id === gateClips.closing.id;
    expect(frames).toHaveLength(travels ? 45 : clip.id === gateClips.halfway.id ? 60 : 300);
    const group = travels ? travelGroupFrames : groupFrames;
    expect(frames.map((frame) => frame.key)).toEqual(frames.map((_, k) => k % group === 0));
  });

  test('all clips of the gate share their parameter sets, so that a change of the arm is no change of format', () => {
    for (const quality of ['main', 'sub'] as const) {
      const sets = Object.values(gateClips)
        .map((clip) => readClip(clip, quality))
        .map(({ sps, pps }) => `${sps.toString('hex')} ${pps.toString('hex')}`);
      expect(new Set(sets).size).toBe(1);
    }
  });

  test.for(allClips.map((clip) => ({ clip, name: clip.stem })))(
    '$name carries its counter through the encoder in every picture',
    async ({ clip }, context) => {
      needFfmpeg(context);
      const { pictures, complaints } = await decodeGray(['-f', 'h264', '-i', clipFile(clip, 'sub')], 640, 360);
      expect(complaints).toBe('');
      expect(pictures.map((picture) => readCounter(picture, 640, 360))).toEqual(
        pictures.map((_, frame) => ({ clip: clip.id, frame })),
      );
      expect(pictures).toHaveLength(readClip(clip, 'sub').frames.length);
    },
  );
});
