import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type DemoLanguage, demoCommunity, demoLanguages } from '../../../resources/demo/community/community.ts';
import { type CaptionDrawer, captionStrip, createCaptionDrawer } from '../../../resources/demo/pictures/captions.ts';
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
import { findChromium } from '../../support/chromium.ts';
import { leaveOut } from '../../support/requires.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';
import { decodeGray, needFfmpeg } from './media-tools.ts';

const folderOf = (language: DemoLanguage): string => path.dirname(clipFile(gateClips.closed, 'main', language));

/** A clip's first picture as luma, 640x360 or 1280x720. */
const firstPicture = async (file: string, width: number, height: number): Promise<Uint8Array> => {
  const { pictures } = await decodeGray(['-i', file, '-frames:v', '1'], width, height);
  const [picture] = pictures;
  if (!picture) throw new Error(`${file} holds no picture`);
  return picture;
};

const share = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

describe('the drawn pictures', () => {
  test('are at most 26 MB in all, and nothing but the listed clips in each language', () => {
    expect(readdirSync(path.dirname(folderOf('en'))).sort()).toEqual([...demoLanguages].sort());
    let bytes = 0;
    for (const language of demoLanguages) {
      const folder = folderOf(language);
      const files = readdirSync(folder).filter((name) => !name.endsWith('.part'));
      expect(files.sort()).toEqual(
        allClips
          .flatMap((clip) => [
            clipFile(clip, 'main', language),
            clipFile(clip, 'sub', language),
            snapshotFile(clip, language),
          ])
          .map((file) => path.basename(file))
          .sort(),
      );
      bytes += files.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
    }
    expect(bytes).toBeLessThan(26e6);
  });

  test('there is one for each camera of the community, with its number and its name', () => {
    expect([gateClips.closed, ...placeClips].map((clip) => clip.caption)).toEqual(
      demoCommunity.cameras.map(({ id, name }) => ({
        zh: `${id.slice(-2)}  ${name.zh}`,
        en: `${id.slice(-2)}  ${name.en}`,
      })),
    );
    expect(new Set(allClips.map((clip) => clip.id)).size).toBe(allClips.length);
  });

  test.for(
    demoLanguages.flatMap((language) =>
      allClips.flatMap((clip) =>
        (['main', 'sub'] as const).map((quality) => ({
          clip,
          quality,
          language,
          name: `${clip.stem} ${quality} ${language}`,
        })),
      ),
    ),
  )('$name has its key frames where they belong', ({ clip, quality, language }) => {
    const { frames } = readClip(clip, quality, language);
    const travels = clip.id === gateClips.opening.id || clip.id === gateClips.closing.id;
    expect(frames).toHaveLength(travels ? 45 : clip.id === gateClips.halfway.id ? 60 : 300);
    const group = travels ? travelGroupFrames : groupFrames;
    expect(frames.map((frame) => frame.key)).toEqual(frames.map((_, k) => k % group === 0));
  });

  test('all clips of the gate share their parameter sets, so that a change of the arm is no change of format', () => {
    for (const quality of ['main', 'sub'] as const) {
      const sets = demoLanguages.flatMap((language) =>
        Object.values(gateClips)
          .map((clip) => readClip(clip, quality, language))
          .map(({ sps, pps }) => `${sps.toString('hex')} ${pps.toString('hex')}`),
      );
      expect(new Set(sets).size).toBe(1);
    }
  });

  test.for(
    demoLanguages.flatMap((language) =>
      allClips.map((clip) => ({ clip, language, name: `${clip.stem} in ${language}` })),
    ),
  )('$name carries its counter through the encoder in every picture', async ({ clip, language }, context) => {
    needFfmpeg(context);
    const { pictures, complaints } = await decodeGray(['-f', 'h264', '-i', clipFile(clip, 'sub', language)], 640, 360);
    expect(complaints).toBe('');
    expect(pictures.map((picture) => readCounter(picture, 640, 360))).toEqual(
      pictures.map((_, frame) => ({ clip: clip.id, frame })),
    );
    expect(pictures).toHaveLength(readClip(clip, 'sub', language).frames.length);
  });

  test.for(allClips.map((clip) => ({ clip, name: clip.stem })))(
    '$name differs from language to language in its caption and nowhere else',
    async ({ clip }, context) => {
      needFfmpeg(context);
      const differences = async (
        fileOf: (language: DemoLanguage) => string,
        width: number,
        height: number,
      ): Promise<{ readonly inStrip: number; readonly elsewhere: number }> => {
        const [zh, en] = await Promise.all([
          firstPicture(fileOf('zh-CN'), width, height),
          firstPicture(fileOf('en'), width, height),
        ]);
        const strip = Math.ceil((captionStrip.height * width) / captionStrip.width) * width;
        const apart = zh.map((value, k) => (Math.abs(value - (en[k] ?? 0)) > 80 ? 1 : 0));
        const sum = (part: Uint8Array): number => part.reduce((total, one) => total + one, 0);
        return { inStrip: sum(apart.subarray(0, strip)), elsewhere: sum(apart.subarray(strip)) };
      };
      for (const { inStrip, elsewhere } of [
        await differences((language) => clipFile(clip, 'main', language), 1280, 720),
        await differences((language) => clipFile(clip, 'sub', language), 640, 360),
        await differences((language) => snapshotFile(clip, language), 1280, 720),
      ]) {
        // Half a letter of the sub-stream.
        expect(inStrip).toBeGreaterThan(100);
        expect(elsewhere).toBe(0);
      }
    },
  );
});

describe('the captions in the pictures', () => {
  const makeFolder = temporaryFolders();
  let drawer: CaptionDrawer | undefined;
  afterAll(() => drawer?.close());

  test.for(
    demoLanguages.flatMap((language) =>
      allClips.map((clip) => ({ clip, language, name: `${clip.stem} in ${language}` })),
    ),
  )('$name shows the name that its camera has today', async ({ clip, language }, context) => {
    needFfmpeg(context);
    if (findChromium() === null) leaveOut(context, 'no Chromium is installed on this machine');
    drawer ??= await createCaptionDrawer();
    const drawn = path.join(makeFolder(), 'caption.png');
    writeFileSync(drawn, await drawer.draw(clip.caption, language));
    const { width, height } = captionStrip;
    const { pictures } = await decodeGray(
      [
        '-f',
        'lavfi',
        '-i',
        `color=gray:s=${width}x${height}`,
        '-i',
        drawn,
        '-filter_complex',
        'overlay=format=rgb',
        '-frames:v',
        '1',
      ],
      width,
      height,
    );
    const picture = await firstPicture(clipFile(clip, 'main', language), 1280, 720);
    const [letters, edges]: [number[], number[]] = [[], []];
    pictures[0]?.forEach((value, k) => {
      if (value > 220) letters.push(picture[k] ?? 0);
      if (value < 30) edges.push(picture[k] ?? 0);
    });
    expect(letters.length).toBeGreaterThan(1000);
    // One letter that is another in the picture leaves 0.967 of a name of fifteen bright, two characters of four 0.91 (measured).
    expect(share(letters, (value) => value > 160)).toBeGreaterThan(0.98);
    expect(share(edges, (value) => value < 100)).toBeGreaterThan(0.98);
  });
});
