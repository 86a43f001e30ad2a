import { nalClass, type NalRules } from './nal-rules.ts';
import { createParameterSets } from './parameter-sets.ts';
import type { PictureFormat } from './picture-format.ts';

/** Longest picture that is put together (bytes). */
const MAX_ACCESS_UNIT_BYTES = 8_388_608;
const FIRST_CAPACITY = 32_768;
const START_CODE_BYTES = 4;
/** Small pictures share a buffer of this size: hundreds of tiny ones a second cost the collector more than copying does. */
const SLAB_BYTES = 65_536;
const MAX_SHARED_BYTES = 16_384;

/** One picture as an Annex B byte stream; a key frame begins with the parameter sets. */
export interface AccessUnit {
  /** Never written again; a view into a larger buffer, so mind `byteOffset`. */
  readonly data: Uint8Array;
  readonly key: boolean;
  /** Pictures are missing between this one and the one before it. */
  readonly discontinuity: boolean;
  /** Counts pictures from 0, also those that were left out; wraps at 2^32. */
  readonly sequence: number;
  /** Media time in microseconds, unwrapped. */
  readonly timestampUs: number;
  /** When its last byte arrived, UTC milliseconds with fraction. */
  readonly arrivedAtMs: number;
}

export interface AccessUnitHandlers {
  readonly onFormat: (format: PictureFormat) => void;
  readonly onAccessUnit: (unit: AccessUnit) => void;
  /** The stream shows pictures larger than any seat should decode. */
  readonly onTooLarge: () => void;
}

export interface AccessUnitBuilder {
  /** A parameter set from the session description. Wrong ones are ignored. */
  readonly seed: (nal: Uint8Array) => void;
  /** Every packet, before its NAL units: a new time stamp ends the picture. */
  readonly at: (timestampUs: number) => void;
  readonly whole: (buffer: Buffer, start: number, end: number) => void;
  /** Begins a fragmented NAL unit with its rebuilt header; `second` is -1 for one-byte headers. */
  readonly open: (first: number, second: number, buffer: Buffer, start: number, end: number) => void;
  readonly extend: (buffer: Buffer, start: number, end: number) => void;
  readonly close: () => void;
  /** The marker bit: the picture is complete. */
  readonly marker: () => void;
  /** Something is missing or broken: nothing is delivered until the next key frame. */
  readonly damage: () => void;
  /** Pictures that could not be delivered. */
  readonly dropped: () => number;
}

/**
 * Puts NAL units together to pictures. A picture ends with the marker bit, with a new time stamp, or where the next one plainly
 * begins, since cameras are careless with the first two. Bytes are gathered in one growing buffer and copied once.
 * @param utcMs the clock for arrival times, read once a picture.
 */
export const createAccessUnitBuilder = (
  rules: NalRules,
  handlers: AccessUnitHandlers,
  utcMs: () => number,
): AccessUnitBuilder => {
  const sets = createParameterSets();
  let buffer = Buffer.allocUnsafeSlow(FIRST_CAPACITY);
  let length = 0;
  let nalStart = -1;
  let timestampUs = 0;
  let hasFirstSlice = false;
  let hasPicture = false;
  let isKey = false;
  let isBroken = false;
  let areSetsNew = false;
  let needsKey = true;
  let isDiscontinuous = false;
  let ignoresMarker = false;
  let justMarked = false;
  let sequence = 0;
  let droppedUnits = 0;
  let format: PictureFormat | null = null;
  let canDecode = false;
  let slab = Buffer.alloc(0);
  let slabUsed = 0;

  /** Bytes for one picture. */
  const allocate = (bytes: number): Buffer => {
    if (bytes > MAX_SHARED_BYTES) return Buffer.allocUnsafeSlow(bytes);
    if (slabUsed + bytes > slab.length) {
      slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
      slabUsed = 0;
    }
    slabUsed += bytes;
    return slab.subarray(slabUsed - bytes, slabUsed);
  };

  const reset = (): void => {
    length = 0;
    nalStart = -1;
    hasFirstSlice = false;
    hasPicture = false;
    isKey = false;
    isBroken = false;
  };

  const lose = (): void => {
    needsKey = true;
    isDiscontinuous = true;
  };

  const emit = (): void => {
    const isComplete = hasFirstSlice && !isBroken && (isKey ? canDecode : !needsKey);
    if (!isComplete) {
      droppedUnits += 1;
      if (hasPicture || isBroken) lose();
      sequence = (sequence + 1) >>> 0;
      return;
    }
    const prefix = isKey || areSetsNew ? sets.annexB() : null;
    const prefixLength = prefix === null ? 0 : prefix.length;
    const data = allocate(prefixLength + length);
    if (prefix !== null) data.set(prefix);
    buffer.copy(data, prefixLength, 0, length);
    const unit = { data, key: isKey, discontinuity: isDiscontinuous, sequence, timestampUs, arrivedAtMs: utcMs() };
    sequence = (sequence + 1) >>> 0;
    needsKey = false;
    isDiscontinuous = false;
    areSetsNew = false;
    handlers.onAccessUnit(unit);
  };

  const finish = (): void => {
    if (nalStart >= 0) closeNal();
    if (hasPicture || isBroken) emit();
    reset();
  };

  /** Ends the picture when a unit that opens the next one comes without marker and without a new time stamp. */
  const beginNal = (first: number, sliceByte: number): void => {
    const kind = rules.classify(first);
    const isSlice = kind === nalClass.slice || kind === nalClass.keySlice;
    const isFirstSlice = isSlice && (sliceByte & 0x80) !== 0;
    if (hasPicture && (isFirstSlice || rules.opensPicture(first))) finish();
    if (justMarked && isSlice && !isFirstSlice) {
      // The camera marks every slice: the marker bit means nothing here, the time stamp does.
      ignoresMarker = true;
      isBroken = true;
    }
    if (isSlice) justMarked = false;
  };

  const makeRoom = (more: number): boolean => {
    const needed = length + more;
    if (needed > MAX_ACCESS_UNIT_BYTES) {
      isBroken = true;
      length = 0;
      nalStart = -1;
      return false;
    }
    if (needed > buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(MAX_ACCESS_UNIT_BYTES, Math.max(needed, buffer.length * 2)));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    return true;
  };

  const writeStartCode = (): void => {
    buffer[length] = 0;
    buffer[length + 1] = 0;
    buffer[length + 2] = 0;
    buffer[length + 3] = 1;
    length += START_CODE_BYTES;
    nalStart = length;
  };

  const setsChanged = (): void => {
    areSetsNew = true;
    canDecode = format !== null && rules.required.every(([from, to]) => sets.has(from, to));
  };

  const takeParameter = (from: number): void => {
    const nal = buffer.subarray(from, length);
    const key = rules.parameterKey(nal);
    if (key < 0) return;
    if (!rules.isSequenceKey(key)) {
      if (sets.put(key, buffer, from, length)) setsChanged();
      return;
    }
    const parsed = rules.parseSequence(nal);
    if (!parsed.ok) {
      if (parsed.error.kind === 'tooLarge') handlers.onTooLarge();
      return;
    }
    if (!sets.put(key, buffer, from, length)) return;
    const next = parsed.value;
    const isSame =
      format !== null &&
      format.codecString === next.codecString &&
      format.width === next.width &&
      format.height === next.height;
    if (!isSame) {
      format = next;
      handlers.onFormat(next);
    }
    setsChanged();
  };

  /** Decides what becomes of the unit that was just completed. */
  const closeNal = (): void => {
    const from = nalStart;
    nalStart = -1;
    if (from < 0) return;
    const kind = length - from > rules.headerBytes ? rules.classify(buffer[from] ?? 0) : nalClass.drop;
    if (kind === nalClass.slice || kind === nalClass.keySlice) {
      hasPicture = true;
      if (kind === nalClass.keySlice) isKey = true;
      if (((buffer[from + rules.headerBytes] ?? 0) & 0x80) !== 0) hasFirstSlice = true;
      return;
    }
    if (kind === nalClass.parameter) takeParameter(from);
    if (kind !== nalClass.keep) length = from - START_CODE_BYTES;
  };

  const whole = (source: Buffer, start: number, end: number): void => {
    if (nalStart >= 0) closeNal();
    if (end - start <= rules.headerBytes) return;
    beginNal(source[start] ?? 0, source[start + rules.headerBytes] ?? 0);
    if (isBroken || !makeRoom(START_CODE_BYTES + end - start)) return;
    writeStartCode();
    source.copy(buffer, length, start, end);
    length += end - start;
    closeNal();
  };

  return {
    seed: (nal) => {
      const source = Buffer.from(nal);
      if (rules.classify(source[0] ?? 0) !== nalClass.parameter) return;
      whole(source, 0, source.length);
      reset();
    },
    at: (nextUs) => {
      if (nextUs === timestampUs) return;
      if (hasPicture || isBroken || nalStart >= 0) finish();
      justMarked = false;
      timestampUs = nextUs;
    },
    whole,
    open: (first, second, source, start, end) => {
      if (nalStart >= 0) closeNal();
      beginNal(first, source[start] ?? 0);
      if (isBroken || !makeRoom(START_CODE_BYTES + 2 + end - start)) return;
      writeStartCode();
      buffer[length] = first;
      length += 1;
      if (second >= 0) {
        buffer[length] = second;
        length += 1;
      }
      source.copy(buffer, length, start, end);
      length += end - start;
    },
    extend: (source, start, end) => {
      if (isBroken) return;
      if (nalStart < 0) {
        // A middle without a beginning: the start was lost, or the camera never sent one.
        isBroken = true;
        return;
      }
      if (!makeRoom(end - start)) return;
      source.copy(buffer, length, start, end);
      length += end - start;
    },
    close: () => closeNal(),
    marker: () => {
      if (ignoresMarker) return;
      if (nalStart >= 0) closeNal();
      if (!hasPicture && !isBroken) return;
      finish();
      justMarked = true;
    },
    damage: () => {
      isBroken = hasPicture || nalStart >= 0;
      lose();
      justMarked = false;
    },
    dropped: () => droppedUnits,
  };
};
