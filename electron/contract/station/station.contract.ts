import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { onDuty } from '../kernel/rights.ts';
import { stationFacts } from './station.facts.ts';
import { lineCodeView, verificationView } from './station.views.ts';

/** The station itself: its journal, its disk, its clock. */
export const station = defineContract({
  name: 'station',
  asks: {
    /** The short code of one line, `null`: of the newest; to be written on paper, and compared later. */
    lineCode: { ask: { seq: z.int().positive().nullable() }, reply: lineCodeView, right: onDuty },
    /** Reads the whole chain. */
    verifyJournal: { ask: {}, reply: verificationView, right: onDuty },
  },
  facts: stationFacts,
  health: {
    journal: z.enum(['notVerified', 'verified', 'broken']),
    journalCheckedAt: z.number().nullable(),
    /** Up to which line it was checked then; what came later was not. */
    journalCheckedSeq: z.int().nullable(),
    /** Storage takes no more entries: nothing can be acknowledged until it does. */
    storage: z.enum(['ok', 'low', 'failed']),
    /** What only some screens show is being prepared from the journal: how many facts of how many; `null`: it is there. */
    preparing: z.object({ done: z.int(), of: z.int() }).nullable(),
    clock: z.enum(['ok', 'jumped']),
    /** For half an hour after the station was started again by its supervisor: why, and when it was back. */
    startedAgain: z.object({ because: z.enum(['noAnswer', 'ended']), at: z.number() }).nullable(),
  },
});
