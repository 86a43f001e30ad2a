/**
 * Deleting the keys of people's data, and the files of what was sealed under them: an effect that is repeated until it is done, and again after a
 * backup has brought keys back.
 */
import { subjectId, type SubjectId } from '../../domain/kernel/ids.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { textOf } from '../core/docs.ts';
import type { EffectDefinition, UntilDoneRunner } from '../core/effect.ts';
import { defineTable } from '../core/table.ts';
import type { StationDeps } from '../core/station-deps.ts';

/** The subjects whose key must be gone. */
export const forgottenRows = defineTable<{ readonly at: number }>('forgottenSubjects');

export const forgetSubject: EffectDefinition = {
  name: 'forgetSubject',
  take: (outbox, params) => outbox.add({ type: 'forgetSubject', ...params }, 'untilDone'),
};

export interface Forgetter {
  readonly runner: UntilDoneRunner;
  /** A restored backup may have brought keys back: deleted again, and at the next start where that fails. */
  readonly start: () => void;
}

export const createForgetter = ({
  journal,
  vault,
  pictures,
  log,
  onForgotten,
}: Pick<StationDeps, 'journal' | 'vault' | 'pictures' | 'log'> & {
  /** Documents that were opened before may not be shown any more. */
  readonly onForgotten: () => void;
}): Forgetter => {
  const subjectOf = (effect: JsonObject): SubjectId => {
    const subject = textOf(effect, 'subjectId');
    if (subject === null) throw new Error('an effect names no subject');
    return subjectId(subject);
  };
  return {
    runner: {
      policy: 'untilDone',
      run: async (effects) => {
        try {
          await vault.forget(effects.map(subjectOf));
          await pictures.forget(effects.map(subjectOf));
        } finally {
          // The keys may be gone although their bytes could not be taken off the disk yet.
          onForgotten();
        }
      },
    },
    start: () => {
      const back = forgottenRows
        .entries(journal)
        .map(([subject]) => subjectId(subject))
        .filter((subject) => !vault.isForgotten(subject));
      if (back.length === 0) return;
      vault.forget(back).catch((error: unknown) => {
        log.error('keys that had come back were not deleted', {
          count: back.length,
          problem: error instanceof Error ? error.message : 'unknown',
        });
      });
    },
  };
};
