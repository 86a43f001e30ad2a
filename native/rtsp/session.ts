import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { AccessUnit } from './access-unit-builder.ts';
import { createAuthenticator, type Authenticator } from './authenticator.ts';
import { openConnection, type Connection } from './connection.ts';
import { fault, faultOfStatus, type RtspFault } from './fault.ts';
import { newDeviceHabits, parseSession, startKeepAlive, type DeviceHabits } from './keep-alive.ts';
import type { PictureFormat } from './picture-format.ts';
import { createRtpReceiver, type ReceiverStats, type RtpReceiver } from './rtp-receiver.ts';
import { header, type RtspMessage } from './rtsp-message.ts';
import { parseRtspUrl, resolveControl, type RtspTarget } from './rtsp-url.ts';
import { parseSdp, type SdpError, type SessionDescription } from './sdp.ts';
import type { Cancel, Timers } from './timers.ts';

const MAX_REDIRECTS = 5;
/** First refusal, answer, and one renegotiation of an old nonce. */
const MAX_ATTEMPTS = 3;

export interface RtspSessionOptions {
  /** `rtsp://` or `rtsps://`. Credentials in it are used when `username` is null, and never sent or repeated as part of it. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly timers: Timers;
  /** How long connecting, and each answer, may take (ms). */
  readonly answerMs?: number;
  /** Learned about the camera; changed in place. */
  readonly habits?: DeviceHabits;
  /** Before the first picture, and whenever codec or size change. */
  readonly onFormat: (format: PictureFormat) => void;
  readonly onAccessUnit: (unit: AccessUnit) => void;
  /** Once, when the session is over for another reason than `close`. */
  readonly onEnd: (fault: RtspFault) => void;
}

/** One attempt to play one stream; it is not repeated here. */
export interface RtspSession {
  readonly stats: () => ReceiverStats;
  readonly close: () => void;
}

const RTP_HEADER_BYTES = 12;

type Step<T> = Result<T, RtspFault | { readonly kind: 'redirect'; readonly location: string }>;

const nothing: ReceiverStats = { packets: 0, bytes: 0, lost: 0, repeated: 0, malformed: 0, dropped: 0 };

const faultOfSdp = (error: SdpError): RtspFault => {
  if (error.kind === 'codec') {
    const name = error.name.replaceAll(/[^a-z0-9-]/g, '').slice(0, 24);
    return fault(
      'unsupported',
      `The camera sends pictures in a form that is not understood (${name}); H.264 or H.265 is needed.`,
    );
  }
  if (error.kind === 'noVideo') return fault('unsupported', 'The camera offers no pictures under this address.');
  return fault(
    'protocol',
    error.kind === 'empty' ? 'The camera described no stream.' : 'The camera sent a description that is too long.',
  );
};

/** Connects to a camera and plays its picture track over the same TCP connection (RFC 2326 section 10.12). */
export const createRtspSession = (options: RtspSessionOptions): RtspSession => {
  const { timers } = options;
  const habits = options.habits ?? newDeviceHabits();
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
    options.onEnd(reason);
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
        return location === null ? ok(answer.value) : err({ kind: 'redirect', location });
      }
      const outcome = auth.challenged(answer.value.headers.get('www-authenticate') ?? []);
      if (outcome === 'noCredentials')
        return err(fault('credentials', 'The camera asks for a user name and a password.'));
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
    target: RtspTarget,
  ): Promise<Step<{ readonly description: SessionDescription; readonly base: string }>> => {
    const answer = await ask(wire, auth, 'DESCRIBE', target.url, ['Accept: application/sdp']);
    if (!answer.ok) return answer;
    if (answer.value.status !== 200) return err(faultOfStatus('DESCRIBE', answer.value.status ?? 0));
    const description = parseSdp(answer.value.body.toString('utf8'));
    if (!description.ok) return err(faultOfSdp(description.error));
    const given = [header(answer.value, 'content-base'), header(answer.value, 'content-location')]
      .map((one) => parseRtspUrl(one ?? ''))
      .find((one) => one.ok);
    return ok({ description: description.value, base: given?.ok === true ? given.value.url : target.url });
  };

  /** Sets the track up and plays it; on success pictures flow until the connection ends. */
  const play = async (wire: Connection, auth: Authenticator, target: RtspTarget): Promise<Step<null>> => {
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
      timers.utcMs,
    );
    const aggregate = resolveControl(base, description.control);
    const setup = await ask(wire, auth, 'SETUP', resolveControl(aggregate, track.control), [
      'Transport: RTP/AVP/TCP;unicast;interleaved=0-1',
    ]);
    if (!setup.ok) return setup;
    if (setup.value.status !== 200) return err(faultOfStatus('SETUP', setup.value.status ?? 0));
    const transport = header(setup.value, 'transport') ?? '';
    if (/^RTP\/AVP(;|\/UDP|$)/i.test(transport) && !/interleaved/i.test(transport))
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
    const signed = (method: string): readonly string[] => {
      const authorization = auth.authorization(method, aggregate);
      return authorization === null ? headers : [...headers, `Authorization: ${authorization}`];
    };
    farewell = { method: 'TEARDOWN', uri: aggregate, headers: signed('TEARDOWN') };
    stopKeepAlive = startKeepAlive({
      timers,
      habits,
      timeoutSeconds: session.timeoutSeconds,
      request: async (method) => {
        const answer = await ask(wire, auth, method, aggregate, headers);
        if (answer.ok) return answer;
        return err(answer.error.kind === 'redirect' ? fault('closed', 'The camera moved its stream.') : answer.error);
      },
      onForgotten: end,
    });
    return ok(null);
  };

  const connect = async (): Promise<void> => {
    const given = parseRtspUrl(options.url);
    if (!given.ok) {
      end(fault('noSuchStream', 'The address is not an rtsp:// address.'));
      return;
    }
    let target = given.value;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      // An account is given only to the host it was entered for, and never over a link less safe than that one.
      const isTrusted = target.host === given.value.host && (target.secure || !given.value.secure);
      const auth = createAuthenticator(
        isTrusted ? (options.username ?? given.value.username) : null,
        options.username === null ? given.value.password : options.password,
      );
      const wire = openConnection({
        target,
        timers,
        answerMs: options.answerMs ?? 5000,
        // The payload type decides, not the channel: some recorders number their channels anew, or swap them.
        onPacket: (_channel, buffer, start, stopAt) => {
          if (stopAt - start >= RTP_HEADER_BYTES) receiver?.packet(buffer, start, stopAt);
        },
        onEnd: end,
      });
      connection = wire;
      const outcome = await play(wire, auth, target);
      if (isOver) return;
      if (outcome.ok) return;
      if (!('location' in outcome.error)) {
        end(outcome.error);
        return;
      }
      wire.close();
      const next = parseRtspUrl(outcome.error.location);
      if (!next.ok) {
        end(fault('protocol', 'The camera sent this side to an address that is none.'));
        return;
      }
      target = next.value;
    }
    end(fault('protocol', 'The camera sends this side round in circles.'));
  };

  queueMicrotask(() => {
    if (!isOver) void connect();
  });
  return { stats: () => receiver?.stats() ?? nothing, close: stop };
};
