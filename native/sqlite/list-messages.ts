import type { JournalFault } from '../../electron/station/ports/journal.port.ts';

/** Where the worker finds the keys, and what opens them. */
export interface ListWorkerData {
  /** The database file of the keys. */
  readonly keys: string;
  /** 256 bits, base64url, from the keychain; `null`: they are in the key file. */
  readonly deviceKey: string | null;
  readonly keyFile: string;
}

/** An entry with its sealed text; `null`: it leaves. */
export type ListChange = readonly [key: string, sealed: string | null];

export type ListRequest =
  | { readonly t: 'change'; readonly list: string; readonly changes: readonly ListChange[] }
  | { readonly t: 'search'; readonly id: number; readonly list: string; readonly text: string; readonly limit: number };

export type ListAnswer =
  { readonly id: number; readonly keys: readonly string[] } | { readonly id: number; readonly fault: JournalFault };
