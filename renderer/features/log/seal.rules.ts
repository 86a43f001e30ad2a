/** What the seal of the log says, from the checks that this seat knows of. */
import type { VerificationView } from '../../../electron/contract/messages.schema.ts';

/** The newest check that the station knows of; times in milliseconds since 1970, `null` before the first one. */
export interface StationCheck {
  readonly journal: 'notVerified' | 'verified' | 'broken';
  readonly journalCheckedAt: number | null;
  readonly journalCheckedSeq: number | null;
}

export interface SealState {
  readonly state: 'verified' | 'behind' | 'broken' | 'notVerified';
  /** The last line that was checked. */
  readonly upTo: number;
  /** Lines that came after it. */
  readonly later: number;
  /** When it was checked, milliseconds since 1970; `null` where no line was. */
  readonly checkedAt: number | null;
  /** The answer to this seat's own question, where nothing newer is known. */
  readonly own: VerificationView | null;
}

/**
 * One state and one time for it. The newest check counts: the station checks by itself as well, and another seat may have asked
 * meanwhile. A check of an empty log says nothing of the lines that came since: then it is not checked, and there is no time of a check.
 */
export const sealOf = (health: StationCheck | null, result: VerificationView | null, newestSeq: number): SealState => {
  const stationAt = health?.journalCheckedAt ?? 0;
  const own = result !== null && result.verifiedAt >= stationAt ? result : null;
  const verdict = own === null ? (health?.journal ?? 'notVerified') : own.ok ? 'verified' : 'broken';
  const upTo = own?.lastSeq ?? health?.journalCheckedSeq ?? 0;
  const later = Math.max(0, newestSeq - upTo);
  const intact = upTo === 0 && later > 0 ? 'notVerified' : later > 0 ? 'behind' : 'verified';
  const state = verdict === 'verified' ? intact : verdict;
  const at = own?.verifiedAt ?? stationAt;
  return { state, upTo, later, checkedAt: state === 'notVerified' || at === 0 ? null : at, own };
};
