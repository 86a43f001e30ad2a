import { z } from 'zod';
import { defineContract, wayOf } from '../kernel/feature.ts';
import { noteText, postIdText, utcMsNumber } from '../kernel/primitives.ts';
import { managers, onDuty } from '../kernel/rights.ts';
import { exportFacts, noteFacts } from './log.facts.ts';
import { LIVE_LOG_LINES, logEntryView, logPage } from './log.views.ts';

/** The log: one line for every fact, remarks on them, and the proof that none was changed. */
export const log = defineContract({
  name: 'log',
  commands: {
    addNote: { fields: { text: noteText(500) }, right: onDuty },
    /** A manager's remark on one line of the log. */
    addManagerNote: { fields: { seq: z.int().positive(), text: noteText(500) }, right: managers },
  },
  asks: {
    /** Lines of the log, newest first. */
    log: {
      ask: {
        beforeSeq: z.int().positive().nullable(),
        limit: z.int().min(1).max(500),
        kinds: z.array(z.string().max(40)).max(20).nullable(),
        fromMs: utcMsNumber.nullable(),
        toMs: utcMsNumber.nullable(),
        /** Shifts are counted at each post: of the one in `postId`, and the monitoring room's without it. */
        shiftNumber: z.int().nullable(),
        postId: postIdText.optional(),
      },
      reply: logPage,
      right: onDuty,
    },
  },
  collections: { log: logEntryView },
  // Its tail; older lines are asked for.
  ways: { log: wayOf(logEntryView, { way: 'window', newest: LIVE_LOG_LINES }) },
  facts: { ...noteFacts, ...exportFacts },
  jobs: {
    /** A table of these lines, newest first, in one language: CSV that spreadsheets read. `null` lets everything through. */
    exportLog: {
      params: {
        lang: z.enum(['zh-CN', 'en']),
        kinds: z.array(z.string().max(40)).max(20).nullable(),
        fromMs: utcMsNumber.nullable(),
        toMs: utcMsNumber.nullable(),
        shiftNumber: z.int().nullable(),
        postId: postIdText.optional(),
      },
      right: managers,
    },
  },
});
