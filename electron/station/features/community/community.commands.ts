import type { community } from '../../../contract/community/community.contract.ts';
import type { JsonObject } from '../../../domain/kernel/json.ts';
import type { Handlers } from '../../core/handler.ts';
import { subjects } from '../../core/subjects.ts';
import { establish, type Address } from '../../parts/establish.ts';
import { existing, recordChange } from '../../parts/record-change.ts';
import { communityRows } from '../../parts/rows.ts';

/** The address as it stands in a fact: what is not known is `null`. */
const addressOf = ({ street, entrance, callBack }: Address): JsonObject => ({
  street: street ?? null,
  entrance: entrance ?? null,
  callBack: callBack ?? null,
});

export const communityCommands: Handlers<typeof community> = {
  establishCommunity: (scope, { name, timeZone, managerName, street, entrance, callBack }) => {
    const { work, privacy, prepared, ids } = scope;
    const personId = ids.next();
    establish(scope, { name, timeZone, managerId: personId, ...addressOf({ street, entrance, callBack }) });
    work.record({
      type: 'v1.PersonAdded',
      kind: 'person',
      entityId: personId,
      body: {
        name: privacy.seal(subjects.person(personId), managerName),
        role: 'manager',
        active: true,
        pinCipher: prepared.pinCipher,
      },
    });
    const code = prepared.recovery?.code ?? '';
    return { personId, recoveryCode: privacy.seal(subjects.station('recovery'), code) };
  },
  setAddress: (scope, address) => {
    const before = existing(scope, communityRows, 'community');
    const names = { added: 'v1.AddressSet', changed: 'v1.AddressSet' } as const;
    recordChange(scope, 'community', names, 'community', before, addressOf(address));
    return {};
  },
  setTimeZone: (scope, { timeZone }) => {
    const before = existing(scope, communityRows, 'community');
    const names = { added: 'v1.TimeZoneSet', changed: 'v1.TimeZoneSet' } as const;
    recordChange(scope, 'community', names, 'community', before, { timeZone });
    return {};
  },
};
