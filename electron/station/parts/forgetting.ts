/** Deleting the keys of people's data: an effect that is repeated until it is done, and again after a backup has brought keys back. */
import { subjectId } from '../../domain/kernel/ids.ts';
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
  /** A restored backup may have brought keys back. */
  readonly start: () => void;
}

export const createForgetter = ({
  journal,
  vault,
  onForgotten,
}: Pick<StationDeps, 'journal' | 'vault'> & {
  /** Documents that were opened before may not be shown any more. */
  readonly onForgotten: () => void;
}): Forgetter => ({
  runner: {
    policy: 'untilDone',
    run: (effect) => {
      const subject = textOf(effect, 'subjectId');
      if (subject === null) throw new Error('an effect names no subject');
      vault.forget(subjectId(subject));
      onForgotten();
    },
  },
  start: () => {
    for (const [subject] of forgottenRows.entries(journal))
      if (!vault.isForgotten(subjectId(subject))) vault.forget(subjectId(subject));
  },
});
