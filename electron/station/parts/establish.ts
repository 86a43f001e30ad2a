import { monitoringRoom } from '../../domain/posts/post.ts';
import { shift } from '../../domain/shifts/shift.ts';
import { refuse, tellOrRefuse, type CommandScope } from '../core/handler.ts';
import { isEmpty } from './people-rows.ts';

/** What an ambulance is told, as far as it is known. */
export interface Address {
  readonly street?: string | null | undefined;
  readonly entrance?: string | null | undefined;
  readonly callBack?: string | null | undefined;
}

/** The community begins: with its first manager, or without one where it is not run by people. Throws `Refused`. */
export const establish = (
  scope: Pick<CommandScope, 'work' | 'prepared'>,
  {
    managerId,
    ...known
  }: Address & { readonly name: string; readonly timeZone: string; readonly managerId: string | null },
): void => {
  const { work, prepared } = scope;
  if (!isEmpty(work.read)) refuse('notEmpty');
  const { name, timeZone, street = null, entrance = null, callBack = null } = known;
  work.record({
    type: 'v1.CommunityEstablished',
    kind: 'community',
    entityId: 'community',
    body: { name, timeZone, managerId, recoveryHash: prepared.recovery?.hash ?? null, street, entrance, callBack },
  });
  tellOrRefuse(scope, shift, monitoringRoom, { type: 'establish', at: work.nowMs, postId: monitoringRoom });
};
