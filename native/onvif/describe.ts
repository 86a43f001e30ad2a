import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type {
  DeviceFault,
  OnvifDescription,
  OnvifProfile,
  OnvifTarget,
} from '../../electron/station/ports/devices.port.ts';
import { serviceAddress, streamAddress, toldPort } from './addresses.ts';
import { ns } from './namespaces.ts';
import { openLibraryDevice, type LibraryDevice } from './library.ts';
import type { SoapClient } from './soap.ts';
import { at, child, children, type XmlNode } from './xml.ts';

/** Where the services of a device are; null where it has none. */
export interface DeviceServices {
  readonly mediaUrl: string | null;
  readonly eventsUrl: string | null;
  readonly deviceIoUrl: string | null;
  readonly media2Url: string | null;
  /** The port that the device calls its own, which we may know under another one; null where it tells none. */
  readonly ownPort: string | null;
}

/** More profiles than this are left out; a recorder of 64 channels has 128. */
const maxProfiles = 128;

/** A description that takes longer than this is given up: one slow reply after the other must not hold a person up. */
const describeWithinMs = 30_000;

/** A positive whole number, else 0. */
const size = (node: XmlNode | null): number => {
  const value = Number(node?.text);
  return Number.isInteger(value) && value > 0 ? value : 0;
};

/** `GetCapabilities`, read with the target's host. Media2 is not in it. */
export const readServices = (capabilities: XmlNode, address: string): DeviceServices => {
  const root = child(capabilities, 'Capabilities');
  const told = (...path: readonly string[]): string | undefined => at(root, ...path, 'XAddr')?.text;
  const ownPort = toldPort(told('Device')) ?? toldPort(told('Media')) ?? toldPort(told('Events'));
  const url = (...path: readonly string[]): string | null => serviceAddress(told(...path), address, ownPort);
  return {
    mediaUrl: url('Media'),
    eventsUrl: url('Events'),
    deviceIoUrl: url('Extension', 'DeviceIO'),
    media2Url: null,
    ownPort,
  };
};

/** What `GetServices` tells beside it: newer devices name DeviceIO and Media2 there only. */
export const withServiceList = (services: DeviceServices, list: XmlNode, address: string): DeviceServices => {
  const url = (namespace: string): string | null => {
    const service = children(list, 'Service').find((entry) => child(entry, 'Namespace')?.text === namespace);
    return serviceAddress(child(service ?? null, 'XAddr')?.text, address, services.ownPort);
  };
  return {
    ...services,
    mediaUrl: services.mediaUrl ?? url(ns.media),
    eventsUrl: services.eventsUrl ?? url(ns.events),
    deviceIoUrl: services.deviceIoUrl ?? url(ns.deviceIo),
    media2Url: url(ns.media2),
  };
};

interface BareProfile extends Omit<OnvifProfile, 'streamUrl'> {
  readonly rate: number;
}

/** Video profiles of a `GetProfilesResponse`, the largest picture first; those without a video encoder are left out. */
const readProfiles = (response: XmlNode): readonly BareProfile[] =>
  children(response, 'Profiles')
    .slice(0, maxProfiles)
    .map((profile): BareProfile | null => {
      const encoder = child(profile, 'VideoEncoderConfiguration');
      const token = profile.attributes.get('token') ?? '';
      if (encoder === null || token === '') return null;
      const resolution = child(encoder, 'Resolution');
      return {
        token,
        name: child(profile, 'Name')?.text ?? token,
        encoding: (child(encoder, 'Encoding')?.text ?? '').toUpperCase(),
        width: size(child(resolution, 'Width')),
        height: size(child(resolution, 'Height')),
        rate: size(at(encoder, 'RateControl', 'FrameRateLimit')),
      };
    })
    .filter((profile) => profile !== null)
    .sort((a, b) => b.width * b.height - a.width * a.height || b.rate - a.rate);

const readStreams = async (
  device: LibraryDevice,
  mediaUrl: string,
  address: string,
  late: () => boolean,
): Promise<Result<readonly OnvifProfile[], DeviceFault>> => {
  const profiles = await device.getProfiles(mediaUrl);
  if (!profiles.ok) return profiles;
  const found: OnvifProfile[] = [];
  // One after the other: small devices answer parallel requests with 503 or not at all.
  for (const { rate: _rate, ...profile } of readProfiles(profiles.value)) {
    if (late()) return err({ kind: 'timeout' });
    const stream = await device.getStreamUri(mediaUrl, profile.token);
    if (!stream.ok && stream.error.kind !== 'refused' && stream.error.kind !== 'unsupported') return stream;
    const streamUrl = stream.ok ? streamAddress(at(stream.value, 'MediaUri', 'Uri')?.text, address) : null;
    if (streamUrl !== null) found.push({ ...profile, streamUrl });
  }
  return ok(found);
};

/** The address of the best profile's still picture; null where the device offers none. */
export const readSnapshotUrl = async (
  device: LibraryDevice,
  mediaUrl: string,
  profile: string,
  address: string,
): Promise<string | null> => {
  const answer = await device.getSnapshotUri(mediaUrl, profile);
  return answer.ok ? serviceAddress(at(answer.value, 'MediaUri', 'Uri')?.text, address) : null;
};

/** What `describe` of the port answers, and where the services are. */
export const describeDevice = async (
  soap: SoapClient,
  clock: Clock,
  target: OnvifTarget,
  clockOffsetMs: number,
): Promise<Result<OnvifDescription, DeviceFault>> => {
  const startedMs = clock.monotonicMs();
  const late = (): boolean => clock.monotonicMs() - startedMs > describeWithinMs;
  const device = openLibraryDevice(soap, target);
  const information = await device.getDeviceInformation();
  if (!information.ok) return information;
  const capabilities = await device.getCapabilities();
  if (!capabilities.ok) return capabilities;
  const { mediaUrl, eventsUrl } = readServices(capabilities.value, target.address);
  const profiles = mediaUrl === null ? ok([]) : await readStreams(device, mediaUrl, target.address, late);
  if (!profiles.ok) return profiles;
  const best = profiles.value[0];
  const relays = await device.getRelayOutputs();
  const text = (name: string): string => (child(information.value, name)?.text ?? '').slice(0, 128);
  return ok({
    manufacturer: text('Manufacturer'),
    model: text('Model'),
    serial: text('SerialNumber'),
    profiles: profiles.value,
    snapshotUrl:
      mediaUrl === null || best === undefined
        ? null
        : await readSnapshotUrl(device, mediaUrl, best.token, target.address),
    relayTokens: relays.ok
      ? children(relays.value, 'RelayOutputs').flatMap((relay) => relay.attributes.get('token') ?? [])
      : [],
    hasEvents: eventsUrl !== null,
    clockOffsetMs,
  });
};
