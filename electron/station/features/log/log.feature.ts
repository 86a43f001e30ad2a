import { log } from '../../../contract/log/log.contract.ts';
import type { LogEntryView } from '../../../contract/log/log.views.ts';
import { err, ok } from '../../../domain/kernel/result.ts';
import { monitoringRoom } from '../../../domain/posts/post.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { subjects } from '../../core/subjects.ts';
import { existing } from '../../parts/record-change.ts';
import { createLogExport } from './export-log.ts';
import { logCollection, logKey, logRows, retiredCollection } from './log.collections.ts';

/** The log: one line for every fact, and remarks on them. */
export const logFeature = defineFeature({
  contract: log,
  collections: { log: logCollection },
  ownCollections: [retiredCollection],
  commands: {
    addNote: ({ work, privacy, commandId }, { text }) => {
      const body = { text: privacy.seal(subjects.note(commandId), text) };
      work.record({ type: 'v1.NoteAdded', kind: 'note', entityId: commandId, body });
      return {};
    },
    addManagerNote: (scope, { seq, text }) => {
      const { work, privacy, commandId } = scope;
      existing(scope, logRows, logKey(seq));
      const body = { seq, logKey: logKey(seq), text: privacy.seal(subjects.note(commandId), text) };
      work.record({ type: 'v1.ManagerNoteAdded', kind: 'note', entityId: commandId, body });
      return {};
    },
  },
  hiddenFields: ['logKey', 'headHash'],
  serve: (context) => ({
    jobs: { exportLog: createLogExport(context) },
    asks: {
      /** Newest first. Personal fields are opened for who is there when the lines are, and not for who asked. */
      log: async ({ standing, refusal }, { beforeSeq, limit, kinds, fromMs, toMs, shiftNumber, postId: asked }) => {
        const postId = asked ?? (shiftNumber === null ? null : monitoringRoom);
        const beforeKey = beforeSeq === null ? null : logKey(beforeSeq);
        const { docs, more } = await context.deps.logReader.page({
          beforeKey,
          limit,
          kinds,
          fromMs,
          toMs,
          shiftNumber,
          postId,
        });
        const refused = refusal();
        if (refused !== null) return err(refused);
        return ok({ entries: docs.map((doc) => context.shownTo(standing(), 'log', doc) as LogEntryView), more });
      },
    },
  }),
});
