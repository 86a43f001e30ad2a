import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type {
  DeviceFault,
  LeftOutProfile,
  OnvifProfile,
  OnvifTarget,
} from '../../electron/station/ports/devices.port.ts';
import { streamAddress } from './addresses.ts';
import type { DeviceServices } from './describe.ts';
import type { LibraryDevice } from './library.ts';
import { createMedia2 } from './media2.ts';
import type { SoapClient } from './soap.ts';
import { at, child, children, type XmlNode } from '../kit/xml.ts';

/** More profiles than this are left out; a recorder of 64 channels has 128. */
const maxProfiles = 128;

interface BareProfile extends Omit<OnvifProfile, 'streamUrl'> {
  readonly rate: number;
}

interface Streams {
  /** Best first. */
  readonly profiles: readonly OnvifProfile[];
  readonly leftOut: readonly LeftOutProfile[];
}

/** A positive whole number, else 0. */
const size = (node: XmlNode | null): number => {
  const value = Number(node?.text);
  return Number.isInteger(value) && value > 0 ? value : 0;
};

const nameOf = (profile: XmlNode): string =>
  (child(profile, 'Name')?.text || profile.attributes.get('token') || '').slice(0, 128);

/** A profile with its encoder, of either service; null where it has none or no token. */
const readProfile = (profile: XmlNode): BareProfile | null => {
  const encoder = child(profile, 'VideoEncoderConfiguration') ?? at(profile, 'Configurations', 'VideoEncoder');
  const token = profile.attributes.get('token') ?? '';
  if (encoder === null || token === '') return null;
  const resolution = child(encoder, 'Resolution');
  return {
    token,
    name: nameOf(profile),
    encoding: (child(encoder, 'Encoding')?.text ?? '').toUpperCase(),
    width: size(child(resolution, 'Width')),
    height: size(child(resolution, 'Height')),
    rate: size(at(encoder, 'RateControl', 'FrameRateLimit')),
  };
};

/** Profiles with a video encoder, the largest picture first, and those without one. */
const readProfiles = (
  response: XmlNode,
): { readonly usable: readonly BareProfile[]; readonly bare: readonly XmlNode[] } => {
  const all = children(response, 'Profiles').slice(0, maxProfiles);
  const usable = all.map(readProfile).filter((profile) => profile !== null);
  return {
    usable: usable.toSorted((a, b) => b.width * b.height - a.width * a.height || b.rate - a.rate),
    bare: all.filter((profile) => readProfile(profile) === null),
  };
};

/** What ends the whole description: everything else concerns one stream, which is left out and said. */
const ends = (fault: DeviceFault): boolean =>
  fault.kind === 'timeout' || fault.kind === 'unreachable' || fault.kind === 'credentials';

type AskUri = (token: string) => Promise<Result<string | undefined, DeviceFault>>;

const readEach = async (
  usable: readonly BareProfile[],
  askUri: AskUri,
  address: string,
  late: () => boolean,
): Promise<Result<Streams, DeviceFault>> => {
  const profiles: OnvifProfile[] = [];
  const leftOut: LeftOutProfile[] = [];
  // One after the other: small devices answer parallel requests with 503 or not at all.
  for (const { rate: _rate, ...profile } of usable) {
    if (late()) return err({ kind: 'timeout' });
    const told = await askUri(profile.token);
    if (!told.ok && ends(told.error)) return told;
    const streamUrl = told.ok ? streamAddress(told.value, address) : null;
    if (streamUrl !== null) profiles.push({ ...profile, streamUrl });
    else leftOut.push({ name: profile.name, why: told.ok ? 'malformed' : told.error.kind });
  }
  return ok({ profiles, leftOut });
};

/**
 * The streams of a device by its Media service; by Media2 where Media knows a profile without its encoder (H.265, which the older service
 * has no word for) or is not there. What cannot be read is named.
 */
export const readStreams = async (
  device: LibraryDevice,
  soap: SoapClient,
  target: OnvifTarget,
  services: DeviceServices,
  late: () => boolean,
): Promise<Result<Streams, DeviceFault>> => {
  const { mediaUrl, media2Url } = services;
  const listed = mediaUrl === null ? null : await device.getProfiles(mediaUrl);
  if (listed !== null && !listed.ok && (ends(listed.error) || media2Url === null)) return listed;
  const { usable, bare } = listed?.ok === true ? readProfiles(listed.value) : { usable: [], bare: [] };
  if (media2Url !== null && (usable.length === 0 || bare.length > 0)) {
    const media2 = createMedia2(soap, target, media2Url);
    const newer = await media2.getProfiles();
    if (!newer.ok && ends(newer.error)) return newer;
    const read = newer.ok ? readProfiles(newer.value).usable : [];
    if (read.length >= usable.length && read.length > 0)
      return readEach(read, media2.getStreamUri, target.address, late);
  }
  if (mediaUrl === null) return ok({ profiles: [], leftOut: [] });
  const askUri: AskUri = async (token) => {
    const reply = await device.getStreamUri(mediaUrl, token);
    return reply.ok ? ok(at(reply.value, 'MediaUri', 'Uri')?.text) : reply;
  };
  const streams = await readEach(usable, askUri, target.address, late);
  if (!streams.ok) return streams;
  const without = bare.map((profile): LeftOutProfile => ({ name: nameOf(profile), why: 'noEncoder' }));
  return ok({ ...streams.value, leftOut: [...streams.value.leftOut, ...without] });
};
