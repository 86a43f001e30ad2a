import { people } from '../../../contract/people/people.contract.ts';
import { personRoles } from '../../../domain/access/access.rules.ts';
import { defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { textOf, textsOf } from '../../core/docs.ts';
import { pinHashing } from '../../parts/pin-hashing.ts';
import { personRows, personSecretRows, sessionRows } from '../../parts/rows.ts';
import { peopleCommands } from './people.commands.ts';

/** People as seats see them. Names are for the sign-in list; phone numbers are for those who are signed in. */
const peopleCollection = defineCollection(personRows, {
  version: 1,
  shown: {
    to: 'everybody',
    openedTo: 'everybody',
    as: (row, viewer) => (viewer.includes('duty') ? row : { ...row, phone: null }),
  },
  fold: ({ kind, entityId, body }, rows) => {
    if (kind !== 'person') return [];
    const before = personRows.get(rows, entityId);
    const { phone, active } = body;
    const role = personRoles.find((one) => one === body['role']) ?? before?.role ?? 'volunteer';
    return [
      [
        entityId,
        {
          personId: entityId,
          name: textOf(body, 'name') ?? before?.name ?? null,
          phone: phone === undefined ? (before?.phone ?? null) : textOf(body, 'phone'),
          role,
          active: typeof active === 'boolean' ? active : (before?.active ?? true),
        },
      ],
    ];
  },
});

/** Apart from them the encrypted hash of the PIN. */
const personSecrets = defineCollection(personSecretRows, {
  version: 1,
  fold: ({ kind, entityId, body }) => {
    const pinCipher = kind === 'person' ? textOf(body, 'pinCipher') : null;
    return pinCipher === null ? [] : [[entityId, { pinCipher }]];
  },
});

const sessionIndex = defineCollection(sessionRows, {
  version: 1,
  fold: ({ type, entityId, seat, body }) => {
    const tokenHash = textOf(body, 'sessionHash');
    if (type === 'v1.SignedIn' && tokenHash !== null) return [[tokenHash, { personId: entityId, seat }]];
    return type === 'v1.SessionsEnded' ? textsOf(body, 'sessionHashes').map((hash) => [hash, null] as const) : [];
  },
});

/** Who works here, and how they sign in. */
export const peopleFeature = defineFeature({
  contract: people,
  collections: { people: peopleCollection },
  ownCollections: [personSecrets, sessionIndex],
  commands: peopleCommands,
  prepare: (deps) => ({ addPerson: pinHashing(deps).forPerson }),
  hiddenFields: ['pinCipher', 'sessionHash', 'phone'],
  hiddenFacts: ['v1.SessionsEnded'],
});
