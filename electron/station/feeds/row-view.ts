import type { RowChange } from '../../contract/messages.schema.ts';
import { collectionNames, kept, wayTo, type CollectionName } from '../../contract/views.schema.ts';
import { setsHeld, type Standing } from '../../domain/access/access.rules.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { isIn, type Collection, type DueAt } from '../core/collection.ts';
import { hidePersonal, type Privacy } from '../core/privacy.ts';
import type { JournalReader } from '../ports/journal.port.ts';

/** Opened rows that are kept ready for one kind of viewer; more than a room ever shows. */
const MOST_KEPT = 5000;

const names: readonly string[] = collectionNames;

/** Whether seats may hear of this collection at all; the others are the station's own. */
export const isForSeats = (collection: string): collection is CollectionName => names.includes(collection);

/** Rows as seats see them, by who sits where: opened once for all of a role at a kind of seat, and again only when the row changed. */
export interface RowView {
  readonly mayGet: (standing: Standing, collection: string) => boolean;
  /** The newest version of a row, `doc: null` when it is gone or may not be seen. */
  readonly row: (standing: Standing, collection: CollectionName, key: string) => RowChange;
  /** One row as it is stored, as they see it. */
  readonly open: (standing: Standing, collection: string, doc: JsonObject) => JsonObject;
  /** What they see of these collections. */
  readonly some: (standing: Standing, collections: readonly CollectionName[], nowMs: number) => readonly RowChange[];
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
  const keptByStanding = new Map<string, Map<string, JsonObject>>();

  const keptFor = ({ role, seatKind }: Standing): Map<string, JsonObject> => {
    const name = `${seatKind}/${role}`;
    const kept = keptByStanding.get(name) ?? new Map<string, JsonObject>();
    keptByStanding.set(name, kept);
    return kept;
  };

  /** What nobody was given is seen by nobody. */
  const mayGet = (standing: Standing, collection: string): boolean => {
    const shown = shownByName.get(collection) ?? null;
    return shown !== null && isIn(setsHeld(standing), shown.to);
  };

  const open = (standing: Standing, collection: string, doc: JsonObject): JsonObject => {
    const shown = shownByName.get(collection) ?? null;
    const viewer = setsHeld(standing);
    if (shown === null || !isIn(viewer, shown.to)) return {};
    const opened = isIn(viewer, shown.openedTo) ? privacy.open(doc) : hidePersonal(doc);
    const seen = shown.as?.(opened, viewer) ?? opened;
    return (shown.present?.(seen, dueAt) ?? seen) as JsonObject;
  };

  const ready = (
    standing: Standing,
    collection: CollectionName,
    key: string,
    stored: () => JsonObject | null,
  ): JsonObject | null => {
    if (!mayGet(standing, collection)) return null;
    const kept = keptFor(standing);
    const id = `${collection}/${key}`;
    const known = kept.get(id);
    if (known !== undefined) return known;
    const doc = stored();
    if (doc === null) return null;
    const made = open(standing, collection, doc);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(id, made);
    return made;
  };

  const rowsOf = (collection: CollectionName) => {
    const { newest } = wayTo(collection);
    return newest === undefined ? journal.rows(collection) : journal.rowsBefore(collection, null, newest).toReversed();
  };

  /** The rows that both sides keep. */
  const some = (standing: Standing, wanted: readonly CollectionName[], nowMs: number): readonly RowChange[] =>
    wanted
      .filter((collection) => mayGet(standing, collection))
      .flatMap((collection) => {
        const rows = rowsOf(collection).map(({ key, doc }) => [key, doc] as const);
        return kept(collection, rows, nowMs).map(([key, doc]) => ({
          collection,
          key,
          doc: ready(standing, collection, key, () => doc),
        }));
      });

  return {
    mayGet,
    open,
    row: (standing, collection, key) => ({
      collection,
      key,
      doc: ready(standing, collection, key, () => journal.row(collection, key)),
    }),
    some,
    changed: (collection, key) => {
      for (const kept of keptByStanding.values()) kept.delete(`${collection}/${key}`);
    },
    forgetOpened: () => keptByStanding.clear(),
  };
};
