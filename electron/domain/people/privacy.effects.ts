import { effect } from '../kernel/effects.ts';

/** After the commit, repeated until done: delete the subject's key. */
export const privacyEffects = { forgetSubject: effect<{ readonly subjectId: string }>() };
