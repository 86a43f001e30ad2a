/** What a simulated camera shows is the picture with the caption of the demo's language: over RTSP, as snapshot, and from the demo's own process. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDemoProcess } from '../../../native/demo/demo-process.ts';
import { createOnvif } from '../../../native/onvif/onvif.ts';
import { type DemoLanguage, demoLanguages } from '../../../resources/demo/community/community.ts';
import { type Clip, clipFile, gateClips, placeClips, snapshotFile } from '../../../resources/demo/pictures/clips.ts';
import { readClip } from '../../../resources/demo/rtsp-server/clip-frames.ts';
import { gateProgramme } from '../../../resources/demo/rtsp-server/programme.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { createMemoryLog, systemClock } from '../../support/system-clock.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';
import { cameraAt, startCommunity } from './community.ts';
import { firstKeyFrame } from './rtsp-caller.ts';

interface Shown {
  readonly onvif: string;
  readonly rtspMain: string;
  readonly rtspSub: string;
  readonly username: string;
  readonly password: string;
}

const onvif = createOnvif({ clock: systemClock, log: createMemoryLog() });

const languagesWith = (bytes: Uint8Array, fileOf: (language: DemoLanguage) => string): readonly DemoLanguage[] =>
  demoLanguages.filter((language) => readFileSync(fileOf(language)).includes(Buffer.from(bytes)));

/** In which languages the camera's pictures are written: main stream, sub-stream, snapshot. */
const seenOf = async (camera: Shown, clip: Clip) => {
  const { username, password } = camera;
  const snapshot = await onvif.snapshot({ address: camera.onvif, username, password });
  return {
    main: languagesWith(await firstKeyFrame(camera.rtspMain, username, password), (one) => clipFile(clip, 'main', one)),
    sub: languagesWith(await firstKeyFrame(camera.rtspSub, username, password), (one) => clipFile(clip, 'sub', one)),
    snapshot: snapshot.ok ? languagesWith(snapshot.value, (one) => snapshotFile(clip, one)) : snapshot.error,
  };
};

const only = (language: DemoLanguage) => ({ main: [language], sub: [language], snapshot: [language] });
const [pathClip = gateClips.closed] = placeClips;

describe.each(demoLanguages)('simulators in %s', (language) => {
  test('show the gate and a place with their names in it, and in no other language', async () => {
    const simulators = await startCommunity({ language });
    expect(await seenOf(cameraAt(simulators, 0), gateClips.closed)).toEqual(only(language));
    expect(await seenOf(cameraAt(simulators, 1), pathClip)).toEqual(only(language));
  });

  test.for(['closed', 'opening', 'open', 'closing', 'halfway'] as const)('keep to it when the arm is %s', (doing) => {
    for (const quality of ['main', 'sub'] as const) {
      const programme = gateProgramme(quality, language, () => ({ doing, position: 0, change: 1 }));
      const clip = readClip(gateClips[doing], quality, language);
      expect(clip.frames.filter(({ key }) => key)).toContain(programme.next(0));
    }
  });
});

const makeFolder = temporaryFolders();

test('the demo that is started again, or in the other language, shows the language of its names', async () => {
  const demo = createDemoProcess({
    dataDir: makeFolder(),
    log: createMemoryLog(),
    cameras: 1,
    onReady: () => undefined,
  });
  const panels = createServer((socket) => socket.destroy());
  const panelPort = await listenOnLoopback(panels);
  onTestFinished(async () => {
    await demo.stop();
    panels.close();
  });
  const shown = async (lang?: DemoLanguage) => {
    const seed = await demo.start(panelPort, Date.UTC(2026, 1, 28, 18, 13, 5), lang);
    const camera = seed.commands.find((command) => command.type === 'addCamera');
    if (camera === undefined) throw new Error('the demo has no camera');
    return await seenOf(
      {
        onvif: camera.onvifAddress ?? '',
        rtspMain: camera.mainUrl ?? '',
        rtspSub: camera.subUrl ?? '',
        username: camera.username ?? '',
        password: camera.password ?? '',
      },
      gateClips.closed,
    );
  };
  expect(await shown()).toEqual(only('zh-CN'));
  expect(await shown('en')).toEqual(only('en'));
  expect(await shown()).toEqual(only('en'));
  expect(await shown('zh-CN')).toEqual(only('zh-CN'));
});
