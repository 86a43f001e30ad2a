import type { CommandScope } from '../core/handler.ts';
import { sessionRows } from './rows.ts';

const end = (work: CommandScope['work'], personId: string, sessionHashes: readonly string[]): void => {
  if (sessionHashes.length === 0) return;
  for (const hash of sessionHashes) work.removeSession(hash);
  work.record({ type: 'v1.SessionsEnded', kind: 'session', entityId: personId, body: { sessionHashes } });
};

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
  end(work, personId, sessionHashes);
};

/** Ends whatever was begun at a seat and goes on, whoever signed in there. */
export const endSessionsAt = ({ work }: Pick<CommandScope, 'work'>, seatId: string): void => {
  const there = sessionRows.entries(work.read).filter(([, { seat }]) => seat === seatId);
  for (const [personId, ended] of Map.groupBy(there, ([, row]) => row.personId))
    end(
      work,
      personId,
      ended.map(([hash]) => hash),
    );
};
