import type { Command } from '../../contract/commands.schema.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import type { Ids } from '../ports/clock.port.ts';
import type { JournalReader } from '../ports/journal.port.ts';
import type { Privacy } from './privacy.ts';
import { subjects } from './subjects.ts';
import { defineTable } from './table.ts';
import type { Work } from './work.ts';

/** The station's own secrets, sealed. */
export const stationKeyRows = defineTable<{ readonly key: string | null }>('stationKeys');

/**
 * What tells a repeated command from another one under the same id: SHA-256 over a secret of the station, the actor, and the canonical
 * command. The secret is sealed in the vault: without it, names, phones and PINs could be guessed from the fingerprints in a backup.
 */
export const fingerprintOf = (work: Work, ids: Ids, privacy: Privacy, actor: string, command: Command): string =>
  ids.hash(`${fingerprintKey(work, ids, privacy)}\n${actor}\n${canonicalJson(command)}`);

/** The keys of people's data do not belong to this journal: nothing that was sealed for it opens. */
export class KeysForeignError extends Error {
  constructor() {
    super('the keys do not open what this journal holds');
    this.name = 'KeysForeignError';
  }
}

/** Throws `KeysForeignError` when the vault does not open the station's own secret, which the first command of every journal sealed. */
export const assertKeysFit = (journal: Pick<JournalReader, 'row'>, privacy: Privacy): void => {
  const stored = stationKeyRows.get(journal, 'fingerprint')?.key ?? null;
  if (stored !== null && privacy.openText(stored) === null) throw new KeysForeignError();
};

const fingerprintKey = (work: Work, ids: Ids, privacy: Privacy): string => {
  const stored = stationKeyRows.get(work.read, 'fingerprint')?.key ?? null;
  const known = stored === null ? null : privacy.openText(stored);
  if (known !== null) return known;
  const made = ids.token();
  const key = privacy.seal(subjects.station('fingerprint'), made);
  work.record({ type: 'v1.FingerprintKeyMade', kind: 'station', entityId: 'station', body: { key } });
  return made;
};
