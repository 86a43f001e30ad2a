import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { DeviceFault, OnvifPort, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import {
  describeDevice,
  noServices,
  readServices,
  readSnapshotUrl,
  withServiceList,
  type DeviceServices,
} from './describe.ts';
import { readSystemDateAndTime } from './device-time.ts';
import { createDiscovery, localIpv4Addresses } from './discovery.ts';
import { listenForEvents, listenTimes, type EventService, type ListenTimes } from './event-listener.ts';
import { createHttpClient, type HttpClient } from '../kit/http.ts';
import { openLibraryDevice } from './library.ts';
import { ns } from './namespaces.ts';
import { createRelayList } from './relay-list.ts';
import { createRelayPulse } from './relay.ts';
import { createSoapClient } from './soap.ts';
import { child } from '../kit/xml.ts';

/** The largest still picture taken, bytes. */
const maxSnapshotBytes = 8 * 1024 * 1024;
/** How long what was learned of a device (clock, services, snapshot address) is believed, milliseconds of monotonic time. */
const believedMs = 600_000;

export interface OnvifDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Interface addresses searched when none are chosen; this machine's IPv4 addresses by default. */
  readonly localAddresses?: () => readonly string[];
  /** Shorter times for tests. */
  readonly times?: Partial<ListenTimes>;
}

/** Remembers an answer per device for ten minutes; a fault is not remembered. At most 512 devices. */
const createMemory = <T>(clock: Clock, ask: (target: OnvifTarget) => Promise<Result<T, DeviceFault>>) => {
  const known = new Map<string, { readonly value: T; readonly atMs: number }>();
  const fetch = async (target: OnvifTarget): Promise<Result<T, DeviceFault>> => {
    const answer = await ask(target);
    known.delete(target.address);
    if (answer.ok) known.set(target.address, { value: answer.value, atMs: clock.monotonicMs() });
    const oldest = known.keys().next().value;
    if (known.size > 512 && oldest !== undefined) known.delete(oldest);
    return answer;
  };
  return {
    fresh: fetch,
    last: (target: OnvifTarget): T | undefined => known.get(target.address)?.value,
    get: (target: OnvifTarget): Promise<Result<T, DeviceFault>> => {
      const entry = known.get(target.address);
      return entry !== undefined && clock.monotonicMs() - entry.atMs < believedMs
        ? Promise.resolve(ok(entry.value))
        : fetch(target);
    },
  };
};

/** The JPEG at an address that the device itself named. */
const fetchPicture = async (
  http: HttpClient,
  target: OnvifTarget,
  url: string,
): Promise<Result<Uint8Array, DeviceFault>> => {
  const request = {
    url,
    method: 'GET',
    headers: {},
    body: null,
    timeoutMs: 10_000,
    maxBytes: maxSnapshotBytes,
  } as const;
  const reply = await http.exchange(request, target);
  if (!reply.ok) return reply;
  const { status, bytes } = reply.value;
  if (status === 401 || status === 403) return err({ kind: 'credentials' });
  if (status !== 200) return err({ kind: 'refused', reason: `HTTP ${status}` });
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  return isJpeg ? ok(bytes) : err({ kind: 'malformed', detail: 'not a JPEG picture' });
};

/** Cameras over ONVIF. Requests of the device and media services are node-onvif's; see README.md for what is beside it and why. */
export const createOnvif = ({ clock, log, localAddresses = localIpv4Addresses, times = {} }: OnvifDeps): OnvifPort => {
  const http = createHttpClient(clock);
  /** The device's clock minus ours; null where it tells none. */
  const offsetOf = (target: OnvifTarget): number | null | undefined => offsets.last(target);
  const soap = createSoapClient({
    http,
    nowMs: () => clock.nowMs(),
    deviceNowMs: (target) => {
      const offset = offsetOf(target);
      return offset === null ? null : clock.nowMs() + (offset ?? 0);
    },
  });

  const offsets = createMemory<number | null>(clock, async (target) => {
    let dateMs: number | null = null;
    const reply = await soap.call({
      target,
      url: target.address,
      action: `${ns.device}/GetSystemDateAndTime`,
      body: `<GetSystemDateAndTime xmlns="${ns.device}"/>`,
      expect: { name: 'GetSystemDateAndTimeResponse', namespaces: [ns.device] },
      anonymous: true,
      onDate: (ms) => {
        dateMs = ms;
      },
    });
    if (reply.ok) {
      const deviceMs = readSystemDateAndTime(reply.value);
      const told = deviceMs.ok ? deviceMs.value : dateMs;
      return ok(told === null ? null : told - clock.nowMs());
    }
    // Some devices ask for a login even here.
    return reply.error.kind === 'unreachable' || reply.error.kind === 'timeout' ? reply : ok(0);
  });
  const services = createMemory<DeviceServices>(clock, async (target) => {
    const offset = await offsets.get(target);
    if (!offset.ok) return offset;
    const reply = await openLibraryDevice(soap, target).getCapabilities();
    const older = reply.ok ? readServices(reply.value, target.address) : noServices;
    if (!reply.ok && reply.error.kind !== 'unsupported' && reply.error.kind !== 'refused') return reply;
    // Media2, and on newer devices DeviceIO, are told here only. A device that does not know the question is no worse for it.
    const list = await soap.call({
      target,
      url: target.address,
      action: `${ns.device}/GetServices`,
      body: `<GetServices xmlns="${ns.device}"><IncludeCapability>false</IncludeCapability></GetServices>`,
      expect: { name: 'GetServicesResponse', namespaces: [ns.device] },
    });
    if (list.ok) return ok(withServiceList(older, list.value, target.address));
    return reply.ok ? ok(older) : reply;
  });
  const snapshotUrls = createMemory<string>(clock, async (target) => {
    const known = await services.get(target);
    if (!known.ok) return known;
    if (known.value.mediaUrl === null) return err({ kind: 'unsupported', what: 'media service' });
    const device = openLibraryDevice(soap, target);
    const profiles = await device.getProfiles(known.value.mediaUrl);
    if (!profiles.ok) return profiles;
    const token = child(profiles.value, 'Profiles')?.attributes.get('token');
    const url = token === undefined ? null : await readSnapshotUrl(device, known.value.mediaUrl, token, target.address);
    return url === null ? err({ kind: 'unsupported', what: 'snapshot' }) : ok(url);
  });

  const relays = {
    soap,
    getRelayOutputs: async (target: OnvifTarget) => {
      const device = openLibraryDevice(soap, target);
      const outputs = await device.getRelayOutputs();
      if (outputs.ok || outputs.error.kind !== 'credentials') return outputs;
      // The device's clock may have moved since we asked; nothing has been switched yet, so asking again is harmless.
      const offset = await offsets.fresh(target);
      return offset.ok ? device.getRelayOutputs() : offset;
    },
    deviceIoUrl: async (target: OnvifTarget) => {
      const known = await services.get(target);
      return known.ok ? known.value.deviceIoUrl : null;
    },
  };
  const listRelays = createRelayList(relays);
  const pulse = createRelayPulse({ ...relays, clock, log });

  return {
    discover: createDiscovery({ clock, log, localAddresses }),
    describe: async (target) => {
      const offset = await offsets.fresh(target);
      if (!offset.ok) return offset;
      return describeDevice({ soap, clock, services: services.fresh, listRelays }, target, offset.value ?? 0);
    },
    snapshot: async (target) => {
      const url = await snapshotUrls.get(target);
      if (!url.ok) return url;
      return fetchPicture(http, target, url.value);
    },
    pulseRelay: async (target, token, pulseMs) => {
      const offset = await offsets.get(target);
      return offset.ok ? pulse(target, token, pulseMs) : offset;
    },
    listen: (target, onEvent, onState) => {
      const prepare = async (): Promise<Result<EventService, DeviceFault>> => {
        const offset = await offsets.fresh(target);
        if (!offset.ok) return offset;
        const found = await services.fresh(target);
        if (!found.ok) return found;
        const { eventsUrl, ownPort } = found.value;
        return eventsUrl === null
          ? err({ kind: 'unsupported', what: 'event service' })
          : ok({ url: eventsUrl, ownPort });
      };
      const deviceNowMs = (): number => clock.nowMs() + (offsetOf(target) ?? 0);
      const deps = { clock, log, soap, prepare, deviceNowMs, times: { ...listenTimes, ...times }, random: Math.random };
      return listenForEvents(deps, target, onEvent, onState);
    },
  };
};
