import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryLog, systemClock } from '../../tests/support/system-clock.ts';
import { createDiscovery, localIpv4Addresses, readProbeMatches } from './discovery.ts';

const match = (
  xaddrs: string,
  scopes = 'onvif://www.onvif.org/name/North_Gate%20%E9%97%A8 onvif://www.onvif.org/hardware/X1 onvif://www.onvif.org/location/yard',
  id = 'urn:uuid:1',
): string =>
  `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>${id}</a:Address></a:EndpointReference><d:Scopes>${scopes}</d:Scopes><d:XAddrs>${xaddrs}</d:XAddrs></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>`;
const read = (text: string) => readProbeMatches(Buffer.from(text), '192.0.2.9').map(({ device }) => device);

describe('probe matches', () => {
  it('give name, hardware and place, and the address on the host that answered', () => {
    expect(read(match('http://[fe80::1]/onvif http://192.0.2.9/onvif/device_service ftp://192.0.2.9/'))).toEqual([
      { address: 'http://192.0.2.9/onvif/device_service', name: 'North Gate 门', hardware: 'X1', location: 'yard' },
    ]);
    expect(read(match('http://198.51.100.1/x', 'onvif://www.onvif.org/name/50%'))[0]).toMatchObject({
      address: 'http://198.51.100.1/x',
      name: '50%',
    });
  });

  it.each([
    ['a printer', 'wsdp:Device wprt:PrintDeviceType', '', false],
    ['a scanner with a Device of another namespace', 'tds:Device', '', false],
    ['a camera without scopes', 'dn:NetworkVideoTransmitter', '', true],
    ['a camera without types', '', 'onvif://www.onvif.org/type/video_encoder', true],
    ['a relay board', 'onvif:Device', '', true],
  ])('%s: listed %s %s %s', (_what, types, scopes, listed) => {
    const declared =
      'xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof" xmlns:tds="http://schemas.xmlsoap.org/ws/2006/02/devprof" xmlns:onvif="http://www.onvif.org/ver10/device/wsdl" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"';
    const text = match('http://192.0.2.9/onvif', scopes).replace(
      '<d:Scopes>',
      `<d:Types ${declared}>${types}</d:Types><d:Scopes>`,
    );
    expect(read(text)).toHaveLength(listed ? 1 : 0);
  });

  it('with an address without a host are on the host that answered', () => {
    expect(read(match('http:///onvif/device_service'))[0]?.address).toBe('http://192.0.2.9/onvif/device_service');
  });

  it('are nothing when they are anything else', () => {
    expect(read(match('nonsense'))).toEqual([]);
    expect(read('<!DOCTYPE x><x/>')).toEqual([]);
    expect(read(match('http://192.0.2.9/').replaceAll('2005/04', '2006/04'))).toEqual([]);
    expect(read(match('http://192.0.2.9/', 'x'.repeat(20_000)))).toEqual([]);
  });
});

describe('discovery', () => {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });
  const discover = createDiscovery({ clock: systemClock, log: createMemoryLog(), localAddresses: localIpv4Addresses });

  it('finds a device on a chosen interface, once, and not by asking another', async () => {
    const device = createSocket({ type: 'udp4', reuseAddr: true });
    closers.push(() => device.close());
    let probes = 0;
    device.on('message', (bytes, sender) => {
      // Other devices of this machine may listen to the same group; only our own answer counts.
      if (!bytes.includes('http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe')) return;
      probes += 1;
      device.send(
        match('http://127.0.0.1:9/onvif/device_service', undefined, 'urn:uuid:test-device'),
        sender.port,
        sender.address,
      );
    });
    await new Promise<void>((resolve) => void device.bind(3702, () => resolve()));
    device.addMembership('239.255.255.250', '127.0.0.1');
    const found = await discover(['127.0.0.1'], 800);
    expect(probes).toBeGreaterThanOrEqual(2);
    expect(found.filter(({ address }) => address === 'http://127.0.0.1:9/onvif/device_service')).toHaveLength(1);
  });

  it('ends in time on an interface that is not there', async () => {
    expect(await discover(['192.0.2.250'], 500)).toEqual([]);
  });
});
