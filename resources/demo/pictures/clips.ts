/** The list of the drawn clips: which file shows which place, what is written into it, and what number its counter carries. */
import path from 'node:path';
import { type BilingualText, type DemoLanguage, demoCommunity } from '../community/community.ts';

export const picturesPerSecond = 15;

/** Frames between key frames outside the travel of the arm; a group is two seconds. */
export const groupFrames = 30;

/** Frames between key frames while the arm travels, so that its picture can begin near any position. */
export const travelGroupFrames = 9;

/** Time the arm takes from one end to the other in the pictures and in the simulated barrier. */
export const travelMs = 3000;

export interface Clip {
  /** Number in the counter, 1 to 255. */
  readonly id: number;
  readonly stem: string;
  /** Written into the picture, as cameras do: the number and the name of the community's camera. */
  readonly caption: BilingualText;
}

/** `camera` is the number of the community's camera, from 1. */
const place = (id: number, stem: string, camera: number): Clip => {
  const name = demoCommunity.cameras[camera - 1]?.name;
  if (!name) throw new Error(`the demo community has no camera ${camera}`);
  const number = String(camera).padStart(2, '0');
  return { id, stem, caption: { zh: `${number}  ${name.zh}`, en: `${number}  ${name.en}` } };
};

/** Clips of the gate by what the arm does. `opening` and `closing` last `travelMs`, the others are loops. */
export const gateClips = {
  closed: place(1, 'gate-closed', 1),
  opening: place(2, 'gate-opening', 1),
  open: place(3, 'gate-open', 1),
  closing: place(4, 'gate-closing', 1),
  halfway: place(5, 'gate-halfway', 1),
} as const satisfies Readonly<Record<string, Clip>>;

/** Loops of all other places, in the order of the community's cameras 2 to 16. */
export const placeClips: readonly Clip[] = [
  place(12, 'gate-path', 2),
  place(13, 'courtyard', 3),
  place(14, 'pond-garden', 4),
  place(15, 'house-1-door', 5),
  place(16, 'house-3-door', 6),
  place(17, 'stairs-3-1', 7),
  place(18, 'stairs-3-2', 8),
  place(19, 'bicycle-shed', 9),
  place(20, 'scooter-shed', 10),
  place(21, 'east-path', 11),
  place(22, 'west-path', 12),
  place(23, 'car-park', 13),
  place(24, 'back-lane-night', 14),
  place(25, 'south-car-park', 15),
  place(26, 'south-shed-night', 16),
];

export const allClips: readonly Clip[] = [...Object.values(gateClips), ...placeClips];

// Beside this file; seen from the bundle in `dist/shell`, where the repository or the packaged program keeps them.
const folder = path.resolve(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'clips' : '../../resources/demo/pictures/clips',
);

/** Where a clip's H.264 (Annex B) lies, with its caption in that language. */
export const clipFile = (clip: Clip, quality: 'main' | 'sub', language: DemoLanguage): string =>
  path.join(folder, language, `${clip.stem}.${quality}.h264`);

/** Where a clip's first picture lies as JPEG, with its caption in that language. */
export const snapshotFile = (clip: Clip, language: DemoLanguage): string =>
  path.join(folder, language, `${clip.stem}.jpg`);
