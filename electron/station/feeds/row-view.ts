import type { RowChange } from '../../contract/messages.schema.ts';
import { collectionNames, LIVE_LOG_LINES, type CollectionName } from '../../contract/views.schema.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { JournalReader } from '../ports/journal.port.ts';
import { hidePersonal, type Privacy } from '../privacy.ts';
import { present, type DueAt } from './present.ts';
import { isRecent, mayGet, mayOpen, shownTo, type Level } from './visibility.ts';

/** Opened rows that are kept ready; more than a room ever shows. */
const MOST_KEPT = 5000;

const names: readonly string[] = collectionNames;

/** Whether seats may hear of this collection at all; the others are the station's own. */
export const isForSeats = (collection: string): collection is CollectionName => names.includes(collection);

/** Rows as seats of a level see them: opened once for all seats, and again only when the row changed. */
export interface RowView {
  /** The newest version of a row, `doc: null` when it is gone or may not be seen. */
  readonly row: (level: Level, collection: CollectionName, key: string) => RowChange;
  /** One log line as it is stored, opened for the level. */
  readonly open: (level: Level, collection: CollectionName, doc: JsonObject) => JsonObject;
  /** Everything a level sees. */
  readonly all: (level: Level, nowMs: number) => readonly RowChange[];
  readonly changed: (collection: string, key: string) => void;
  /** A subject was forgotten, or the clock was set: nothing that was opened before is shown again. */
  readonly forgetOpened: () => void;
}

/** `dueAt` is asked when a row is opened: whoever sets the clock calls `forgetOpened`. */
export const createRowView = (journal: JournalReader, privacy: Privacy, dueAt: DueAt): RowView => {
  const levels: Readonly<Record<Level, Map<string, JsonObject>>> = {
    public: new Map(),
    duty: new Map(),
    manager: new Map(),
  };

  const open = (level: Level, collection: CollectionName, doc: JsonObject): JsonObject =>
    present(
      collection,
      shownTo(level, collection, mayOpen(level, collection) ? privacy.open(doc) : hidePersonal(doc)),
      dueAt,
    );

  const shown = (
    level: Level,
    collection: CollectionName,
    key: string,
    stored: () => JsonObject | null,
  ): JsonObject | null => {
    if (!mayGet(level, collection)) return null;
    const kept = levels[level];
    const id = `${collection}/${key}`;
    const ready = kept.get(id);
    if (ready !== undefined) return ready;
    const doc = stored();
    if (doc === null) return null;
    const made = open(level, collection, doc);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(id, made);
    return made;
  };

  const rowsOf = (collection: CollectionName) =>
    collection === 'log' ? journal.rowsBefore('log', null, LIVE_LOG_LINES).toReversed() : journal.rows(collection);

  return {
    open,
    row: (level, collection, key) => ({
      collection,
      key,
      doc: shown(level, collection, key, () => journal.row(collection, key)),
    }),
    all: (level, nowMs) =>
      collectionNames
        .filter((collection) => mayGet(level, collection))
        .flatMap((collection) =>
          rowsOf(collection)
            .filter(({ doc }) => isRecent(collection, doc, nowMs))
            .map(({ key, doc }) => ({ collection, key, doc: shown(level, collection, key, () => doc) })),
        ),
    changed: (collection, key) => {
      for (const kept of Object.values(levels)) kept.delete(`${collection}/${key}`);
    },
    forgetOpened: () => {
      for (const kept of Object.values(levels)) kept.clear();
    },
  };
};
