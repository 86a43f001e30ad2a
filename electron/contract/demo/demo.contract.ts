import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { demoFacts } from './demo.facts.ts';

/** The demo community: made-up people, and simulated devices. */
export const demo = defineContract({
  name: 'demo',
  asks: {
    /** Offered by an empty data folder only: starts the demo community. Resolves when it is there. */
    startDemo: {
      ask: { lang: z.enum(['zh-CN', 'en']).optional() },
      reply: z.object({}),
      right: { to: ['begin', 'duty'] },
    },
  },
  /** One row, `demo`, where this community is the demo. */
  collections: { demo: z.object({ volunteerId: z.string() }) },
  facts: demoFacts,
  refusals: ['demoOnly', 'demoOff'],
  health: {
    /** The simulated devices: `down` while they are started again; `none` where there is no demo, and `offered` where it may be started. */
    demo: z.enum(['none', 'offered', 'up', 'down']),
  },
});
