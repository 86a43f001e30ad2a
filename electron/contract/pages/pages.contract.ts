import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { jsonObject } from '../kernel/primitives.ts';
import { onDuty } from '../kernel/rights.ts';

/** Rows that no seat keeps, asked for page by page. */
export const pages = defineContract({
  name: 'pages',
  asks: {
    /** Rows of a collection that is a query, by descending key; `beforeKey: null` begins with the newest. Refused to whoever may not see it. */
    page: {
      ask: {
        collection: z.string().min(1).max(60),
        beforeKey: z.string().max(200).nullable(),
        limit: z.int().min(1).max(500),
      },
      reply: z.object({ rows: z.array(z.object({ key: z.string(), doc: jsonObject })), more: z.boolean() }),
      right: onDuty,
    },
  },
});
