/**
 * Commands come in here, decoded, one after the other. Who may do what is decided inside the transaction, so that it holds at the moment of
 * the deed. The answer is given after the commit and never before.
 */
import { MOTION_LIFETIME_MS, type Answer, type Command } from '../contract/commands.schema.ts';
import { mayDo, type Role } from '../domain/access/access.rules.ts';
import type { JsonObject } from '../domain/kernel/json.ts';
import type { Refusal } from '../domain/kernel/machine.ts';
import { hours } from '../domain/kernel/time.ts';
import { refusesPin } from '../domain/people/pin.rules.ts';
import { nothingPrepared, refusalOf, Refused, type CommandScope, type Prepared } from './commands/handler.ts';
import { runCommand } from './commands/run-command.ts';
import { isJsonObject, objectOf, textOf } from './docs.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Clock, Ids, Log, PinHasher } from './ports/clock.port.ts';
import { JournalError, type Journal, type JournalReader } from './ports/journal.port.ts';
import { SubjectForgottenError, type Secrets } from './ports/vault.port.ts';
import { looksSealed, type Privacy } from './privacy.ts';
import { POST_ID } from './projections/log.projection.ts';
import { makeRecoveryCode, normaliseRecoveryCode } from './recovery-code.ts';
import type { Work, Worker } from './work.ts';

/** Answers are kept this long; a command that is asked again later is refused, not done a second time. */
export const KEEP_ANSWERS_MS = 7 * hours(24);

/** Who gives the command; asked for anew inside the queue, since a session may have ended meanwhile. */
interface Giver {
  /** A person's id, `station`, or `null` where nobody is signed in. */
  readonly actor: () => string | null;
  readonly seat: string | null;
}

export interface Inbox {
  /** Does the command and answers it. Never rejects for what can be expected: refusals are answers. */
  readonly give: (giver: Giver, command: Command) => Promise<Answer>;
}

export interface InboxDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly pins: PinHasher;
  readonly secrets: Secrets;
  readonly privacy: Privacy;
  readonly worker: Worker;
}

const refusal = (why: Refusal): Answer => ({ ok: false, refusal: why });

const isMotion = (command: Command): boolean => command.type === 'openBarrier' || command.type === 'closeBarrier';

/** The role a person has at this moment; `nobody` for a stranger and for somebody who may no longer be here. */
export const roleOf = (reader: Pick<JournalReader, 'row'>, personId: string | null): Role => {
  const person = personId === null ? null : reader.row('people', personId);
  const role = person?.['active'] === true ? person['role'] : null;
  return role === 'volunteer' || role === 'guard' || role === 'manager' ? role : 'nobody';
};

/** Whether this person is responsible for the post now. */
const isResponsible = (reader: Pick<JournalReader, 'row'>, personId: string | null): boolean =>
  personId !== null && textOf(objectOf(reader.row('shift', POST_ID), 'responsible'), 'personId') === personId;

const storedToAnswer = (stored: JsonObject, privacy: Privacy): Answer => {
  const { ok, seq, value, refusal: refused } = stored;
  if (ok === true && typeof seq === 'number' && isJsonObject(value))
    return { ok: true, seq, value: privacy.open(value) };
  const kind = isJsonObject(refused) ? textOf(refused, 'kind') : null;
  const details = isJsonObject(refused) ? refused['details'] : undefined;
  return refusal(details === undefined ? { kind: kind ?? 'unknown' } : { kind: kind ?? 'unknown', details });
};

export const createInbox = (deps: InboxDeps): Inbox => {
  const { journal, clock, ids, log, pins, secrets, privacy, worker } = deps;
  let queue: Promise<unknown> = Promise.resolve();

  const storedCipher = (personId: string | null): string | null =>
    personId === null ? null : textOf(journal.row('personSecrets', personId), 'pinCipher');

  const preparePin = async (personId: string | null, pin: string | null): Promise<Prepared> => {
    if (pin === null) return nothingPrepared;
    const cipher = storedCipher(personId);
    const stored = cipher === null ? null : secrets.decrypt(cipher);
    if (stored !== null && (await pins.verify(pin, stored))) return { ...nothingPrepared, comparedWith: cipher };
    return { ...nothingPrepared, pinCipher: secrets.encrypt(await pins.hash(pin)) };
  };

  /** A command before this one has changed the PIN that this one's was found equal to. */
  const isOutrun = (command: Command, { comparedWith }: Prepared): boolean =>
    command.type === 'addPerson' && comparedWith !== null && storedCipher(command.personId) !== comparedWith;

  /** Hashing is slow on purpose, so nobody gets it done who could not use it. This does not decide: the queue does. */
  const mayUseHash = (actor: string | null, command: Command): boolean =>
    command.type === 'establishCommunity'
      ? journal.row('community', 'community') === null
      : actor === 'station' || mayDo(command.type, { role: roleOf(journal, actor), isResponsible: false }).ok;

  /** Slow work, before the transaction; `null` where it was not done. */
  const prepare = async (actor: string | null, command: Command): Promise<Prepared | null> => {
    if (command.type !== 'addPerson' && command.type !== 'establishCommunity') return nothingPrepared;
    if (!mayUseHash(actor, command)) return null;
    if (command.type === 'addPerson') return preparePin(command.personId, command.pin);
    const code = makeRecoveryCode(ids.hash(ids.token()));
    return {
      ...nothingPrepared,
      pinCipher: secrets.encrypt(await pins.hash(command.pin)),
      recovery: { code, hash: await pins.hash(normaliseRecoveryCode(code)) },
    };
  };

  /** What no seat sends by itself: a text that looks sealed, or a command older than the answers that are kept, which may have been done already. */
  const contentRefusal = (work: Work, command: Command): Refusal | null => {
    if (looksSealed({ ...command })) return { kind: 'invalid' };
    return work.nowMs - command.occurredAt > KEEP_ANSWERS_MS ? refusalOf('tooOld') : null;
  };

  const pinRefusal = (actor: string | null, command: Command): Refusal | null => {
    const pin = command.type === 'addPerson' || command.type === 'establishCommunity' ? command.pin : null;
    return pin === null || actor === 'station' ? null : refusesPin(pin);
  };

  /** Who may do what; the station itself may do everything. Throws `Refused`. */
  const authorise = (work: Work, actor: string | null, command: Command): void => {
    if (actor === 'station') return;
    const allowed = mayDo(command.type, { role: roleOf(work.tx, actor), isResponsible: isResponsible(work.tx, actor) });
    if (!allowed.ok) throw new Refused(actor === null ? refusalOf('notSignedIn') : allowed.error);
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
    commandId: command.id,
    givenAtMs: Math.min(command.occurredAt, arrivedAtMs),
    ids,
    privacy,
    secrets,
    prepared,
  });

  /** One transaction: everything the command does, and its answer. */
  const run = (giver: Giver, command: Command, arrivedAtMs: number, prepared: Prepared | null): Answer => {
    const actor = giver.actor();
    const by = actor ?? 'station';
    const origin = { actor: by, seat: giver.seat, commandId: command.id, occurredAt: command.occurredAt };
    const store = (work: Work, fingerprint: string, answer: JsonObject): void =>
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
        const dead = isMotion(command) && work.nowMs - Math.min(command.occurredAt, arrivedAtMs) > MOTION_LIFETIME_MS;
        const refused = dead ? refusalOf('expired') : (contentRefusal(work, command) ?? pinRefusal(actor, command));
        if (refused !== null) throw new Refused(refused);
        // Allowed only since it arrived: to be asked again.
        if (prepared === null)
          throw new Refused(command.type === 'establishCommunity' ? refusalOf('notEmpty') : { kind: 'notAllowed' });
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
  const keepRefusal = (
    giver: Giver,
    command: Command,
    refused: Refusal,
    origin: Parameters<Worker['commit']>[0],
  ): Answer => {
    if (['notSignedIn', 'notAllowed', 'notResponsible'].includes(refused.kind)) return refusal(refused);
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
    give: (giver, command) => {
      const arrivedAtMs = Math.floor(clock.nowMs());
      // Slow hashing begins at once; the deed waits for its turn.
      const prepared = prepare(giver.actor(), command);
      prepared.catch(() => undefined);
      const answer = queue.then(async () => {
        try {
          let ready = await prepared;
          while (ready !== null && isOutrun(command, ready)) ready = await prepare(giver.actor(), command);
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
