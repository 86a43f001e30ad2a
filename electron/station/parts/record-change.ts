import type { StationFact } from '../../contract/names.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import type { Fact } from '../../domain/kernel/fact.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { refuse, type CommandScope } from '../core/handler.ts';
import type { Table } from '../core/table.ts';

/** What a secret is called where it is told that it changed: its name, and never what it is. */
const nameOfSecret: Readonly<Record<string, string>> = { pinCipher: 'pin', passwordCipher: 'password' };

/**
 * Records the new state of a thing unless nothing about it is new. A change names what changed (`changes`). Sealed fields are compared
 * in the plain.
 */
export const recordChange = (
  { work, privacy }: CommandScope,
  kind: Fact['kind'],
  names: { readonly added: StationFact; readonly changed: StationFact },
  id: string,
  before: object | null,
  body: JsonObject,
): void => {
  if (before === null) {
    work.record({ type: names.added, kind, entityId: id, body });
    return;
  }
  const opened = privacy.open(before as JsonObject);
  const changes = Object.entries(privacy.open(body))
    .filter(([field, value]) => canonicalJson(value) !== canonicalJson(opened[field] ?? null))
    .map(([field]) => nameOfSecret[field] ?? field);
  if (changes.length > 0) work.record({ type: names.changed, kind, entityId: id, body: { ...body, changes } });
};

/** The row of this id; `notFound` where there is none. */
export const existing = <Row extends object>(
  { work }: Pick<CommandScope, 'work'>,
  table: Table<Row>,
  id: string,
): Row => table.get(work.read, id) ?? refuse('notFound', { kind: table.name, id });
