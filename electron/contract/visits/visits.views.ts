import { z } from 'zod';
import { personal } from '../kernel/primitives.ts';

export const visitKind = z.enum(['family', 'delivery', 'repair', 'care', 'other']);

export const visitView = z.object({
  visitId: z.string(),
  kind: visitKind,
  name: personal,
  phone: personal,
  plate: personal,
  visiting: personal,
  arrivedAt: z.number(),
  registeredBy: z.string(),
  leftAt: z.number().nullable(),
  forgottenAt: z.number().nullable(),
  state: z.enum(['inside', 'left', 'forgotten']),
});
export type VisitView = z.infer<typeof visitView>;
