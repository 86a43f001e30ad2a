/** What seats ask without changing anything: every feature answers its own. */
import { rightOf } from '../../contract/actions.ts';
import type { Query } from '../../contract/asks.schema.ts';
import { mayDo, type Standing } from '../../domain/access/access.rules.ts';
import { err, type Result } from '../../domain/kernel/result.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { Refusal } from '../../domain/kernel/machine.ts';
import type { AnyService } from './define-feature.ts';
import { refusalOf } from './handler.ts';
import type { Session } from './session.ts';

/** Who asks. */
export interface AskScope {
  /** Who is at the seat at this moment, which may be another one than asked. */
  readonly standing: () => Standing;
  /** What they signed in with. */
  readonly session: Session | null;
  /** Why they may not ask it (any more), or `null`: looked at again before something personal is opened. */
  readonly refusal: () => Refusal | null;
}

export interface Asks {
  /** Rejects with `JournalError` when storage fails. */
  readonly ask: (
    standing: () => Standing,
    query: Query,
    session: Session | null,
  ) => Promise<Result<JsonObject, Refusal>>;
}

export interface AsksDeps {
  readonly services: readonly AnyService[];
  /** Whether there is nobody yet who could sign in. */
  readonly isEmpty: () => boolean;
}

export const createAsks = ({ services, isEmpty }: AsksDeps): Asks => {
  const answers = new Map(services.flatMap(({ asks }) => Object.entries(asks ?? {})));

  /** Why they are not answered, or `null`. What may be asked by nobody may be so only where there is nobody. */
  const refusalTo = (standing: Standing, { type }: Query): Refusal | null => {
    const { role } = standing;
    const right = rightOf(type);
    if (role === 'nobody' && right.to.includes('begin') && !isEmpty()) return refusalOf('notSignedIn');
    const allowed = mayDo(right, { ...standing, isResponsible: false });
    if (allowed.ok) return null;
    return role === 'nobody' ? refusalOf('notSignedIn') : allowed.error;
  };

  return {
    ask: async (standing, query, session) => {
      const refused = refusalTo(standing(), query);
      if (refused !== null) return err(refused);
      const answer = answers.get(query.type);
      if (answer === undefined) return err(refusalOf('notFound', { kind: query.type }));
      // The contract has decoded it, and this feature named it.
      const result = await answer({ standing, session, refusal: () => refusalTo(standing(), query) }, query as never);
      return result as Result<JsonObject, Refusal>;
    },
  };
};
