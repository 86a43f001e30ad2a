import { z } from 'zod';
import { factsAbout } from '../kernel/fact.ts';

const changes = z.array(z.string());
const address = {
  street: z.string().nullable(),
  entrance: z.string().nullable(),
  callBack: z.string().nullable(),
};

/** What is written down of the community itself. */
export const communityFacts = factsAbout('community', {
  'v1.CommunityEstablished': {
    name: z.string(),
    timeZone: z.string(),
    /** `null`: it is not run by people. */
    managerId: z.string().nullable(),
    recoveryHash: z.string().nullable(),
    ...address,
  },
  'v1.AddressSet': { ...address, changes },
  'v1.TimeZoneSet': { timeZone: z.string(), changes },
});
