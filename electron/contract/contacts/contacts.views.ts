import { z } from 'zod';
import { contactRole, personal } from '../kernel/primitives.ts';

export const contactView = z.object({
  contactId: z.string(),
  name: personal,
  phone: personal,
  role: contactRole,
  rank: z.int(),
});
export type ContactView = z.infer<typeof contactView>;
