/** Which frames of a stream may be decoded: after a gap none before the next key frame, and where quality falls key frames alone. */
export interface KeyGate {
  /** Whether this frame is worth keeping. To be asked for every frame, in their order. */
  readonly lets: (frame: {
    readonly key: boolean;
    readonly discontinuity: boolean;
    readonly sequence: number;
  }) => boolean;
  /** Nothing before the next key frame. */
  readonly close: () => void;
  /** The connection was new: frames before it are no reference for those after it. */
  readonly renew: () => void;
  /** Whether this has just begun to be so: what waits is then not wanted any more. */
  readonly setKeyFramesOnly: (on: boolean) => boolean;
  readonly keyFramesOnly: () => boolean;
}

export const createKeyGate = (): KeyGate => {
  let isClosed = true;
  let expected: number | null = null;
  let only = false;
  return {
    lets: ({ key, discontinuity, sequence }) => {
      const gap = discontinuity || (expected !== null && sequence !== expected);
      expected = (sequence + 1) % 2 ** 32;
      if (key) isClosed = false;
      else if (gap || only) isClosed = true;
      return !isClosed;
    },
    close: () => {
      isClosed = true;
    },
    renew: () => {
      isClosed = true;
      expected = null;
    },
    setKeyFramesOnly: (on) => {
      const begins = on && !only;
      if (begins) isClosed = true;
      only = on;
      return begins;
    },
    keyFramesOnly: () => only,
  };
};
