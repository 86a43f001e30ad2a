import type { Words } from '../../electron/words/words.ts';
import type { Name } from './names.ts';
import type { Tables } from '../store/tables.ts';

/** One thing that is open at a handover: what it is, how far it is, and where it can be seen. */
export interface OpenItem {
  readonly item: string;
  readonly title: string;
  readonly facts: readonly string[];
  /** The alarm whose card shows it, or the screen. */
  readonly alarmId: string | null;
  readonly place: Name | null;
}

/** Tells what is open under this id, or `null` where it has been closed since. */
export type OpenItemDescriber = (id: string, tables: Tables, words: Words) => Omit<OpenItem, 'item'> | null;
