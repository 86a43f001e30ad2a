/** What sentences are made with, in one language. */
import type { TimeWords } from './time-words.ts';

export type Values = Readonly<Record<string, string | number>>;

/** The texts and times of one language and zone, and nothing of what anything is called now. */
export interface Language<Key extends string = string> extends TimeWords {
  /** `zh-CN` or `en`. */
  readonly lang: string;
  readonly t: (key: Key, values?: Values) => string;
  /** A text whose key is put together from names of things; a test holds the catalogues to them. */
  readonly byName: (key: string, values?: Values) => string;
  /** The text, or another one where the catalogue has none: for names that come from outside, such as a refusal's kind. */
  readonly either: (key: string, otherwise: string, values?: Values) => string;
  /** "3 minutes ago", or "just now". */
  readonly since: (ms: number, nowMs: number | null) => string;
}

/** A language, and what people and cameras are called now. */
export interface Words<Key extends string = string> extends Language<Key> {
  /** A person's name, or the words for somebody whose name may not be seen; for `null` and `station` the station. */
  readonly person: (personId: string | null) => string;
  /** What people call a camera: "3号 · North gate". */
  readonly camera: (cameraId: string) => string;
}
