import { z } from 'zod';
import { personal, role } from '../kernel/primitives.ts';

export const personView = z.object({
  personId: z.string(),
  name: personal,
  /** Only where somebody is signed in. */
  phone: personal,
  role,
  active: z.boolean(),
});
export type PersonView = z.infer<typeof personView>;
