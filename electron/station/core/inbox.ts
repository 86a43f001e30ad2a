/**
 * Commands come in here, decoded, one after the other. Who may do what is decided inside the transaction, so that it holds at the moment of
 * the deed. The answer is given after the commit and never before.
 */
import { commandContracts, MOTION_LIFETIME_MS, type Answer, type Command } from '../../contract/commands.schema.ts';
import { mayDo } from '../../domain/access/access.rules.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { Refusal } from '../../domain/kernel/machine.ts';
import type { PostId } from '../../domain/posts/post.ts';
import type { Clock, Ids, Log } from '../ports/clock.port.ts';
import { JournalError, type Journal } from '../ports/journal.port.ts';
import { SubjectForgottenError, type Secrets } from '../ports/vault.port.ts';
import { createAnswerPruning, KEEP_ANSWERS_MS } from './answer-pruning.ts';
import type { Feature } from './define-feature.ts';
import { isJsonObject, textOf } from './docs.ts';
import { fingerprintOf } from './fingerprint.ts';
import { refusalOf, Refused, type CommandScope, type Preparation, type Prepared } from './handler.ts';
import { createPreparing } from './preparing.ts';
import { looksSealed, type Privacy } from './privacy.ts';
import type { RowReader } from './table.ts';
import { type Origin, type CoreWork, type CoreWorker, type Work } from './work.ts';

/** Who gives the command; asked for anew inside the queue, since a session may have ended meanwhile. */
interface Giver {
  /** A person's id, `station`, or `null` where nobody is signed in. */
  readonly actor: () => string | null;
  readonly seat: string | null;
}

export interface Inbox {
  /** Does the command and answers it. Never rejects for what can be expected: refusals are answers. */
  readonly give: (giver: Giver, command: Command) => Promise<Answer>;
  /** Begins to remove answers that nobody can ask for any more. */
  readonly start: () => void;
  readonly stop: () => void;
}

export interface InboxDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly privacy: Privacy;
  readonly worker: CoreWorker;
  readonly features: readonly Feature[];
  /** Slow work before a command's transaction, by the command. */
  readonly preparations: Readonly<Record<string, Preparation>>;
  /** What a seat is for, and of which post it is. */
  readonly kindOfSeat: (rows: RowReader, seatId: string | null) => string;
  readonly postOfSeat: (rows: RowReader, seatId: string | null) => PostId;
  /** What a person may do at this moment, and whether the calls for help are theirs. */
  readonly roleOf: (rows: RowReader, personId: string | null) => string;
  readonly isResponsible: (rows: RowReader, personId: string | null) => boolean;
  /** Whether nothing has been set up. */
  readonly isEmpty: (rows: RowReader) => boolean;
  readonly openItems: (rows: RowReader) => readonly string[];
}

const refusal = (why: Refusal): Answer => ({ ok: false, refusal: why });

const storedToAnswer = (stored: JsonObject, privacy: Privacy): Answer => {
  const { ok, seq, value, refusal: refused } = stored;
  if (ok === true && typeof seq === 'number' && isJsonObject(value))
    return { ok: true, seq, value: privacy.open(value) };
  const kind = isJsonObject(refused) ? textOf(refused, 'kind') : null;
  const details = isJsonObject(refused) ? refused['details'] : undefined;
  return refusal(details === undefined ? { kind: kind ?? 'unknown' } : { kind: kind ?? 'unknown', details });
};

export const createInbox = (deps: InboxDeps): Inbox => {
  const { clock, ids, log, secrets, privacy, worker, features, roleOf, isResponsible } = deps;
  const handlers = new Map(features.flatMap(({ commands }) => Object.entries(commands)));
  const preparing = createPreparing(deps);
  let queue: Promise<unknown> = Promise.resolve();

  /** What no seat sends by itself: a text that looks sealed, or a command older than the answers that are kept, which may have been done already. */
  const contentRefusal = (work: Work, command: Command): Refusal | null => {
    if (looksSealed({ ...command })) return { kind: 'invalid' };
    return work.nowMs - command.occurredAt > KEEP_ANSWERS_MS ? refusalOf('tooOld') : null;
  };

  /** Who may do what; the station itself may do everything. Throws `Refused`. */
  const authorise = (work: Work, actor: string | null, { type }: Command): void => {
    if (actor === 'station') return;
    const who = {
      role: roleOf(work.read, actor),
      seatKind: deps.kindOfSeat(work.read, work.origin.seat),
      isResponsible: isResponsible(work.read, actor),
    };
    const allowed = mayDo(commandContracts[type].right, who);
    if (!allowed.ok) throw new Refused(actor === null ? refusalOf('notSignedIn') : allowed.error);
  };

  const runCommand = (scope: CommandScope, command: Command): JsonObject => {
    const handler = handlers.get(command.type);
    if (handler === undefined) throw new Refused(refusalOf('notFound', { kind: command.type }));
    // The contract has decoded it, and this feature named it.
    return handler(scope, command as never);
  };

  const scopeOf = (
    work: Work,
    actor: string,
    command: Command,
    arrivedAtMs: number,
    prepared: Prepared,
  ): CommandScope => ({
    work,
    actor,
    postId: deps.postOfSeat(work.read, work.origin.seat),
    commandId: command.id,
    givenAtMs: Math.min(command.occurredAt, arrivedAtMs),
    ids,
    privacy,
    secrets,
    prepared,
    openItems: () => deps.openItems(work.read),
  });

  /** One transaction: everything the command does, and its answer. */
  const run = (giver: Giver, command: Command, arrivedAtMs: number, prepared: Prepared | null): Answer => {
    const actor = giver.actor();
    const by = actor ?? 'station';
    const origin = { actor: by, seat: giver.seat, commandId: command.id, occurredAt: command.occurredAt };
    const store = (work: CoreWork, fingerprint: string, answer: JsonObject): void =>
      work.tx.storeAnswer({ commandId: command.id, fingerprint, answer, storedAt: work.nowMs });
    try {
      return worker.commit(origin, (work) => {
        const fingerprint = fingerprintOf(work, ids, privacy, by, command);
        const known = work.tx.answer(command.id);
        if (known !== null) {
          return known.fingerprint === fingerprint
            ? storedToAnswer(known.answer, privacy)
            : refusal(refusalOf('idReused'));
        }
        authorise(work, actor, command);
        const isMotion = commandContracts[command.type].motion === true;
        const dead = isMotion && work.nowMs - Math.min(command.occurredAt, arrivedAtMs) > MOTION_LIFETIME_MS;
        const refused = dead
          ? refusalOf('expired')
          : (contentRefusal(work, command) ?? preparing.refusal(actor, command));
        if (refused !== null) throw new Refused(refused);
        // Allowed only since it arrived: to be asked again.
        if (prepared === null)
          throw new Refused(
            commandContracts[command.type].founding === true ? refusalOf('notEmpty') : { kind: 'notAllowed' },
          );
        const value = runCommand(scopeOf(work, by, command, arrivedAtMs, prepared), command);
        const answer = { ok: true, seq: work.tx.lastSeq(), value } as const;
        store(work, fingerprint, answer);
        return { ...answer, value: privacy.open(value) };
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return keepRefusal(giver, command, error.refusal, origin);
    }
  };

  /** The deed was taken back; that it was refused is kept, so that asking again gives the same answer. A right can be given meanwhile. */
  const keepRefusal = (giver: Giver, command: Command, refused: Refusal, origin: Origin): Answer => {
    if (['notSignedIn', 'notAllowed', 'notResponsible', 'notAtThisSeat'].includes(refused.kind))
      return refusal(refused);
    const kept: JsonObject = { ok: false, refusal: { ...refused } };
    worker.commit(origin, (work) => {
      const fingerprint = fingerprintOf(work, ids, privacy, giver.actor() ?? 'station', command);
      work.tx.storeAnswer({ commandId: command.id, fingerprint, answer: kept, storedAt: work.nowMs });
    });
    return refusal(refused);
  };

  const answerFor = (error: unknown): Answer => {
    if (error instanceof JournalError) return refusal(refusalOf('storageFailed', { fault: error.fault.kind }));
    if (error instanceof SubjectForgottenError) return refusal(refusalOf('alreadyForgotten'));
    log.error('a command broke', { problem: error instanceof Error ? error.message : 'unknown' });
    throw error;
  };

  return {
    ...createAnswerPruning({ clock, log, worker }),
    give: (giver, command) => {
      const arrivedAtMs = Math.floor(clock.nowMs());
      // Slow hashing begins at once; the deed waits for its turn.
      const prepared = preparing.prepare(giver.actor(), giver.seat, command);
      prepared.catch(() => undefined);
      const answer = queue.then(async () => {
        try {
          let ready = await prepared;
          while (ready !== null && preparing.isOutrun(command, ready))
            ready = await preparing.prepare(giver.actor(), giver.seat, command);
          return run(giver, command, arrivedAtMs, ready);
        } catch (error) {
          return answerFor(error);
        }
      });
      queue = answer.catch(() => undefined);
      return answer;
    },
  };
};
