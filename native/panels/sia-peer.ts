import type { Socket } from 'node:net';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import { encodeSiaAnswer } from './sia-frame.ts';
import { createSiaFramer, type FramedItem } from './sia-framer.ts';
import type { Intake, SiaIntake } from './sia-intake.ts';

/** A connection that has not finished a frame for this long is closed (a fresh one, or one that drips). */
const unfinishedLimitMs = 30_000;
/** A connection that delivered and then rests is kept this long: panels with a standing line poll every few minutes. */
const restLimitMs = 15 * 60_000;
/** Answers that a peer does not read, in bytes, before it is cut off. */
const unreadAnswersLimit = 64 * 1024;
/** A connection that has never reported for an account that is set up may send so many messages; then it is closed. */
const strangeMessagesLimit = 5;

/** One connection. */
export interface Peer {
  readonly socket: Socket;
  /** Its address. */
  readonly source: string;
  lastMonotonicMs: number;
  /** The account it has reported for and no other; null before the first and after a second one. */
  account: string | null;
  /** It has reported for an account that is set up. */
  known: boolean;
}

export interface PeerDeps {
  readonly intake: SiaIntake;
  readonly clock: Clock;
  readonly log: Log;
  /** Hears how each message was taken. */
  readonly onTaken: (source: string, taken: Intake) => void;
}

/** Reads one connection: frames in, answers out in their order. Whoever does not begin with a frame is cut off. */
export const servePeer = (peer: Peer, { intake, clock, log, onTaken }: PeerDeps): void => {
  const { socket } = peer;
  const framer = createSiaFramer();
  const waiting: FramedItem[] = [];
  let held = false;
  let strange = 0;
  let lowFirst = false;
  let delivered = false;
  let limitSinceMs = clock.monotonicMs();
  let cancel = (): void => undefined;
  let cancelAnswer = (): void => undefined;

  const watch = (): void => {
    const limit = delivered && !framer.unfinished() ? restLimitMs : unfinishedLimitMs;
    const left = limitSinceMs + limit - clock.monotonicMs();
    if (left <= 0) socket.destroy();
    else cancel = clock.after(left, watch);
  };
  const cutOff = (detail: string): void => {
    intake.unrecognised(detail);
    socket.destroy();
  };
  const answer = ({ answer, frame }: Intake): void => {
    lowFirst ||= frame?.checksum === 'lowFirst';
    // A checksum of two equal bytes does not tell which of them is the first: the ones before it did.
    const echoed =
      frame !== null && frame.checksum === 'highFirst' && lowFirst
        ? { ...frame, checksum: 'lowFirst' as const }
        : frame;
    if (socket.writable) socket.write(encodeSiaAnswer(answer, echoed, clock.nowMs()));
    if (!peer.known && strange >= strangeMessagesLimit) socket.end();
  };
  /** What was reported is reported already: only the answer waits, and what comes behind it on this connection. */
  const answerLater = (taken: Intake, delayMs: number): void => {
    held = true;
    socket.pause();
    cancelAnswer = clock.after(delayMs, () => {
      held = false;
      answer(taken);
      socket.resume();
      drain();
    });
  };
  const take = (bytes: Uint8Array): void => {
    const trusted = peer.known;
    const taken = intake.take(bytes, { source: peer.source, account: peer.account });
    limitSinceMs = clock.monotonicMs();
    onTaken(peer.source, taken);
    if (taken.account === null) strange += 1;
    else {
      delivered = true;
      peer.account = !peer.known || peer.account === taken.account ? taken.account : null;
      peer.known = true;
    }
    const delayMs = trusted ? 0 : intake.waitMs(peer.source);
    if (delayMs > 0) answerLater(taken, delayMs);
    else answer(taken);
  };
  const drain = (): void => {
    const next = (): FramedItem | undefined => (held || !socket.writable ? undefined : waiting.shift());
    for (let item = next(); item !== undefined; item = next()) {
      if (item.kind === 'frame') take(item.bytes);
      else if (item.kind === 'overflow') cutOff('a frame of more than 4096 bytes');
      else cutOff(`what begins is no frame: ${item.looksLike}`);
    }
  };

  watch();
  socket.on('data', (chunk) => {
    const before = framer.unfinished();
    peer.lastMonotonicMs = clock.monotonicMs();
    waiting.push(...framer.push(chunk));
    drain();
    // The clock of an unfinished frame starts with its first byte and is not set back by the next ones.
    if (!before && framer.unfinished()) limitSinceMs = clock.monotonicMs();
    cancel();
    if (socket.destroyed) return;
    if (socket.writableLength > unreadAnswersLimit) socket.destroy();
    else watch();
  });
  socket.on('error', (error) =>
    log.info('panel connection failed', { code: 'code' in error ? String(error.code) : error.name }),
  );
  socket.on('close', () => {
    cancel();
    cancelAnswer();
  });
};
