import { parseStreamAddress, type StreamAddress } from '../../electron/contract/kernel/stream-address.ts';
import { err, ok } from '../../electron/domain/kernel/result.ts';
import type { AccessUnit } from './access-unit-builder.ts';
import { createAuthenticator, type Authenticator, type PlainPolicy } from './authenticator.ts';
import { openConnection, type Connection } from './connection.ts';
import { ask, begin, type Step } from './dialogue.ts';
import { learnPace, learnSilence, newDeviceHabits, type DeviceHabits } from './device-habits.ts';
import { fault, faultOfDefect, type RtspFault } from './fault.ts';
import { startKeepAlive } from './keep-alive.ts';
import type { PictureFormat } from './picture-format.ts';
import { createRtpReceiver, type ReceiverStats, type RtpReceiver } from './rtp-receiver.ts';
import type { Cancel, Clock } from '../../electron/domain/kernel/clock.ts';

const MAX_REDIRECTS = 5;
export interface RtspSessionOptions {
  /** `rtsp://` or `rtsps://`. Credentials in it are used when `username` is null, and never sent or repeated as part of it. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly clock: Clock;
  /** How long connecting, and each answer, may take (ms); what was learnt of the camera where nothing is said. */
  readonly answerMs?: number;
  /** Learned about the camera; changed in place. */
  readonly habits?: DeviceHabits;
  /** What a manager allows this camera, less safe than what is done otherwise. */
  readonly allows?: Allowances;
  /** Something was thrown while this camera was served; the session is over and nothing else. */
  readonly onDefect?: (error: unknown) => void;
  /** Before the first picture, and whenever codec or size change. */
  readonly onFormat: (format: PictureFormat) => void;
  readonly onAccessUnit: (unit: AccessUnit) => void;
  /** Once, when the session is over for another reason than `close`. */
  readonly onEnd: (fault: RtspFault) => void;
}

/** One attempt to play one stream; it is not repeated here. */
export interface RtspSession {
  readonly stats: () => ReceiverStats;
  /** PLAY was answered: from now on silence means that no pictures come. */
  readonly isPlaying: () => boolean;
  /** What the camera has left unanswered until now, or `null`. */
  readonly silence: () => RtspFault | null;
  readonly close: () => void;
}

/** What a manager may allow one camera although it is less safe. */
export interface Allowances {
  /** TLS before version 1.2, and short keys. */
  readonly oldTls: boolean;
  /** The password in the clear (Basic), from a camera that asked for it in a safe way before. */
  readonly plainPassword: boolean;
}

const noAllowances: Allowances = { oldTls: false, plainPassword: false };

const nothing: ReceiverStats = {
  packets: 0,
  bytes: 0,
  lost: 0,
  repeated: 0,
  malformed: 0,
  dropped: 0,
  droppedKeys: 0,
  sealed: 0,
};

/** An account is never given to another host than its own: whoever reads why nothing is shown learns that it was kept back. */
const ledAway = (reason: RtspFault): RtspFault =>
  reason.kind === 'credentials'
    ? fault(
        'credentials',
        'The camera sent this side to another host, which asks for a name and a password; they were not given to it.',
      )
    : reason;

/** Signs in with the account that was entered for the camera, or with nothing where its host is not to be trusted with that. */
const authenticatorFor = (
  options: RtspSessionOptions,
  given: StreamAddress,
  isTrusted: boolean,
  plain: PlainPolicy,
): Authenticator => {
  const username = options.username ?? given.username;
  const password = options.username === null ? given.password : options.password;
  return createAuthenticator(isTrusted ? username : null, password, plain);
};

/** Connects to a camera and plays its picture track over the same TCP connection (RFC 2326 section 10.12). */
export const createRtspSession = (options: RtspSessionOptions): RtspSession => {
  const { clock } = options;
  const habits = options.habits ?? newDeviceHabits();
  const allows = options.allows ?? noAllowances;
  let isPlaying = false;
  let isOver = false;
  let connection: Connection | null = null;
  let receiver: RtpReceiver | null = null;
  let stopKeepAlive: Cancel | null = null;
  let farewell: { readonly method: string; readonly uri: string; readonly headers: readonly string[] } | null = null;

  const stop = (): void => {
    isOver = true;
    stopKeepAlive?.();
    connection?.close(farewell ?? undefined);
    connection = null;
  };
  const end = (reason: RtspFault): void => {
    if (isOver) return;
    stop();
    if (reason.kind === 'silent' && !isPlaying) learnSilence(habits);
    options.onEnd(reason);
  };
  const defect = (error: unknown): void => {
    options.onDefect?.(error);
    end(faultOfDefect());
  };

  const guarded = (call: () => void) => (): void => {
    try {
      call();
    } catch (error) {
      defect(error);
    }
  };

  /** Sets the track up and plays it; on success pictures flow until the connection ends. */
  const play = async (wire: Connection, auth: Authenticator, target: StreamAddress): Promise<Step<null>> => {
    const begun = await begin(wire, auth, target, habits, (track) => {
      receiver = createRtpReceiver(
        track,
        {
          onFormat: options.onFormat,
          onAccessUnit: options.onAccessUnit,
          onTooLarge: () => end(fault('unsupported', 'The camera announces pictures larger than 8192 x 4352.')),
        },
        clock.nowMs,
        { habits, after: (delayMs, call) => clock.after(delayMs, guarded(call)) },
      );
    });
    if (!begun.ok) return begun;
    const { aggregate, headers, timeoutSeconds } = begun.value;
    if (isOver) return ok(null);
    isPlaying = true;
    learnPace(habits, wire.slowestMs());
    const signed = (method: string): readonly string[] => {
      const authorization = auth.authorization(method, aggregate);
      return authorization === null ? headers : [...headers, `Authorization: ${authorization}`];
    };
    farewell = { method: 'TEARDOWN', uri: aggregate, headers: signed('TEARDOWN') };
    stopKeepAlive = startKeepAlive({
      clock,
      habits,
      timeoutSeconds,
      request: async (method) => {
        const answer = await ask(wire, auth, method, aggregate, headers);
        if (answer.ok) return answer;
        return err(answer.error.kind === 'redirect' ? fault('closed', 'The camera moved its stream.') : answer.error);
      },
      onForgotten: end,
      onDefect: defect,
    });
    return ok(null);
  };

  const connect = async (): Promise<void> => {
    const given = parseStreamAddress(options.url);
    if (!given.ok) {
      end(fault('noSuchStream', 'The address is not an rtsp:// address.'));
      return;
    }
    let isLedAway = false;
    let target = given.value;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      // An account is given only to the host it was entered for, and never over a link less safe than that one.
      const isTrusted =
        target.host.toLowerCase() === given.value.host.toLowerCase() && (target.secure || !given.value.secure);
      isLedAway ||= !isTrusted;
      const auth = authenticatorFor(options, given.value, isTrusted, { habits, allowsPlain: allows.plainPassword });
      const wire = openConnection({
        target,
        clock,
        answerMs: options.answerMs ?? habits.patienceMs,
        habits,
        allowsOldTls: allows.oldTls,
        // The payload type decides, not the channel: some recorders number their channels anew, or swap them.
        onPacket: (_channel, buffer, start, stopAt) => receiver?.packet(buffer, start, stopAt),
        onDefect: (error) => options.onDefect?.(error),
        onEnd: end,
      });
      connection = wire;
      const outcome = await play(wire, auth, target);
      if (isOver || outcome.ok) return;
      if (!('location' in outcome.error)) {
        end(isLedAway ? ledAway(outcome.error) : outcome.error);
        return;
      }
      wire.close();
      const next = parseStreamAddress(outcome.error.location);
      if (!next.ok) {
        end(fault('protocol', 'The camera sent this side to an address that is none.'));
        return;
      }
      target = next.value;
    }
    end(fault('protocol', 'The camera sends this side round in circles.'));
  };

  queueMicrotask(() => {
    if (!isOver) connect().catch(defect);
  });
  return {
    stats: () => receiver?.stats() ?? nothing,
    isPlaying: () => isPlaying,
    silence: () => connection?.silence() ?? null,
    close: stop,
  };
};
