import { parseStreamAddress, type StreamAddress } from '../../electron/contract/kernel/stream-address.ts';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { AccessUnit } from './access-unit-builder.ts';
import { createAuthenticator, type Authenticator } from './authenticator.ts';
import { openConnection, type Connection } from './connection.ts';
import { learnPace, learnSilence, newDeviceHabits, type DeviceHabits } from './device-habits.ts';
import { fault, faultOfDefect, faultOfStatus, type RtspFault } from './fault.ts';
import { parseSession, startKeepAlive } from './keep-alive.ts';
import type { PictureFormat } from './picture-format.ts';
import { createRtpReceiver, type ReceiverStats, type RtpReceiver } from './rtp-receiver.ts';
import { fromBytes } from '../kit/header-text.ts';
import { header, type RtspMessage } from './rtsp-message.ts';
import { appendControl, resolveControl } from './rtsp-url.ts';
import { parseSdp, type SdpError, type SessionDescription, type VideoTrack } from './sdp.ts';
import type { Cancel, Clock } from '../../electron/domain/kernel/clock.ts';

const MAX_REDIRECTS = 5;
/** First refusal, answer, and one renegotiation of an old nonce. */
const MAX_ATTEMPTS = 3;

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

type Step<T> = Result<T, RtspFault | { readonly kind: 'redirect'; readonly location: string }>;

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

const faultOfSdp = (error: SdpError): RtspFault => {
  if (error.kind === 'codec') {
    const name = error.name.replaceAll(/[^a-z0-9-]/g, '').slice(0, 24);
    return fault(
      'unsupported',
      `The camera sends pictures in a form that is not understood (${name}); H.264 or H.265 is needed.`,
    );
  }
  if (error.kind === 'encrypted')
    return fault(
      'sealed',
      'The camera encrypts its pictures (SRTP) in a way that is not known here; switch SRTP off on the camera, or use its address without it.',
    );
  if (error.kind === 'noVideo') return fault('unsupported', 'The camera offers no pictures under this address.');
  return fault(
    'protocol',
    error.kind === 'empty' ? 'The camera described no stream.' : 'The camera sent a description that is too long.',
  );
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

  /** One exchange, with credentials as far as the camera asks for them. */
  const ask = async (
    wire: Connection,
    auth: Authenticator,
    method: string,
    uri: string,
    headers: readonly string[],
  ): Promise<Step<RtspMessage>> => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const authorization = auth.authorization(method, uri);
      const lines = authorization === null ? headers : [...headers, `Authorization: ${authorization}`];
      const answer = await wire.exchange(method, uri, lines);
      if (!answer.ok) return answer;
      const status = answer.value.status ?? 0;
      if (status !== 401) {
        auth.accepted();
        const location = status >= 300 && status < 400 ? header(answer.value, 'location') : null;
        return location === null ? ok(answer.value) : err({ kind: 'redirect', location: fromBytes(location) });
      }
      const outcome = auth.challenged(answer.value.headers.get('www-authenticate') ?? []);
      if (outcome === 'noCredentials')
        return err(fault('credentials', 'The camera asks for a user name and a password.'));
      if (outcome === 'plainOnly')
        return err(
          fault(
            'plainPassword',
            'The camera used to ask for the password in a safe way and now wants it in the clear; it was not sent. A manager can allow it for this camera.',
          ),
        );
      if (outcome === 'rejected') return err(fault('credentials', 'The camera refused the user name or the password.'));
      if (outcome === 'unsupported')
        return err(fault('credentials', 'The camera asks for a way of signing in that is not known.'));
    }
    return err(fault('credentials', 'The camera refused the user name or the password.'));
  };

  const learnKeepAlive = (answer: RtspMessage): void => {
    if (habits.keepAlive !== null || answer.status !== 200) return;
    const offered = (header(answer, 'public') ?? '')
      .toUpperCase()
      .split(',')
      .map((one) => one.trim());
    habits.keepAlive = offered.includes('GET_PARAMETER') ? 'GET_PARAMETER' : 'OPTIONS';
  };

  const describe = async (
    wire: Connection,
    auth: Authenticator,
    target: StreamAddress,
  ): Promise<Step<{ readonly description: SessionDescription; readonly base: string }>> => {
    const answer = await ask(wire, auth, 'DESCRIBE', target.url, ['Accept: application/sdp']);
    if (!answer.ok) return answer;
    if (answer.value.status !== 200) return err(faultOfStatus('DESCRIBE', answer.value.status ?? 0));
    const description = parseSdp(answer.value.body.toString('utf8'));
    if (!description.ok) return err(faultOfSdp(description.error));
    const given = [header(answer.value, 'content-base'), header(answer.value, 'content-location')]
      .map((one) => parseStreamAddress(fromBytes(one ?? '')))
      .find((one) => one.ok);
    return ok({ description: description.value, base: given?.ok === true ? given.value.url : target.url });
  };

  /**
   * Sets the track up. Some cameras know their track only by its address appended to the base, as other players have it, and some
   * that describe a protected track serve it only when it is asked for as a plain one.
   */
  const setUp = async (
    wire: Connection,
    auth: Authenticator,
    track: VideoTrack,
    aggregate: string,
  ): Promise<Step<RtspMessage>> => {
    const resolved = resolveControl(aggregate, track.control);
    const appended = appendControl(aggregate, track.control);
    const usual = 'RTP/AVP/TCP';
    const profile = track.isSecureProfile ? 'RTP/SAVP/TCP' : usual;
    const tries: readonly (readonly [address: string, profile: string, after: (status: number) => boolean])[] = [
      [resolved, profile, () => true],
      [resolved, usual, (status) => profile !== usual && status >= 400],
      [appended, usual, (status) => appended !== resolved && (status === 404 || status === 400)],
    ];
    let last: Step<RtspMessage> = err(fault('protocol', 'The camera could not be asked for its track.'));
    let status = 0;
    for (const [address, transport, isDue] of tries) {
      if (!isDue(status)) continue;
      last = await ask(wire, auth, 'SETUP', address, [`Transport: ${transport};unicast;interleaved=0-1`]);
      status = last.ok ? (last.value.status ?? 0) : 0;
      if (!last.ok || status === 200) return last;
    }
    return last;
  };

  /** Sets the track up and plays it; on success pictures flow until the connection ends. */
  const play = async (wire: Connection, auth: Authenticator, target: StreamAddress): Promise<Step<null>> => {
    const offered = await ask(wire, auth, 'OPTIONS', target.url, []);
    if (!offered.ok) return offered;
    learnKeepAlive(offered.value);
    const described = await describe(wire, auth, target);
    if (!described.ok) return described;
    const { description, base } = described.value;
    const track = description.video;
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
    const aggregate = resolveControl(base, description.control);
    const setup = await setUp(wire, auth, track, aggregate);
    if (!setup.ok) return setup;
    if (setup.value.status !== 200) return err(faultOfStatus('SETUP', setup.value.status ?? 0));
    const transport = header(setup.value, 'transport') ?? '';
    if (/^RTP\/S?AVP(;|\/UDP|$)/i.test(transport) && !/interleaved/i.test(transport))
      return err(fault('unsupported', 'The camera sends pictures over UDP only.'));
    const channels = /interleaved\s*=\s*(\d{1,3})(?:\s*-\s*(\d{1,3}))?/i.exec(transport);
    const first = Number(channels?.[1] ?? 0);
    wire.expect([first, Number(channels?.[2] ?? first + 1)], track.payloadType);
    const session = parseSession(header(setup.value, 'session') ?? '');
    const headers = session.id === '' ? [] : [`Session: ${session.id}`];
    const started = await ask(wire, auth, 'PLAY', aggregate, [...headers, 'Range: npt=0.000-']);
    if (!started.ok) return started;
    if (started.value.status !== 200) return err(faultOfStatus('PLAY', started.value.status ?? 0));
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
      timeoutSeconds: session.timeoutSeconds,
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
      const auth = createAuthenticator(
        isTrusted ? (options.username ?? given.value.username) : null,
        options.username === null ? given.value.password : options.password,
        { habits, allowsPlain: allows.plainPassword },
      );
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
      if (isOver) return;
      if (outcome.ok) return;
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
