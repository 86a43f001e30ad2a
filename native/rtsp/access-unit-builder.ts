import type { Cancel } from '../../electron/domain/kernel/clock.ts';
import type { DeviceHabits } from './device-habits.ts';
import { nalClass, type NalRules } from './nal-rules.ts';
import { createParameterSets } from './parameter-sets.ts';
import type { PictureFormat } from './picture-format.ts';

/** Longest picture that is put together (bytes). */
const MAX_ACCESS_UNIT_BYTES = 8_388_608;
const FIRST_CAPACITY = 32_768;
const START_CODE_BYTES = 4;
/** As much of a slice as its first fields take. */
const MAX_SLICE_HEAD_BYTES = 24;
/** What no unit may hold inside (H.264 clause 7.4.1): where it stands, another unit begins. */
const startCode = Buffer.from([0, 0, 1]);
/** So long a first picture waits for what tells whether its marker ended it (ms): more than from one slice to the next. */
const HOLD_MS = 100;
/** So many pictures that went on behind a marker show what it is worth; flipped bits do that now and then. */
const MARKER_CONTRADICTIONS = 2;
const FORGIVEN_AFTER_PICTURES = 500;
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
  /** The marker bit: the picture is complete, with most cameras. */
  readonly marker: () => void;
  /** Something is missing or broken: nothing is delivered until the next key frame. */
  readonly damage: () => void;
  /** Pictures that could not be delivered; those in front of the first key frame are only waited for. */
  readonly dropped: () => number;
  /** Those of them that were key frames. */
  readonly droppedKeys: () => number;
}

/** What is known about the camera's marker bit, and a way to wait for more. */
export interface MarkerLearning {
  readonly habits: Pick<DeviceHabits, 'marker'>;
  /** Calls once after `afterMs` milliseconds, unless taken back. */
  readonly after: (delayMs: number, callback: () => void) => Cancel;
}

/**
 * Puts NAL units together to pictures. A picture ends with the marker bit, with a new time stamp, or where the next one plainly
 * begins, since cameras are careless with the first two. Bytes are gathered in one growing buffer and copied once.
 * @param utcMs the clock for arrival times, read once a picture.
 * @param learning lets the first key frame of an unknown camera wait until it is clear what the marker ends; without it the
 * marker is believed until pictures go on behind it.
 */
export const createAccessUnitBuilder = (
  rules: NalRules,
  handlers: AccessUnitHandlers,
  utcMs: () => number,
  learning: MarkerLearning | null = null,
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
  let markerEnds: DeviceHabits['marker'] = learning === null ? 'picture' : learning.habits.marker;
  let contradictions = 0;
  let picturesSince = 0;
  let justMarked = false;
  /** A picture is complete if its marker is to be believed. */
  let isHeld = false;
  let cancelHold = (): void => undefined;
  let heldAtMs = 0;
  let hasBegun = false;
  /** The parameter set that the first slice names; -1 when it cannot be told. */
  let slicePicture = -1;
  let isRecoveryPoint = false;
  let hasSeenKey = false;
  let sequence = 0;
  let droppedUnits = 0;
  let droppedKeyUnits = 0;
  let format: PictureFormat | null = null;
  /** Read, and announced with the first key frame that can be decoded by it. */
  let nextFormat: PictureFormat | null = null;
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
    isRecoveryPoint = false;
    slicePicture = -1;
  };

  const lose = (): void => {
    needsKey = true;
    isDiscontinuous = true;
  };

  const learnMarker = (ends: 'picture' | 'slice'): void => {
    markerEnds = ends;
    if (learning !== null) learning.habits.marker = ends;
  };

  const release = (): void => {
    isHeld = false;
    cancelHold();
  };

  /** Whether a decoder can begin here: all that its first slice refers to is there. */
  const canBegin = (): boolean => canDecode && sets.has(slicePicture, slicePicture + 1);

  const announce = (): void => {
    if (nextFormat === null) return;
    const next = nextFormat;
    nextFormat = null;
    const isSame =
      format !== null &&
      format.codecString === next.codecString &&
      format.width === next.width &&
      format.height === next.height;
    format = next;
    if (!isSame) handlers.onFormat(next);
  };

  const emit = (): void => {
    // Some encoders never send a key frame, only points from which a picture builds itself up (H.264 annex D.2.8).
    if (isRecoveryPoint && !hasSeenKey && needsKey) isKey = true;
    const isComplete = hasFirstSlice && !isBroken && (isKey ? canBegin() : !needsKey);
    if (!isComplete) {
      if (hasBegun || isBroken || isKey) droppedUnits += 1;
      if (isKey) droppedKeyUnits += 1;
      if (hasPicture || isBroken) lose();
      sequence = (sequence + 1) >>> 0;
      return;
    }
    if (isKey) announce();
    const prefix = isKey || areSetsNew ? sets.annexB() : null;
    const prefixLength = prefix === null ? 0 : prefix.length;
    const data = allocate(prefixLength + length);
    if (prefix !== null) data.set(prefix);
    buffer.copy(data, prefixLength, 0, length);
    const arrivedAtMs = heldAtMs === 0 ? utcMs() : heldAtMs;
    const unit = { data, key: isKey, discontinuity: isDiscontinuous, sequence, timestampUs, arrivedAtMs };
    sequence = (sequence + 1) >>> 0;
    needsKey = false;
    hasBegun = true;
    isDiscontinuous = false;
    areSetsNew = false;
    handlers.onAccessUnit(unit);
  };

  const finish = (): void => {
    const wasHeld = isHeld;
    if (wasHeld) release();
    if (nalStart >= 0) closeNal();
    // What came behind its marker belongs to the next picture: this camera can be believed.
    if (wasHeld && isKey) learnMarker('picture');
    if (hasPicture || isBroken) emit();
    heldAtMs = 0;
    picturesSince += 1;
    if (picturesSince >= FORGIVEN_AFTER_PICTURES) contradictions = 0;
    reset();
  };

  /** A picture goes on behind its marker. */
  const contradictMarker = (): void => {
    justMarked = false;
    if (isHeld) {
      release();
      heldAtMs = 0;
      learnMarker('slice');
      return;
    }
    isBroken = true;
    if (contradictions === 0) picturesSince = 0;
    contradictions += 1;
    if (contradictions >= MARKER_CONTRADICTIONS) learnMarker('slice');
  };

  /** Ends the picture when a unit that opens the next one comes without marker and without a new time stamp. */
  const beginNal = (first: number, sliceByte: number): void => {
    const kind = rules.classify(first);
    const isSlice = kind === nalClass.slice || kind === nalClass.keySlice;
    const isFirstSlice = isSlice && (sliceByte & 0x80) !== 0;
    if (hasPicture && (isFirstSlice || rules.opensPicture(first))) finish();
    if (isSlice && !isFirstSlice && (isHeld || justMarked)) contradictMarker();
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
    canDecode = (format !== null || nextFormat !== null) && rules.required.every(([from, to]) => sets.has(from, to));
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
    nextFormat = parsed.value;
    setsChanged();
  };

  /** The unit `buffer[from, length)` is complete and holds no other: decides what becomes of it. */
  const takeNal = (from: number): void => {
    const kind = length - from > rules.headerBytes ? rules.classify(buffer[from] ?? 0) : nalClass.drop;
    if (kind === nalClass.slice || kind === nalClass.keySlice) {
      hasPicture = true;
      if (kind === nalClass.keySlice) {
        isKey = true;
        hasSeenKey = true;
      }
      if (((buffer[from + rules.headerBytes] ?? 0) & 0x80) !== 0) {
        hasFirstSlice = true;
        if (needsKey || kind === nalClass.keySlice)
          slicePicture = rules.pictureKey(buffer.subarray(from, Math.min(length, from + MAX_SLICE_HEAD_BYTES)));
      }
      return;
    }
    if (kind === nalClass.parameter) takeParameter(from);
    else if (!hasSeenKey && needsKey && kind === nalClass.keep && rules.isRecoveryPoint(buffer.subarray(from, length)))
      isRecoveryPoint = true;
    if (kind !== nalClass.keep) length = from - START_CODE_BYTES;
  };

  /** Some makers put a byte stream where one unit belongs: it is taken apart at its start codes. */
  const takeApart = (from: number, firstCode: number): void => {
    const chunk = Buffer.from(buffer.subarray(from, length));
    length = from - START_CODE_BYTES;
    let start = 0;
    let code = firstCode - from;
    while (start < chunk.length) {
      let end = code;
      while (end > start && chunk[end - 1] === 0) end -= 1;
      if (end > start) whole(chunk, start, end);
      start = code + startCode.length;
      code = chunk.indexOf(startCode, start);
      if (code < 0) code = chunk.length;
    }
  };

  /** Ends the open unit. A start code behind it makes the search stop there, in a buffer that holds older bytes. */
  const closeNal = (): void => {
    const from = nalStart;
    nalStart = -1;
    if (from < 0) return;
    if (!makeRoom(startCode.length)) return;
    buffer[length] = 0;
    buffer[length + 1] = 0;
    buffer[length + 2] = 1;
    const code = buffer.indexOf(startCode, from);
    if (code >= length) takeNal(from);
    else takeApart(from, code);
  };

  const whole = (source: Buffer, start: number, end: number): void => {
    if (nalStart >= 0) closeNal();
    let from = start;
    while (source[from] === 0 && source[from + 1] === 0 && from + 2 < end && (source[from + 2] ?? 2) <= 1)
      from += source[from + 2] === 1 ? 3 : 1;
    if (end - from <= rules.headerBytes) return;
    beginNal(source[from] ?? 0, source[from + rules.headerBytes] ?? 0);
    if (isBroken || !makeRoom(START_CODE_BYTES + end - from)) return;
    writeStartCode();
    source.copy(buffer, length, from, end);
    length += end - from;
    closeNal();
  };

  /** Nothing came behind the marker for long enough: the picture is taken for complete, and nothing is learnt. */
  const letGo = (): void => {
    if (!isHeld) return;
    isHeld = false;
    finish();
    justMarked = true;
  };

  return {
    seed: (nal) => {
      const source = Buffer.from(nal);
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
      // Two zeros begin a start code: what unit this is shows behind it.
      if (first !== 0 || second > 0) beginNal(first, source[start] ?? 0);
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
      if (isHeld || (justMarked && nalStart < 0)) contradictMarker();
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
      if (markerEnds === 'slice') {
        heldAtMs = utcMs();
        return;
      }
      if (nalStart >= 0 && markerEnds === 'picture') closeNal();
      if (!hasPicture && !isBroken && nalStart < 0) return;
      if (markerEnds === 'unknown' && learning !== null && !isBroken) {
        if (!isHeld) cancelHold = learning.after(HOLD_MS, letGo);
        isHeld = true;
        heldAtMs = utcMs();
        return;
      }
      finish();
      justMarked = true;
    },
    damage: () => {
      isBroken = hasPicture || nalStart >= 0;
      lose();
      if (isHeld) release();
      heldAtMs = 0;
      isRecoveryPoint = false;
      justMarked = false;
    },
    dropped: () => droppedUnits,
    droppedKeys: () => droppedKeyUnits,
  };
};
