/** The list of the drawn clips: which file shows which place, and what number its counter carries. */
import path from 'node:path';

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
  /** Written into the picture; capital letters, digits, hyphen. */
  readonly caption: string;
}

const place = (id: number, stem: string, caption: string): Clip => ({ id, stem, caption });

/** Clips of the gate by what the arm does. `opening` and `closing` last `travelMs`, the others are loops. */
export const gateClips = {
  closed: place(1, 'gate-closed', '01 NORTH GATE'),
  opening: place(2, 'gate-opening', '01 NORTH GATE'),
  open: place(3, 'gate-open', '01 NORTH GATE'),
  closing: place(4, 'gate-closing', '01 NORTH GATE'),
  halfway: place(5, 'gate-halfway', '01 NORTH GATE'),
} as const satisfies Readonly<Record<string, Clip>>;

/** Loops of all other places, in the order of the community's cameras 2 to 16. */
export const placeClips: readonly Clip[] = [
  place(12, 'gate-path', '02 GATE FOOTPATH'),
  place(13, 'courtyard', '03 CENTRAL COURTYARD'),
  place(14, 'pond-garden', '04 EAST GARDEN'),
  place(15, 'house-1-door', '05 HOUSE 1 DOOR'),
  place(16, 'house-3-door', '06 HOUSE 3 UNIT 1'),
  place(17, 'stairs-3-1', '07 STAIRS 3-1-5F'),
  place(18, 'stairs-3-2', '08 STAIRS 3-2-2F'),
  place(19, 'bicycle-shed', '09 BICYCLE SHED'),
  place(20, 'scooter-shed', '10 SCOOTER CHARGING'),
  place(21, 'east-path', '11 EAST PATH'),
  place(22, 'west-path', '12 WEST PATH'),
  place(23, 'car-park', '13 CAR PARK'),
  place(24, 'back-lane-night', '14 BACK LANE IR'),
  place(25, 'south-car-park', '15 SOUTH CAR PARK IR'),
  place(26, 'south-shed-night', '16 SOUTH SHED IR'),
];

export const allClips: readonly Clip[] = [...Object.values(gateClips), ...placeClips];

// Beside this file; seen from the bundle in `dist/shell`, where the repository or the packaged program keeps them.
const folder = path.resolve(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'clips' : '../../resources/demo/pictures/clips',
);

/** Where a clip's H.264 (Annex B) lies. */
export const clipFile = (clip: Clip, quality: 'main' | 'sub'): string =>
  path.join(folder, `${clip.stem}.${quality}.h264`);

/** Where a clip's first picture lies as JPEG. */
export const snapshotFile = (clip: Clip): string => path.join(folder, `${clip.stem}.jpg`);
