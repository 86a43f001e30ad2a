import type { AccessUnit } from '../rtsp/access-unit-builder.ts';

/** The pictures since the last key frame, so that a tile that is opened paints at once. */
export interface GroupCache {
  readonly push: (unit: AccessUnit) => void;
  /** From the key frame on, or nothing when the group grew too long to keep. */
  readonly units: () => readonly AccessUnit[];
  readonly clear: () => void;
}

/** A group of ten seconds of a good main stream fits (bytes). */
const MAX_GROUP_BYTES = 8_388_608;
const MAX_GROUP_UNITS = 1500;

/** @param maxBytes a longer group is not kept; the next key frame begins a new one. */
export const createGroupCache = (maxBytes: number = MAX_GROUP_BYTES): GroupCache => {
  let units: AccessUnit[] = [];
  let bytes = 0;
  let isKept = false;
  const clear = (): void => {
    units = [];
    bytes = 0;
    isKept = false;
  };
  return {
    push: (unit) => {
      if (unit.key) {
        clear();
        isKept = true;
      }
      if (!isKept) return;
      bytes += unit.data.length;
      if (bytes > maxBytes || units.length >= MAX_GROUP_UNITS) {
        clear();
        return;
      }
      units.push(unit);
    },
    units: () => units,
    clear,
  };
};
