import { community } from '../../../contract/community/community.contract.ts';
import { defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { textOf } from '../../core/docs.ts';
import { pinHashing } from '../../parts/pin-hashing.ts';
import { communityRows, recoveryRows } from '../../parts/rows.ts';
import type { JsonObject } from '../../../domain/kernel/json.ts';
import { communityCommands } from './community.commands.ts';

/** What an ambulance is told. */
const addressIn = (body: JsonObject) => ({
  street: textOf(body, 'street'),
  entrance: textOf(body, 'entrance'),
  callBack: textOf(body, 'callBack'),
});

const communityCollection = defineCollection(communityRows, {
  version: 1,
  shown: { to: 'everybody', openedTo: ['duty'] },
  fold: (fact, rows) => {
    const { type, body } = fact;
    if (type === 'v1.CommunityEstablished') {
      const name = textOf(body, 'name') ?? '';
      const timeZone = textOf(body, 'timeZone') ?? '';
      return [['community', { name, timeZone, establishedAt: fact.occurredAt, ...addressIn(body) }]];
    }
    const before = communityRows.get(rows, 'community');
    if (before === null) return [];
    if (type === 'v1.TimeZoneSet')
      return [['community', { ...before, timeZone: textOf(body, 'timeZone') ?? before.timeZone }]];
    return type === 'v1.AddressSet' ? [['community', { ...before, ...addressIn(body) }]] : [];
  },
});

/** Who may use the recovery code, and its hash: only the station reads it. */
const recovery = defineCollection(recoveryRows, {
  version: 1,
  fold: (fact) => {
    const recoveryHash = textOf(fact.body, 'recoveryHash');
    if (fact.type === 'v1.CommunityEstablished')
      return [['recovery', { recoveryHash, personId: textOf(fact.body, 'managerId') }]];
    return fact.type === 'v1.PinRecovered' ? [['recovery', { recoveryHash, personId: fact.entityId }]] : [];
  },
});

/** The community itself: its beginning, what an ambulance is told of it, and the zone of its times. */
export const communityFeature = defineFeature({
  contract: community,
  collections: { community: communityCollection },
  ownCollections: [recovery],
  commands: communityCommands,
  prepare: (deps) => ({ establishCommunity: pinHashing(deps).founding }),
  hiddenFields: ['recoveryHash', 'pinCipher'],
});
