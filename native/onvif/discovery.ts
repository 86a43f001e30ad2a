import { parseOnvifXml } from './onvif-xml.ts';
import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { FoundDevice } from '../../electron/station/ports/devices.port.ts';
import { ns } from './namespaces.ts';
import { at, child, children, type XmlNode } from '../kit/xml.ts';

/** WS-Discovery 1.0 section 2.4. */
const group = '239.255.255.250';
const discoveryPort = 3702;
/** When the probes go out, milliseconds after the start: UDP loses some. */
const probesAtMs = [0, 200, 600];
const maxDevices = 1000;
/** A match is about 1 to 3 KB; larger datagrams are not read. */
const maxMatchBytes = 16_384;

/** IPv4 addresses of this machine, loopback left out. */
export const localIpv4Addresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);

const probe = (type: string): Uint8Array =>
  Buffer.from(
    [
      `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${ns.soap12}" xmlns:a="${ns.wsa2004}" xmlns:d="${ns.wsdd}"><s:Header>`,
      `<a:Action s:mustUnderstand="1">${ns.wsdd}/Probe</a:Action><a:MessageID>urn:uuid:${randomUUID()}</a:MessageID>`,
      `<a:ReplyTo><a:Address>${ns.wsa2004}/role/anonymous</a:Address></a:ReplyTo>`,
      `<a:To s:mustUnderstand="1">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>`,
      `<s:Body><d:Probe><d:Types ${type}</d:Types></d:Probe></s:Body></s:Envelope>`,
    ].join(''),
  );

/** Some devices answer to one of the two types only. */
const probeTypes = [`xmlns:dn="${ns.network}">dn:NetworkVideoTransmitter`, `xmlns:tds="${ns.device}">tds:Device`];

const decodeScope = (text: string): string => {
  try {
    return decodeURIComponent(text).replaceAll('_', ' ').slice(0, 128);
  } catch {
    // A lone percent sign: show what was sent.
    return text.slice(0, 128);
  }
};

/** Of several addresses the one on the host that answered, else the first; only http(s). One without a host is on the host that answered. */
const chooseAddress = (texts: readonly string[], sender: string): string | null => {
  const urls = texts
    .map((text) => text.replace(/^(https?):\/\/(?=[:/])/i, `$1://${sender}`))
    .filter((text) => URL.canParse(text) && /^https?:/.test(text));
  return urls.find((text) => new URL(text).hostname === sender) ?? urls[0] ?? null;
};

/**
 * Whether it is a device of ours: by its types (ONVIF Core 7.3.1), read with their namespaces where they are declared, or by a scope of
 * ONVIF. Printers and others answer every probe.
 */
const isOnvif = (match: XmlNode): boolean => {
  const types = child(match, 'Types');
  const ofOnvif = (types?.text ?? '').split(/\s+/).some((type) => {
    const [prefix = '', local] = type.includes(':') ? type.split(':', 2) : ['', type];
    const namespace = types?.scope.get(prefix);
    if (local === 'NetworkVideoTransmitter') return namespace === undefined || namespace === ns.network;
    return local === 'Device' && namespace === ns.device;
  });
  return ofOnvif || /(?:^|\s)onvif:\/\/www\.onvif\.org\//i.test(child(match, 'Scopes')?.text ?? '');
};

const readMatch = (match: XmlNode, sender: string): { readonly id: string; readonly device: FoundDevice } | null => {
  const address = chooseAddress((child(match, 'XAddrs')?.text ?? '').split(/\s+/), sender);
  if (address === null || !isOnvif(match)) return null;
  const scopes = (child(match, 'Scopes')?.text ?? '').split(/\s+/);
  const scope = (kind: string): string => {
    const start = `onvif://www.onvif.org/${kind}/`;
    return decodeScope(scopes.find((text) => text.startsWith(start))?.slice(start.length) ?? '');
  };
  const id = at(match, 'EndpointReference', 'Address')?.text ?? '';
  return {
    id: id === '' ? address : id,
    device: { address, name: scope('name'), hardware: scope('hardware'), location: scope('location') },
  };
};

/** The devices in one datagram; none when it is anything but a `ProbeMatches`. Never throws. */
export const readProbeMatches = (
  bytes: Uint8Array,
  sender: string,
): readonly { readonly id: string; readonly device: FoundDevice }[] => {
  if (bytes.length > maxMatchBytes) return [];
  const parsed = parseOnvifXml(new TextDecoder().decode(bytes));
  if (!parsed.ok || parsed.value.name !== 'Envelope') return [];
  const matches = child(child(parsed.value, 'Body', ns.soap12, ns.soap11), 'ProbeMatches', ns.wsdd);
  return children(matches, 'ProbeMatch', ns.wsdd)
    .map((match) => readMatch(match, sender))
    .filter((found) => found !== null);
};

export interface DiscoveryDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly localAddresses: () => readonly string[];
}

/**
 * WS-Discovery from sockets of our own, one per interface: node-onvif always asks through the default interface, waits a fixed 3 s and
 * keeps its state in the module, so that two searches at once end each other. An interface that cannot be used is logged and left out.
 */
export const createDiscovery =
  ({ clock, log, localAddresses }: DiscoveryDeps) =>
  async (interfaces: readonly string[], waitMs: number): Promise<readonly FoundDevice[]> => {
    const boundedMs = Math.min(Math.max(waitMs, 500), 10_000);
    const found = new Map<string, FoundDevice>();
    const cancels: (() => void)[] = [];
    const sockets: Socket[] = [];

    const search = (address: string): void => {
      const socket = createSocket({ type: 'udp4', reuseAddr: false });
      sockets.push(socket);
      const fail = (error: NodeJS.ErrnoException): void =>
        log.warn('discovery on an interface failed', { address, code: error.code ?? '' });
      socket.on('error', fail);
      socket.on('message', (bytes, sender) => {
        for (const { id, device } of readProbeMatches(bytes, sender.address)) {
          if (found.size < maxDevices && !found.has(id)) found.set(id, device);
        }
      });
      socket.bind({ address, port: 0 }, () => {
        socket.setMulticastInterface(address);
        socket.setMulticastLoopback(true);
        for (const delayMs of probesAtMs) {
          cancels.push(
            clock.after(delayMs, () => {
              for (const type of probeTypes)
                socket.send(probe(type), discoveryPort, group, (error) => error !== null && fail(error));
            }),
          );
        }
      });
    };
    for (const address of new Set(interfaces.length === 0 ? localAddresses() : interfaces)) search(address);
    await new Promise<void>((resolve) => void clock.after(boundedMs, resolve));
    for (const cancel of cancels) cancel();
    await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => void socket.close(() => resolve()))));
    return [...found.values()];
  };
