/** What one camera taught us, kept by the caller from connection to connection and changed in place. */
export interface DeviceHabits {
  /** The request that keeps a session alive; `null` until it is known. */
  keepAlive: 'GET_PARAMETER' | 'OPTIONS' | null;
  /** What the marker bit of a packet ends: the picture, as it should, or each slice. */
  marker: 'unknown' | 'picture' | 'slice';
  /** Answers carry numbers of their own: they are taken in the order in which they come. */
  misnumbers: boolean;
  /** How long an answer may take (ms): grows with each silence, and shrinks to what the camera needs. */
  patienceMs: number;
  /** It has asked for Digest: from then on the password is not sent in the clear. */
  asksDigest: boolean;
}

/** How long an answer of a camera nothing is known about may take, and the longest that is waited (ms). */
export const MIN_PATIENCE_MS = 5000;
const MAX_PATIENCE_MS = 30_000;

/** A camera nothing is known about yet. */
export const newDeviceHabits = (): DeviceHabits => ({
  keepAlive: null,
  marker: 'unknown',
  misnumbers: false,
  patienceMs: MIN_PATIENCE_MS,
  asksDigest: false,
});

/** The camera was silent for as long as was waited: the next time it is given twice as long. */
export const learnSilence = (habits: DeviceHabits): void => {
  habits.patienceMs = Math.min(MAX_PATIENCE_MS, habits.patienceMs * 2);
};

/** @param slowestMs the longest that an answer of a session that plays took. */
export const learnPace = (habits: DeviceHabits, slowestMs: number): void => {
  habits.patienceMs = Math.min(MAX_PATIENCE_MS, Math.max(MIN_PATIENCE_MS, slowestMs * 2));
};
