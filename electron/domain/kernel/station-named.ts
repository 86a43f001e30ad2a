/**
 * The first fact of a journal names the station that writes it, by its id and public key. With the sequence number that is a fact's name anywhere: two
 * stations never write under one name.
 */
import type { Fact } from './fact.ts';

const pattern = /^v[1-9]\d*\.StationNamed$/;

/** The fact, without what the transaction adds to it. `publicKeyPem`: SPKI, PEM, of the key that signs the journal's head. */
export const stationNamed = (
  stationId: string,
  publicKeyPem: string,
): Pick<Fact, 'kind' | 'entityId' | 'body'> & { readonly type: 'v1.StationNamed' } => ({
  type: 'v1.StationNamed',
  kind: 'station',
  entityId: stationId,
  body: { publicKey: publicKeyPem },
});

/** The public key that this fact names; `null` where it is another fact. */
export const namedKeyOf = ({ type, body }: Pick<Fact, 'type' | 'body'>): string | null => {
  const { publicKey } = body;
  return pattern.test(type) && typeof publicKey === 'string' ? publicKey : null;
};
