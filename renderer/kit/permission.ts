import { rightOf, type Action } from '../../electron/contract/actions.ts';
import { allowedRoles, mayDo } from '../../electron/domain/access/access.rules.ts';
import { monitoringRoom } from '../../electron/domain/posts/post.ts';
import { useSeatState } from '../seat/seat-context.tsx';
import { useWords } from '../seat/use-words.ts';

/** Why the person at this seat may not do this, and who can; `null` when they may. The station decides by the same table; this only
 * says it before. */
export const useWhyNot = (): ((action: Action) => string | null) => {
  const { t } = useWords();
  const session = useSeatState((state) => state.session);
  const seatKind = useSeatState((state) => state.seatKind);
  const people = useSeatState((state) => state.tables.people);
  // Calls for help are the monitoring room's, at whatever seat somebody sits.
  const responsible = useSeatState((state) => state.tables.shift.get(monitoringRoom)?.responsible?.personId ?? null);
  return (action) => {
    if (session === null) return t('why.signIn');
    const answer = mayDo(rightOf(action), {
      role: session.role,
      seatKind,
      isResponsible: session.personId === responsible,
    });
    if (answer.ok) return null;
    if (answer.error.kind === 'notAtThisSeat') return t('refusal.notAtThisSeat');
    const roles = allowedRoles(rightOf(action));
    if (answer.error.kind === 'notResponsible') return t('why.responsible');
    const names = [...people.values()]
      .filter((person) => person.active && roles.includes(person.role))
      .flatMap((person) => person.name ?? []);
    return names.length === 0 ? t('why.manager') : t('why.managerNamed', { names: names.join(t('common.listComma')) });
  };
};
