import type { CommandScope } from '../core/handler.ts';
import { sessionRows } from './rows.ts';

/** Ends every stored session of a person: the role, the PIN or the right to be here changed. */
export const endSessions = (
  { work }: Pick<CommandScope, 'work'>,
  personId: string,
  /** The one that goes on: that of whoever changes their own PIN. */
  exceptHash: string | null = null,
): void => {
  const sessionHashes = sessionRows
    .entries(work.read)
    .filter(([hash, row]) => row.personId === personId && hash !== exceptHash)
    .map(([hash]) => hash);
  if (sessionHashes.length === 0) return;
  for (const hash of sessionHashes) work.removeSession(hash);
  work.record({ type: 'v1.SessionsEnded', kind: 'session', entityId: personId, body: { sessionHashes } });
};
