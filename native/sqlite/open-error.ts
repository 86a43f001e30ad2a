/** Why a journal was not opened, besides what storage itself can do wrong (`JournalError`). */
export type OpenFault =
  /** Another process writes to this journal. */
  | { readonly kind: 'inUse' }
  /** A newer version of the program has been here; this one must not touch it. */
  | { readonly kind: 'newerSchema'; readonly found: number; readonly known: number };

const sentence = (fault: OpenFault): string =>
  fault.kind === 'inUse'
    ? 'another station is running on this data folder'
    : `this data folder was used by a newer version of Guardroom (schema ${fault.found}, known here ${fault.known})`;

/** Thrown by `openJournal` and `openVault`. */
export class JournalOpenError extends Error {
  readonly fault: OpenFault;
  constructor(fault: OpenFault) {
    super(sentence(fault));
    this.name = 'JournalOpenError';
    this.fault = fault;
  }
}
