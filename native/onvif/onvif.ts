import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { DeviceFault, OnvifPort, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { describeDevice, readServices, readSnapshotUrl, type DeviceServices } from './describe.ts';
import { readSystemDateAndTime } from './device-time.ts';
import { createDiscovery, localIpv4Addresses } from './discovery.ts';
import { listenForEvents, listenTimes, type ListenTimes } from './event-listener.ts';
import { createHttpClient } from './http.ts';
import { openLibraryDevice } from './library.ts';
import { ns } from './namespaces.ts';
import { createRelayPulse } from './relay.ts';
import { createSoapClient } from './soap.ts';
import { child } from './xml.ts';

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

/** Cameras over ONVIF. Requests of the device and media services are node-onvif's; see README.md for what is beside it and why. */
export const createOnvif = ({ clock, log, localAddresses = localIpv4Addresses, times = {} }: OnvifDeps): OnvifPort => {
  const http = createHttpClient(clock);
  const soap = createSoapClient({ http, deviceNowMs: (target) => clock.nowMs() + (offsets.last(target) ?? 0) });

  const offsets = createMemory<number>(clock, async (target) => {
    const reply = await soap.call({
      target,
      url: target.address,
      action: `${ns.device}/GetSystemDateAndTime`,
      body: `<GetSystemDateAndTime xmlns="${ns.device}"/>`,
      expect: { name: 'GetSystemDateAndTimeResponse', namespaces: [ns.device] },
      anonymous: true,
    });
    if (reply.ok) {
      const deviceMs = readSystemDateAndTime(reply.value);
      // A clock that cannot be read is taken for right: the token is then refused or not, and that is told.
      return ok(deviceMs.ok ? deviceMs.value - clock.nowMs() : 0);
    }
    // Some devices ask for a login even here.
    return reply.error.kind === 'unreachable' || reply.error.kind === 'timeout' ? reply : ok(0);
  });
  const services = createMemory<DeviceServices>(clock, async (target) => {
    const offset = await offsets.get(target);
    if (!offset.ok) return offset;
    const reply = await openLibraryDevice(soap, target).getCapabilities();
    return reply.ok ? ok(readServices(reply.value, target.address)) : reply;
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

  const pulse = createRelayPulse({
    clock,
    log,
    soap,
    getRelayOutputs: async (target) => {
      const device = openLibraryDevice(soap, target);
      const outputs = await device.getRelayOutputs();
      if (outputs.ok || outputs.error.kind !== 'credentials') return outputs;
      // The device's clock may have moved since we asked; nothing has been switched yet, so asking again is harmless.
      const offset = await offsets.fresh(target);
      return offset.ok ? device.getRelayOutputs() : offset;
    },
    deviceIoUrl: async (target) => {
      const known = await services.get(target);
      return known.ok ? known.value.deviceIoUrl : null;
    },
  });

  return {
    discover: createDiscovery({ clock, log, localAddresses }),
    describe: async (target) => {
      const offset = await offsets.fresh(target);
      return offset.ok ? describeDevice(soap, clock, target, offset.value) : offset;
    },
    snapshot: async (target) => {
      const url = await snapshotUrls.get(target);
      if (!url.ok) return url;
      const request = {
        url: url.value,
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
    },
    pulseRelay: async (target, token, pulseMs) => {
      const offset = await offsets.get(target);
      return offset.ok ? pulse(target, token, pulseMs) : offset;
    },
    listen: (target, onEvent, onState) => {
      const prepare = async (): Promise<Result<string, DeviceFault>> => {
        const offset = await offsets.fresh(target);
        if (!offset.ok) return offset;
        const found = await services.fresh(target);
        if (!found.ok) return found;
        const { eventsUrl } = found.value;
        return eventsUrl === null ? err({ kind: 'unsupported', what: 'event service' }) : ok(eventsUrl);
      };
      const deps = { clock, log, soap, prepare, times: { ...listenTimes, ...times }, random: Math.random };
      return listenForEvents(deps, target, onEvent, onState);
    },
  };
};
