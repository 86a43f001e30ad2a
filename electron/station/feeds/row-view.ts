import type { RowChange } from '../../contract/messages.schema.ts';
import { collectionNames, kept, wayTo, type CollectionName } from '../../contract/views.schema.ts';
import { setsOf } from '../../domain/access/access.rules.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { isIn, type Collection, type DueAt } from '../core/collection.ts';
import { hidePersonal, type Privacy } from '../core/privacy.ts';
import type { JournalReader } from '../ports/journal.port.ts';

/** Opened rows that are kept ready for one kind of viewer; more than a room ever shows. */
const MOST_KEPT = 5000;

const names: readonly string[] = collectionNames;

/** Whether seats may hear of this collection at all; the others are the station's own. */
export const isForSeats = (collection: string): collection is CollectionName => names.includes(collection);

/** Rows as seats see them, by the role of who sits there: opened once for all of a role, and again only when the row changed. */
export interface RowView {
  readonly mayGet: (role: string, collection: string) => boolean;
  /** The newest version of a row, `doc: null` when it is gone or may not be seen. */
  readonly row: (role: string, collection: CollectionName, key: string) => RowChange;
  /** One row as it is stored, as this role sees it. */
  readonly open: (role: string, collection: string, doc: JsonObject) => JsonObject;
  /** What a role sees of these collections. */
  readonly some: (role: string, collections: readonly CollectionName[], nowMs: number) => readonly RowChange[];
  readonly changed: (collection: string, key: string) => void;
  /** A subject was forgotten, or the clock was set: nothing that was opened before is shown again. */
  readonly forgetOpened: () => void;
}

export interface RowViewDeps {
  readonly journal: JournalReader;
  readonly privacy: Privacy;
  readonly collections: readonly Collection[];
  /** Asked when a row is opened: whoever sets the clock calls `forgetOpened`. */
  readonly dueAt: DueAt;
}

export const createRowView = ({ journal, privacy, collections, dueAt }: RowViewDeps): RowView => {
  const shownByName = new Map(collections.map(({ name, shown }) => [name, shown]));
  const keptByRole = new Map<string, Map<string, JsonObject>>();

  const keptFor = (role: string): Map<string, JsonObject> => {
    const kept = keptByRole.get(role) ?? new Map<string, JsonObject>();
    keptByRole.set(role, kept);
    return kept;
  };

  /** What nobody was given is seen by nobody. */
  const mayGet = (role: string, collection: string): boolean => {
    const shown = shownByName.get(collection) ?? null;
    return shown !== null && isIn(setsOf(role), shown.to);
  };

  const open = (role: string, collection: string, doc: JsonObject): JsonObject => {
    const shown = shownByName.get(collection) ?? null;
    const viewer = setsOf(role);
    if (shown === null || !isIn(viewer, shown.to)) return {};
    const opened = isIn(viewer, shown.openedTo) ? privacy.open(doc) : hidePersonal(doc);
    const seen = shown.as?.(opened, viewer) ?? opened;
    return (shown.present?.(seen, dueAt) ?? seen) as JsonObject;
  };

  const ready = (
    role: string,
    collection: CollectionName,
    key: string,
    stored: () => JsonObject | null,
  ): JsonObject | null => {
    if (!mayGet(role, collection)) return null;
    const kept = keptFor(role);
    const id = `${collection}/${key}`;
    const known = kept.get(id);
    if (known !== undefined) return known;
    const doc = stored();
    if (doc === null) return null;
    const made = open(role, collection, doc);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(id, made);
    return made;
  };

  const rowsOf = (collection: CollectionName) => {
    const { newest } = wayTo(collection);
    return newest === undefined ? journal.rows(collection) : journal.rowsBefore(collection, null, newest).toReversed();
  };

  /** The rows that both sides keep. */
  const some = (role: string, wanted: readonly CollectionName[], nowMs: number): readonly RowChange[] =>
    wanted
      .filter((collection) => mayGet(role, collection))
      .flatMap((collection) => {
        const rows = rowsOf(collection).map(({ key, doc }) => [key, doc] as const);
        return kept(collection, rows, nowMs).map(([key, doc]) => ({
          collection,
          key,
          doc: ready(role, collection, key, () => doc),
        }));
      });

  return {
    mayGet,
    open,
    row: (role, collection, key) => ({
      collection,
      key,
      doc: ready(role, collection, key, () => journal.row(collection, key)),
    }),
    some,
    changed: (collection, key) => {
      for (const kept of keptByRole.values()) kept.delete(`${collection}/${key}`);
    },
    forgetOpened: () => keptByRole.clear(),
  };
};
