import { defineContract } from '../kernel/feature.ts';
import { lineText, phoneText, pinText, timeZoneText } from '../kernel/primitives.ts';
import { managers } from '../kernel/rights.ts';
import { communityFacts } from './community.facts.ts';
import { communityView } from './community.views.ts';

/** What an ambulance must be told, beside the place: street and number, which gate, and a number to call back. `null`: not known. */
const address = {
  street: lineText(80).nullable(),
  entrance: lineText(40).nullable(),
  callBack: phoneText.nullable(),
};

/** The community itself: its beginning, what an ambulance is told of it, and the zone of its times. */
export const community = defineContract({
  name: 'community',
  commands: {
    /** Sets up the community in an empty data folder. Answer: `{personId, recoveryCode}`. */
    establishCommunity: {
      fields: {
        name: lineText(40),
        street: address.street.optional(),
        entrance: address.entrance.optional(),
        callBack: address.callBack.optional(),
        timeZone: timeZoneText,
        managerName: lineText(40),
        pin: pinText,
      },
      right: { to: ['begin'] },
      founding: true,
    },
    /** Sets what an ambulance is told of the community. */
    setAddress: { fields: address, right: managers },
    /** The zone that times are shown in. What was recorded stays: it is in UTC. */
    setTimeZone: { fields: { timeZone: timeZoneText }, right: managers },
  },
  collections: { community: communityView },
  facts: communityFacts,
  refusals: ['notEmpty'],
});
