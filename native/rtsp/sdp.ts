import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import { parseCrypto, type SrtpPolicy } from './srtp.ts';

/** The picture track the intake will play. */
export interface VideoTrack {
  readonly codec: 'h264' | 'h265';
  /** RTP payload type, 0 to 127. */
  readonly payloadType: number;
  /** Ticks of the RTP time stamp per second, 1 to 10,000,000; 90,000 unless the camera says otherwise. */
  readonly clockRate: number;
  readonly control: string | null;
  /** Parameter sets announced in the description; often absent, sometimes wrong. */
  readonly parameterSets: readonly Uint8Array[];
  /** H.265 packets carry decoding order numbers (RFC 7798 section 4.4, sprop-max-don-diff above 0). */
  readonly hasDecodingOrder: boolean;
  /** How its packets are protected, where the description says so; `null` for plain ones. */
  readonly protection: SrtpPolicy | null;
  /** The description asks for the protected transport (`RTP/SAVP`); else protection may be offered and not used. */
  readonly isSecureProfile: boolean;
}

/** An audio track, recognised and left alone. */
interface AudioTrack {
  /** Encoding name in lower case: `pcmu`, `pcma`, `mpeg4-generic` … */
  readonly encoding: string;
  readonly payloadType: number;
  readonly clockRate: number;
}

export interface SessionDescription {
  /** `a=control` of the whole session. */
  readonly control: string | null;
  readonly video: VideoTrack;
  readonly audio: readonly AudioTrack[];
}

export type SdpError =
  { readonly kind: 'empty' | 'tooLarge' | 'noVideo' | 'encrypted' } | { readonly kind: 'codec'; readonly name: string };

/** A description longer than this is refused (bytes). */
const MAX_SDP_BYTES = 262_144;
const MAX_PARAMETER_SET_CHARS = 16_384;
const MAX_MEDIA = 64;

interface Media {
  readonly kind: string;
  /** In capitals: `RTP/AVP`, `RTP/SAVP` … */
  readonly transport: string;
  readonly payloadTypes: readonly number[];
  readonly attributes: (readonly [name: string, value: string])[];
}

/** Encodings of the static payload types cameras use without an rtpmap (RFC 3551 section 6). */
const staticEncodings: Readonly<Record<number, string>> = { 0: 'pcmu/8000', 8: 'pcma/8000', 26: 'jpeg/90000' };

const readMedia = (text: string): { readonly session: Media; readonly media: readonly Media[] } => {
  const session: Media = { kind: 'session', transport: '', payloadTypes: [], attributes: [] };
  const media: Media[] = [];
  let current = session;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.trim();
    if (line.startsWith('m=')) {
      const [kind = '', , transport = '', ...types] = line.slice(2).split(/\s+/);
      current = {
        kind: kind.toLowerCase(),
        transport: transport.toUpperCase(),
        payloadTypes: types.map(Number).filter((one) => Number.isInteger(one)),
        attributes: [],
      };
      if (media.length < MAX_MEDIA) media.push(current);
    } else if (line.startsWith('a=')) {
      const colon = line.indexOf(':');
      current.attributes.push(colon < 0 ? [line.slice(2), ''] : [line.slice(2, colon), line.slice(colon + 1).trim()]);
    }
  }
  return { session, media };
};

const attribute = (media: Media, name: string): string | null =>
  media.attributes.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;

/** The values of the attributes that begin with a payload type (`rtpmap`, `fmtp`), without that number. */
const ofPayloadType = (media: Media, name: string, payloadType: number): string[] =>
  media.attributes.flatMap(([key, value]) => {
    const match = key.toLowerCase() === name ? /^(\d+)\s+(.*)$/.exec(value) : null;
    return match !== null && Number(match[1]) === payloadType ? [match[2] ?? ''] : [];
  });

const encodingOf = (media: Media, payloadType: number): { readonly name: string; readonly clockRate: number } => {
  const text = ofPayloadType(media, 'rtpmap', payloadType)[0] ?? staticEncodings[payloadType] ?? '';
  const [name = '', rate] = text.split('/');
  const clockRate = Number(rate ?? 90_000);
  return { name: name.trim().toLowerCase(), clockRate: clockRate >= 1 && clockRate <= 10_000_000 ? clockRate : 90_000 };
};

/** Semicolons, as the standards say, or blanks in front of the next name, as some cameras have it. */
const separator = /;|\s+(?=(?:sprop|packetization|profile|level|tier|interop|max)-[a-z-]*\s*=)/i;

const formatParameters = (text: string): ReadonlyMap<string, string> => {
  const parameters = new Map<string, string>();
  for (const part of text.split(separator)) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).trim().toLowerCase();
    if (equals > 0) parameters.set(name, part.slice(equals + 1).trim());
  }
  return parameters;
};

const parameterSetsOf = (parameters: ReadonlyMap<string, string>): Uint8Array[] =>
  ['sprop-vps', 'sprop-sps', 'sprop-pps', 'sprop-parameter-sets']
    .flatMap((name) => (parameters.get(name) ?? '').slice(0, MAX_PARAMETER_SET_CHARS).split(','))
    .map((text) => Buffer.from(text, 'base64'))
    .filter((bytes) => bytes.length > 2);

const protectionOf = (media: Media): SrtpPolicy | null => {
  for (const [name, value] of media.attributes) {
    const policy = name.toLowerCase() === 'crypto' ? parseCrypto(value) : null;
    if (policy !== null) return policy;
  }
  return null;
};

const videoTrackOf = (media: Media, session: Media): VideoTrack | null => {
  for (const payloadType of media.payloadTypes) {
    const { name, clockRate } = encodingOf(media, payloadType);
    const codec = name === 'h264' ? 'h264' : name === 'h265' || name === 'hevc' ? 'h265' : null;
    if (codec === null || payloadType < 0 || payloadType > 127) continue;
    const parameters = formatParameters(ofPayloadType(media, 'fmtp', payloadType).join(';'));
    return {
      codec,
      payloadType,
      clockRate,
      control: attribute(media, 'control'),
      parameterSets: parameterSetsOf(parameters),
      hasDecodingOrder: codec === 'h265' && Number(parameters.get('sprop-max-don-diff') ?? 0) > 0,
      protection: protectionOf(media) ?? protectionOf(session),
      isSecureProfile: media.transport.includes('/SAVP'),
    };
  }
  return null;
};

/** Reads a session description (RFC 8866) and picks the first picture track that can be played. */
export const parseSdp = (text: string): Result<SessionDescription, SdpError> => {
  if (text.length > MAX_SDP_BYTES) return err({ kind: 'tooLarge' });
  if (text.trim() === '') return err({ kind: 'empty' });
  const { session, media } = readMedia(text);
  const pictures = media.filter((one) => one.kind === 'video');
  const tracks = pictures.map((one) => videoTrackOf(one, session)).filter((track) => track !== null);
  const video = tracks.find((track) => !track.isSecureProfile || track.protection !== null);
  if (video === undefined && tracks.length > 0) return err({ kind: 'encrypted' });
  if (video === undefined) {
    const first = pictures[0];
    if (first === undefined) return err({ kind: 'noVideo' });
    return err({ kind: 'codec', name: encodingOf(first, first.payloadTypes[0] ?? -1).name || 'unknown' });
  }
  const audio = media
    .filter((one) => one.kind === 'audio')
    .flatMap((one) => one.payloadTypes.slice(0, 1).map((payloadType) => ({ one, payloadType })))
    .map(({ one, payloadType }) => {
      const { name, clockRate } = encodingOf(one, payloadType);
      return { encoding: name, payloadType, clockRate };
    });
  return ok({ control: attribute(session, 'control'), video, audio });
};
