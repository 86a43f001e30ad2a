import { ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type { DeviceFault, OnvifDescription, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { serviceAddress, toldPort } from './addresses.ts';
import { openLibraryDevice, type LibraryDevice } from './library.ts';
import { ns } from './namespaces.ts';
import { readStreams } from './profiles.ts';
import { listInputs, type RelayOutput } from './relay-list.ts';
import type { SoapClient } from './soap.ts';
import { at, child, children, type XmlNode } from '../kit/xml.ts';

/** Where the services of a device are; null where it has none. */
export interface DeviceServices {
  readonly mediaUrl: string | null;
  readonly eventsUrl: string | null;
  readonly deviceIoUrl: string | null;
  readonly media2Url: string | null;
  /** The port that the device calls its own, which we may know under another one; null where it tells none. */
  readonly ownPort: string | null;
}

/** A description that takes longer than this is given up: one slow reply after the other must not hold a person up. */
const describeWithinMs = 30_000;

export const noServices: DeviceServices = {
  mediaUrl: null,
  eventsUrl: null,
  deviceIoUrl: null,
  media2Url: null,
  ownPort: null,
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

export interface DescribeDeps {
  readonly soap: SoapClient;
  readonly clock: Clock;
  readonly services: (target: OnvifTarget) => Promise<Result<DeviceServices, DeviceFault>>;
  readonly listRelays: (
    target: OnvifTarget,
    wanted: string | null,
  ) => Promise<Result<readonly RelayOutput[], DeviceFault>>;
}

/** What `describe` of the port answers. */
export const describeDevice = async (
  { soap, clock, services, listRelays }: DescribeDeps,
  target: OnvifTarget,
  clockOffsetMs: number,
): Promise<Result<OnvifDescription, DeviceFault>> => {
  const startedMs = clock.monotonicMs();
  const late = (): boolean => clock.monotonicMs() - startedMs > describeWithinMs;
  const device = openLibraryDevice(soap, target);
  const information = await device.getDeviceInformation();
  if (!information.ok) return information;
  const found = await services(target);
  if (!found.ok) return found;
  const { mediaUrl, eventsUrl, deviceIoUrl } = found.value;
  const streams = await readStreams(device, soap, target, found.value, late);
  if (!streams.ok) return streams;
  const { profiles, leftOut } = streams.value;
  const best = profiles[0];
  // Of both services, as a pulse would look for one: what is named here is what a gate can be wired to.
  const relays = await listRelays(target, '');
  const text = (name: string): string => (child(information.value, name)?.text ?? '').slice(0, 128);
  return ok({
    manufacturer: text('Manufacturer'),
    model: text('Model'),
    serial: text('SerialNumber'),
    profiles,
    leftOut,
    snapshotUrl:
      mediaUrl === null || best === undefined
        ? null
        : await readSnapshotUrl(device, mediaUrl, best.token, target.address),
    relayTokens: relays.ok ? [...new Set(relays.value.map(({ token }) => token))] : [],
    inputTokens: late() ? [] : await listInputs(soap, target, deviceIoUrl),
    hasEvents: eventsUrl !== null,
    clockOffsetMs,
  });
};
