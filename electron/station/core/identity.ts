/** Who this station is: its id and its key, named by the first fact of its journal. With the sequence number that is a fact's name anywhere. */
import type { Ids } from '../ports/clock.port.ts';
import type { Privacy } from './privacy.ts';
import { subjects } from './subjects.ts';
import { defineTable, type RowReader } from './table.ts';
import type { Work } from './work.ts';

/** The station's id and its public key (Ed25519, RFC 8032; base64url of the DER of SPKI). One row, `station`. */
export const identityRows = defineTable<{ readonly stationId: string; readonly publicKey: string }>('identity');

/** Gives the station its name. The private key is kept sealed, as all its secrets are: a journal alone cannot speak for it. `headKey`: what its head is signed with. */
export const nameStation = ({ record }: Pick<Work, 'record'>, ids: Ids, privacy: Privacy, headKey: string): void => {
  const { publicKey, privateKey } = ids.keyPair();
  const key = privacy.seal(subjects.station('identity'), privateKey);
  record({ type: 'v1.StationNamed', kind: 'station', entityId: ids.next(), body: { publicKey, key, headKey } });
};

/** Whether a journal that is not empty has no name yet: an earlier program began it. */
export const isNameless = (rows: RowReader): boolean => identityRows.get(rows, 'station') === null;
