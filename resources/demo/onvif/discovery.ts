/** Answers WS-Discovery probes for all simulated cameras (WS-Discovery 2005/04; ONVIF Core section 7). */
import { type Socket, createSocket } from 'node:dgram';
import { randomUUID } from 'node:crypto';
import { child, escape, parseXml, textAt } from './xml.ts';

export interface Discoverable {
  readonly uuid: string;
  readonly xaddr: string;
  readonly scopes: readonly string[];
}

const group = '239.255.255.250';
const port = 3702;
const wsa = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const wsd = 'http://schemas.xmlsoap.org/ws/2005/04/discovery';
const dn = 'http://www.onvif.org/ver10/network/wsdl';

const match = (device: Discoverable, relatesTo: string, kind: 'Probe' | 'Resolve'): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="${wsa}" xmlns:d="${wsd}" xmlns:dn="${dn}" xmlns:tds="http://www.onvif.org/ver10/device/wsdl">` +
  `<s:Header><wsa:MessageID>urn:uuid:${randomUUID()}</wsa:MessageID><wsa:RelatesTo>${escape(relatesTo)}</wsa:RelatesTo><wsa:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:To><wsa:Action>${wsd}/${kind}Matches</wsa:Action></s:Header>` +
  `<s:Body><d:${kind}Matches><d:${kind}Match><wsa:EndpointReference><wsa:Address>urn:uuid:${device.uuid}</wsa:Address></wsa:EndpointReference><d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types><d:Scopes>${device.scopes.map(escape).join(' ')}</d:Scopes><d:XAddrs>${device.xaddr}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:${kind}Match></d:${kind}Matches></s:Body></s:Envelope>`;

/** True where the probe's types (qualified names) are ours or not given. */
const typesFit = (types: string): boolean =>
  types
    .split(/\s+/)
    .filter(Boolean)
    .every((one) => ['NetworkVideoTransmitter', 'Device'].includes(one.split(':').at(-1) ?? ''));

export interface Discovery {
  /** Empty while it listens, else why it does not. */
  readonly problem: string;
  close(): void;
}

/** Listens on the interface with the address `host`; a taken port or a missing multicast route is told in `problem`, never thrown. */
export const createDiscovery = async (
  host: string,
  devices: readonly Discoverable[],
  reachable: (uuid: string) => boolean,
): Promise<Discovery> => {
  const socket: Socket = createSocket({ type: 'udp4', reuseAddr: true });
  const problem = await new Promise<string>((resolve) => {
    socket.once('error', (cause) => resolve(cause.message));
    socket.bind(port, () => {
      try {
        socket.addMembership(group, host);
        socket.setMulticastInterface(host);
        resolve('');
      } catch (cause) {
        resolve(cause instanceof Error ? cause.message : String(cause));
      }
    });
  });
  if (problem !== '') {
    socket.close();
    return { problem, close: () => undefined };
  }
  socket.on('error', (cause) => console.error('discovery', cause.message));
  socket.on('message', (bytes, from) => {
    const root = parseXml(bytes.toString('utf8'));
    const body = child(root, 'Body');
    const probe = child(body, 'Probe');
    const resolve = child(body, 'Resolve');
    const id = textAt(child(root, 'Header'), 'MessageID');
    if (!(probe ?? resolve) || id === '' || (probe && !typesFit(textAt(probe, 'Types')))) return;
    const wanted = resolve ? textAt(resolve, 'EndpointReference', 'Address') : undefined;
    for (const device of devices) {
      if (!reachable(device.uuid) || (wanted !== undefined && wanted !== `urn:uuid:${device.uuid}`)) continue;
      socket.send(match(device, id, resolve ? 'Resolve' : 'Probe'), from.port, from.address);
    }
  });
  return { problem: '', close: () => socket.close() };
};
