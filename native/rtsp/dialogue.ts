/** What is said to a camera to get its pictures, one request after the other (RFC 2326 section 10). */
import { parseStreamAddress, type StreamAddress } from '../../electron/contract/kernel/stream-address.ts';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import { fromBytes } from '../kit/header-text.ts';
import type { Authenticator } from './authenticator.ts';
import type { Connection } from './connection.ts';
import type { DeviceHabits } from './device-habits.ts';
import { fault, faultOfStatus, type RtspFault } from './fault.ts';
import { parseSession } from './keep-alive.ts';
import { header, type RtspMessage } from './rtsp-message.ts';
import { appendControl, resolveControl } from './rtsp-url.ts';
import { parseSdp, type SdpError, type SessionDescription, type VideoTrack } from './sdp.ts';

/** First refusal, answer, and one renegotiation of an old nonce. */
const MAX_ATTEMPTS = 3;

/** What a step came to; a redirect is followed by who began. */
export type Step<T> = Result<T, RtspFault | { readonly kind: 'redirect'; readonly location: string }>;

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

/** One exchange, with credentials as far as the camera asks for them. */
export const ask = async (
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

/** Notes what this camera takes for a sign of life, the first time it says so. */
const learnKeepAlive = (habits: Pick<DeviceHabits, 'keepAlive'>, answer: RtspMessage): void => {
  if (habits.keepAlive !== null || answer.status !== 200) return;
  const offered = (header(answer, 'public') ?? '')
    .toUpperCase()
    .split(',')
    .map((one) => one.trim());
  habits.keepAlive = offered.includes('GET_PARAMETER') ? 'GET_PARAMETER' : 'OPTIONS';
};

/** Asks what there is, and where its addresses begin. */
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

/** The two interleaved channels that a `Transport` header names, or `null` where it names UDP. */
const channelsOf = (transport: string): readonly [number, number] | null => {
  if (/^RTP\/S?AVP(;|\/UDP|$)/i.test(transport) && !/interleaved/i.test(transport)) return null;
  const channels = /interleaved\s*=\s*(\d{1,3})(?:\s*-\s*(\d{1,3}))?/i.exec(transport);
  const first = Number(channels?.[1] ?? 0);
  return [first, Number(channels?.[2] ?? first + 1)];
};

/** A stream that plays. */
interface Begun {
  /** The address that stands for the whole presentation. */
  readonly aggregate: string;
  /** To be sent with every further request. */
  readonly headers: readonly string[];
  /** How long the camera keeps the session without a sign of life. */
  readonly timeoutSeconds: number;
}

/** Asks what there is, sets the picture track up and plays it. `onTrack` is called before the first packet can come. */
export const begin = async (
  wire: Connection,
  auth: Authenticator,
  target: StreamAddress,
  habits: Pick<DeviceHabits, 'keepAlive'>,
  onTrack: (track: VideoTrack) => void,
): Promise<Step<Begun>> => {
  const offered = await ask(wire, auth, 'OPTIONS', target.url, []);
  if (!offered.ok) return offered;
  learnKeepAlive(habits, offered.value);
  const described = await describe(wire, auth, target);
  if (!described.ok) return described;
  const { description, base } = described.value;
  const track = description.video;
  onTrack(track);
  const aggregate = resolveControl(base, description.control);
  const setup = await setUp(wire, auth, track, aggregate);
  if (!setup.ok) return setup;
  if (setup.value.status !== 200) return err(faultOfStatus('SETUP', setup.value.status ?? 0));
  const channels = channelsOf(header(setup.value, 'transport') ?? '');
  if (channels === null) return err(fault('unsupported', 'The camera sends pictures over UDP only.'));
  wire.expect(channels, track.payloadType);
  const { id, timeoutSeconds } = parseSession(header(setup.value, 'session') ?? '');
  const headers = id === '' ? [] : [`Session: ${id}`];
  const started = await ask(wire, auth, 'PLAY', aggregate, [...headers, 'Range: npt=0.000-']);
  if (!started.ok) return started;
  if (started.value.status !== 200) return err(faultOfStatus('PLAY', started.value.status ?? 0));
  return ok({ aggregate, headers, timeoutSeconds });
};
