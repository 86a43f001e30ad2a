/** The log: one line for every fact, so that its numbers have no gap. */
import type { RecordedFact } from '../../domain/kernel/fact.ts';
import { numberOf, objectOf } from '../docs.ts';
import { put, type Projection, type Rows } from './projection.ts';

/** The one post of the community. */
export const POST_ID = 'monitoringRoom';

/** Facts that only the station reads: their lines say that they are there, and nothing of what is in them. */
const hiddenFacts = ['v1.FingerprintKeyMade', 'v1.SessionsEnded'] as const;
export type HiddenFact = (typeof hiddenFacts)[number];
const notForPeople = new Set<string>(hiddenFacts);

/** Fields that no seat needs in a line: encrypted secrets, addresses in the network, numbers to call. */
const leftOut = new Set([
  'passwordCipher',
  'pinCipher',
  'recoveryHash',
  'sessionHash',
  'onvifAddress',
  'host',
  'sources',
  'mainUrl',
  'subUrl',
  'username',
  'logKey',
  'phone',
]);

/** The key of a line: its sequence number, padded, so that keys sort as numbers do. */
export const logKey = (seq: number): string => String(seq).padStart(12, '0');

/** Number of the shift that a fact belongs to; what makes a person responsible belongs to the new shift. */
const shiftNumberOf = (fact: RecordedFact, rows: Rows): number | null => {
  const shift = fact.kind === 'shift' && fact.snapshot !== null ? fact.snapshot.context : rows.row('shift', POST_ID);
  return numberOf(objectOf(shift, 'responsible'), 'shiftNumber');
};

export const log: Projection = (fact, rows) => {
  const shown = notForPeople.has(fact.type) ? [] : Object.entries(fact.body);
  const body = Object.fromEntries(shown.filter(([field]) => !leftOut.has(field)));
  return [
    put('log', logKey(fact.seq), {
      seq: fact.seq,
      type: fact.type,
      kind: fact.kind,
      entityId: fact.entityId,
      at: fact.occurredAt,
      recordedAt: fact.recordedAt,
      actor: fact.actor,
      seat: fact.seat,
      shiftNumber: shiftNumberOf(fact, rows),
      body,
      managerNotes: [],
    }),
  ];
};
