/** Why a journal was not opened, besides what storage itself can do wrong (`JournalError`). */
export type OpenFault =
  /** Another process writes to this journal. */
  | { readonly kind: 'inUse' }
  /** A newer version of the program has been here; this one must not touch it. */
  | { readonly kind: 'newerSchema'; readonly found: number; readonly known: number }
  /** It holds facts or snapshots of a newer version, or of a feature that this program does not have: `v2.AlarmRaised`, `alarm schema 3`. */
  | { readonly kind: 'newerFacts'; readonly found: readonly string[] };

const sentence = (fault: OpenFault): string => {
  if (fault.kind === 'inUse') return 'another station is running on this data folder';
  const what =
    fault.kind === 'newerSchema'
      ? `schema ${fault.found}, known here ${fault.known}`
      : `it holds ${fault.found.slice(0, 5).join(', ')}`;
  return `this data folder was used by a newer version of Guardroom (${what})`;
};

/** Thrown by `openJournal` and `openVault`. */
export class JournalOpenError extends Error {
  readonly fault: OpenFault;
  constructor(fault: OpenFault) {
    super(sentence(fault));
    this.name = 'JournalOpenError';
    this.fault = fault;
  }
}
