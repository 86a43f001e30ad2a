import { z } from 'zod';

export const communityView = z.object({
  name: z.string(),
  timeZone: z.string(),
  establishedAt: z.number(),
  /** What an ambulance is told, as a manager has set it; `null` where nobody has. */
  street: z.string().nullable(),
  /** The gate that an ambulance is to use. */
  entrance: z.string().nullable(),
  /** The number under which the room is called back. */
  callBack: z.string().nullable(),
});
export type CommunityView = z.infer<typeof communityView>;
