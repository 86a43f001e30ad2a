/** Who is signed in where: PINs with a growing delay, stored sessions, the recovery code. */
import type { SessionView } from '../../contract/messages.schema.ts';
import { err, ok, type Result } from '../../domain/kernel/result.ts';
import type { Refusal } from '../../domain/kernel/machine.ts';
import { refusesPin } from '../../domain/people/pin.rules.ts';
import { refusalOf } from '../core/handler.ts';
import type { Session } from '../core/session.ts';
import type { Worker } from '../core/work.ts';
import { holderOf } from '../parts/duty-rows.ts';
import { endSessions } from '../parts/end-sessions.ts';
import { roleOf } from '../parts/people-rows.ts';
import { storedPinCipher } from '../parts/pin-hashing.ts';
import { makeRecoveryCode, normaliseRecoveryCode } from '../parts/recovery-code.ts';
import { personRows, recoveryRows, sessionRows } from '../parts/rows.ts';
import { postOfSeat } from '../parts/seat-rows.ts';
import type { StationDeps } from '../core/station-deps.ts';
import { createPinGuard } from './pin-guard.ts';

/** What the recovery code is tried under. */
const RECOVERY = 'recovery';

export interface Sessions {
  /** The session of this token, or `null` when it has ended. */
  readonly resume: (token: string) => Session | null;
  /** The role this session has now, or `null` when it has ended. */
  readonly view: (session: Session) => SessionView | null;
  /** Refusals: `wrongPin`, `tooManyAttempts` with `waitMs`, `storageFailed` is thrown as `JournalError`. */
  readonly signIn: (
    seat: string,
    personId: string,
    pin: string,
  ) => Promise<Result<{ session: Session; token: string }, Refusal>>;
  /** Without a PIN, at a seat that was never used and that somebody's it is. */
  readonly seatGuest: (seat: string, personId: string) => { session: Session; token: string };
  /**
   * Of those who sat here until now, whoever keeps the seat while this one looks something up at it: who is responsible for the seat's post, while a
   * manager who is not sits there. `null`: nobody does.
   */
  readonly lender: (seat: string, before: readonly Session[], guest: Session) => Session | null;
  /** The lender has the seat again, without a PIN: the session goes on under another token. */
  readonly giveBack: (seat: string, lender: Session) => { session: Session; token: string };
  /** Every session that was begun at this seat and goes on, whether a window has it now or not. */
  readonly at: (seat: string) => readonly Session[];
  /** Ends it. `replacedBy`: who signed in where this one was, who then did not sign out; `null` where they did. */
  readonly signOut: (seat: string, session: Session, replacedBy: string | null) => void;
  /**
   * Another PIN for oneself, by whoever knows the old one; one's sessions at other seats end. Refusals: as for `signIn`, `pinTrivial`,
   * `pinFormat`, `notSignedIn`.
   */
  readonly changePin: (
    seat: string,
    session: Session,
    oldPin: string,
    newPin: string,
  ) => Promise<Result<Record<string, never>, Refusal>>;
  /** A new PIN for the first manager, and the next code. */
  readonly recover: (seat: string, code: string, newPin: string) => Promise<Result<{ recoveryCode: string }, Refusal>>;
}

export interface SessionsDeps extends Pick<StationDeps, 'journal' | 'clock' | 'ids' | 'pins' | 'secrets'> {
  readonly worker: Worker;
}

/** Begins a session, in place of another one of the same person where one is named. */
const opener =
  ({ ids, worker }: Pick<SessionsDeps, 'ids' | 'worker'>) =>
  (
    seat: string,
    personId: string,
    how: 'pin' | 'guest' | 'givenBack',
    replaces?: Session,
  ): { session: Session; token: string } => {
    const token = ids.token();
    const tokenHash = ids.hash(token);
    worker.commit({ actor: personId, seat, commandId: null, occurredAt: null }, (work) => {
      work.saveSession({ tokenHash, seatId: seat, personId, createdAt: work.nowMs });
      work.record({ type: 'v1.SignedIn', kind: 'session', entityId: personId, body: { how, sessionHash: tokenHash } });
      if (replaces === undefined) return;
      work.removeSession(replaces.tokenHash);
      const body = { sessionHashes: [replaces.tokenHash] };
      work.record({ type: 'v1.SessionsEnded', kind: 'session', entityId: personId, body });
    });
    return { session: { personId, tokenHash }, token };
  };

export const createSessions = ({ journal, clock, ids, pins, secrets, worker }: SessionsDeps): Sessions => {
  const guard = createPinGuard({ journal, clock, ids, worker });

  const tooMany = (waitMs: number) => err(refusalOf('tooManyAttempts', { waitMs }));

  const open = opener({ ids, worker });

  const storedPin = (personId: string): string | null => {
    const cipher = storedPinCipher(journal, personId);
    return cipher === null ? null : secrets.decrypt(cipher);
  };

  return {
    resume: (token) => {
      const stored = journal.session(ids.hash(token));
      if (stored === null || roleOf(journal, stored.personId) === 'nobody') return null;
      return { personId: stored.personId, tokenHash: stored.tokenHash };
    },
    view: ({ personId, tokenHash }) => {
      const role = roleOf(journal, personId);
      return role === 'nobody' || journal.session(tokenHash) === null ? null : { personId, role };
    },
    signIn: async (seat, personId, pin) => {
      const waitMs = guard.begin(seat, personId);
      if (waitMs > 0) return tooMany(waitMs);
      if (personRows.get(journal, personId) === null) {
        guard.wrong(seat, null);
        return err(refusalOf('wrongPin'));
      }
      const stored = storedPin(personId);
      const right = stored !== null && (await pins.verify(pin, stored));
      if (!right || roleOf(journal, personId) === 'nobody' || storedPin(personId) !== stored) {
        guard.wrong(seat, personId);
        return err(refusalOf('wrongPin'));
      }
      guard.right(seat, personId);
      return ok(open(seat, personId, 'pin'));
    },
    seatGuest: (seat, personId) => open(seat, personId, 'guest'),
    lender: (seat, before, guest) => {
      const responsible = holderOf(journal, postOfSeat(journal, seat))?.personId ?? null;
      if (guest.personId === responsible || roleOf(journal, guest.personId) !== 'manager') return null;
      return before.find(({ personId }) => personId === responsible) ?? null;
    },
    giveBack: (seat, lender) => open(seat, lender.personId, 'givenBack', lender),
    at: (seat) =>
      sessionRows
        .entries(journal)
        .flatMap(([tokenHash, row]) => (row.seat === seat ? [{ tokenHash, personId: row.personId }] : [])),
    signOut: (seat, { personId, tokenHash }, replacedBy) => {
      worker.commit({ actor: replacedBy ?? personId, seat, commandId: null, occurredAt: null }, (work) => {
        work.removeSession(tokenHash);
        if (replacedBy === null) work.record({ type: 'v1.SignedOut', kind: 'session', entityId: personId, body: {} });
        work.record({
          type: 'v1.SessionsEnded',
          kind: 'session',
          entityId: personId,
          body: { sessionHashes: [tokenHash] },
        });
      });
    },
    changePin: async (seat, session, oldPin, newPin) => {
      const { personId, tokenHash } = session;
      const weak = refusesPin(newPin);
      if (weak !== null) return err(weak);
      const waitMs = guard.begin(seat, personId);
      if (waitMs > 0) return tooMany(waitMs);
      const stored = storedPin(personId);
      const right = stored !== null && (await pins.verify(oldPin, stored));
      if (!right) {
        guard.wrong(seat, personId);
        return err(refusalOf('wrongPin'));
      }
      const pinCipher = secrets.encrypt(await pins.hash(newPin));
      // The hashes took their time: a manager may have set another PIN, or the session may have ended.
      if (storedPin(personId) !== stored) return err(refusalOf('wrongPin'));
      const there = roleOf(journal, personId) !== 'nobody' && journal.session(tokenHash) !== null;
      if (!there) return err(refusalOf('notSignedIn'));
      worker.commit({ actor: personId, seat, commandId: null, occurredAt: null }, (work) => {
        work.record({ type: 'v1.PinChanged', kind: 'person', entityId: personId, body: { pinCipher } });
        endSessions({ work }, personId, tokenHash);
      });
      guard.right(seat, personId);
      return ok({});
    },
    recover: async (seat, code, newPin) => {
      const weak = refusesPin(newPin);
      if (weak !== null) return err(weak);
      const waitMs = guard.begin(seat, RECOVERY);
      if (waitMs > 0) return tooMany(waitMs);
      const recovery = recoveryRows.get(journal, 'recovery');
      const personId = recovery?.personId ?? null;
      const hash = recovery?.recoveryHash ?? null;
      const right = personId !== null && hash !== null && (await pins.verify(normaliseRecoveryCode(code), hash));
      const unchanged = (recoveryRows.get(journal, 'recovery')?.recoveryHash ?? null) === hash;
      // The paper with the code does not bring back who may no longer be a manager.
      if (!right || !unchanged || roleOf(journal, personId) !== 'manager') {
        guard.wrong(seat, null);
        return err(refusalOf('wrongCode'));
      }
      const next = makeRecoveryCode(ids.hash(ids.token()));
      const pinCipher = secrets.encrypt(await pins.hash(newPin));
      const recoveryHash = await pins.hash(normaliseRecoveryCode(next));
      // The hashes took their time: a second one with the same code may have been quicker.
      const stillOurs =
        (recoveryRows.get(journal, 'recovery')?.recoveryHash ?? null) === hash &&
        roleOf(journal, personId) === 'manager';
      if (!stillOurs) return err(refusalOf('wrongCode'));
      worker.commit({ actor: personId, seat, commandId: null, occurredAt: null }, (work) => {
        const body = { role: 'manager', active: true, pinCipher, recoveryHash };
        work.record({ type: 'v1.PinRecovered', kind: 'person', entityId: personId, body });
        endSessions({ work }, personId);
      });
      guard.right(seat, RECOVERY);
      guard.right(seat, personId);
      return ok({ recoveryCode: next });
    },
  };
};
