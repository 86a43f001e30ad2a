/** What seats ask for: each request is replied to, whatever becomes of it. */
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { Refusal } from '../../domain/kernel/machine.ts';
import type { Result } from '../../domain/kernel/result.ts';
import { Refused, refusalOf } from '../core/handler.ts';
import type { Inbox } from '../core/inbox.ts';
import type { Log } from '../ports/clock.port.ts';
import { JournalError } from '../ports/journal.port.ts';
import type { Connected, Said, Seat } from './connected.ts';
import type { Sessions } from './sessions.ts';

export interface Requests {
  readonly reply: (seat: Seat, id: string, work: () => Promise<Result<JsonObject, Refusal>>) => void;
  readonly giveCommand: (seat: Seat, seatId: string, message: Said<'command'>) => void;
  /** A failure as a person is told of it; a defect goes to the log. */
  readonly asRefusal: (error: unknown) => Refusal;
}

export interface RequestsDeps {
  readonly log: Log;
  readonly connected: Connected;
  readonly inbox: Inbox;
  readonly sessions: Pick<Sessions, 'view'>;
}

const refusalValue = ({ kind, details }: Refusal): JsonObject => (details === undefined ? { kind } : { kind, details });

export const createRequests = ({ log, connected, inbox, sessions }: RequestsDeps): Requests => {
  const asRefusal = (error: unknown): Refusal => {
    if (error instanceof JournalError) return refusalOf('storageFailed', { fault: error.fault.kind });
    if (error instanceof Refused) return error.refusal;
    log.error('a request broke', { problem: error instanceof Error ? error.message : 'unknown' });
    return refusalOf('stationFault');
  };

  const send = (seat: Seat, id: string, result: Result<JsonObject, Refusal>): void => {
    if (!connected.all.has(seat)) return;
    const value = result.ok ? result.value : refusalValue(result.error);
    seat.connection.send({ t: 'reply', id, ok: result.ok, value });
  };

  return {
    asRefusal,
    reply: (seat, id, work) => {
      work().then(
        (result) => send(seat, id, result),
        (error: unknown) => send(seat, id, { ok: false, error: asRefusal(error) }),
      );
    },
    giveCommand: (seat, seatId, { command }) => {
      // Whoever gave it, and not who has signed in at the seat by the time its turn comes.
      const { session } = seat;
      const actor = (): string | null => (session === null ? null : (sessions.view(session)?.personId ?? null));
      inbox
        .give({ actor, seat: seatId }, command)
        .catch((error: unknown) => ({ ok: false, refusal: asRefusal(error) }) as const)
        .then((answer) => {
          if (connected.all.has(seat)) seat.connection.send({ t: 'answer', commandId: command.id, answer });
        });
    },
  };
};
