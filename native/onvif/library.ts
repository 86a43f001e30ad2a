import { createRequire } from 'node:module';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { DeviceFault, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { ns } from './namespaces.ts';
import type { SoapClient } from './soap.ts';
import { child, escapeXml, type XmlNode } from '../kit/xml.ts';

/**
 * node-onvif 0.1.7 behind a wall. Its services write the requests; how they travel and how replies are read is ours, because its own
 * transport takes replies of any size, pretty-prints each of them (131 ms for 264 KB, measured), drops namespaces, knows neither
 * HTTP Digest nor TLS, refuses names and passwords outside ASCII, and puts user names into XML unescaped.
 * See README.md in this folder.
 */
interface LibraryService {
  readonly oxaddr: object;
  readonly getCapabilities?: () => Promise<unknown>;
  readonly getDeviceInformation?: () => Promise<unknown>;
  readonly getRelayOutputs?: () => Promise<unknown>;
  readonly getProfiles?: () => Promise<unknown>;
  readonly getStreamUri?: (params: { readonly ProfileToken: string; readonly Protocol: 'RTSP' }) => Promise<unknown>;
  readonly getSnapshotUri?: (params: { readonly ProfileToken: string }) => Promise<unknown>;
}
type LibraryConstructor = new (params: { readonly xaddr: string }) => LibraryService;
type Transport = (method: string, envelope: string) => Promise<XmlNode>;
interface LibrarySoap {
  requestCommand: (oxaddr: object, method: string, envelope: string) => Promise<unknown>;
}

/** Carries a fault through the library, which passes on whatever its transport rejects with. */
class TransportFault extends Error {
  readonly fault: DeviceFault;
  constructor(fault: DeviceFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

const isConstructor = (value: unknown): value is LibraryConstructor => typeof value === 'function';
const isSoap = (value: unknown): value is LibrarySoap =>
  typeof value === 'object' &&
  value !== null &&
  'requestCommand' in value &&
  typeof value.requestCommand === 'function';
const isNode = (value: unknown): value is XmlNode => typeof value === 'object' && value !== null && 'children' in value;

const load = () => {
  const require = createRequire(import.meta.url);
  const soap: unknown = require('node-onvif/lib/modules/soap.js');
  const device: unknown = require('node-onvif/lib/modules/service-device.js');
  const media: unknown = require('node-onvif/lib/modules/service-media.js');
  if (!isSoap(soap) || !isConstructor(device) || !isConstructor(media))
    throw new Error('node-onvif is not the version this was written for');
  const transports = new WeakMap<object, Transport>();
  // The library's soap module is one object for the whole process; each service is told apart by its own address object.
  soap.requestCommand = async (oxaddr, method, envelope) => {
    const transport = transports.get(oxaddr);
    if (transport === undefined) throw new Error('node-onvif service without a transport');
    return transport(method, envelope);
  };
  const open = (Service: LibraryConstructor, xaddr: string, transport: Transport): LibraryService => {
    const service = new Service({ xaddr });
    transports.set(service.oxaddr, transport);
    return service;
  };
  return { device, media, open };
};
const library = load();

/** The device and media services of one device, as far as node-onvif has them. Each answers the `...Response` element. */
export interface LibraryDevice {
  readonly getCapabilities: () => Promise<Result<XmlNode, DeviceFault>>;
  readonly getDeviceInformation: () => Promise<Result<XmlNode, DeviceFault>>;
  readonly getRelayOutputs: () => Promise<Result<XmlNode, DeviceFault>>;
  readonly getProfiles: (mediaUrl: string) => Promise<Result<XmlNode, DeviceFault>>;
  readonly getStreamUri: (mediaUrl: string, profile: string) => Promise<Result<XmlNode, DeviceFault>>;
  readonly getSnapshotUri: (mediaUrl: string, profile: string) => Promise<Result<XmlNode, DeviceFault>>;
}

const guarded = async (run: (() => Promise<unknown>) | undefined): Promise<Result<XmlNode, DeviceFault>> => {
  if (run === undefined) return err({ kind: 'unsupported', what: 'node-onvif method' });
  try {
    const answer = await run();
    return isNode(answer) ? ok(answer) : err({ kind: 'malformed', detail: 'no answer' });
  } catch (error) {
    if (error instanceof TransportFault) return err(error.fault);
    // The library refuses arguments it cannot write, such as a profile token outside ASCII.
    return err({ kind: 'unsupported', what: 'request that node-onvif cannot write' });
  }
};

/** Opens the services of a device over our transport. No credential is handed to the library. */
export const openLibraryDevice = (soap: SoapClient, target: OnvifTarget): LibraryDevice => {
  const transport =
    (url: string, namespace: string): Transport =>
    async (method, envelope) => {
      const secured = (security: string): string =>
        envelope.replace('<s:Header></s:Header>', () => `<s:Header>${security}</s:Header>`);
      const reply = await soap.post({ target, url, action: `${namespace}/${method}`, envelope: secured });
      if (!reply.ok) throw new TransportFault(reply.error);
      const answer = child(reply.value.body, `${method}Response`, namespace);
      if (answer === null)
        throw new TransportFault({ kind: 'malformed', detail: `no ${method}Response in its namespace` });
      return answer;
    };
  const service = (kind: 'device' | 'media', url: string): LibraryService | null =>
    URL.canParse(url) ? library.open(library[kind], url, transport(url, ns[kind])) : null;
  const device = service('device', target.address);
  return {
    getCapabilities: () => guarded(device?.getCapabilities?.bind(device)),
    getDeviceInformation: () => guarded(device?.getDeviceInformation?.bind(device)),
    getRelayOutputs: () => guarded(device?.getRelayOutputs?.bind(device)),
    getProfiles: (url) => {
      const media = service('media', url);
      return guarded(media?.getProfiles?.bind(media));
    },
    getStreamUri: (url, profile) => {
      const media = service('media', url);
      return guarded(media?.getStreamUri?.bind(media, { ProfileToken: escapeXml(profile), Protocol: 'RTSP' }));
    },
    getSnapshotUri: (url, profile) => {
      const media = service('media', url);
      return guarded(media?.getSnapshotUri?.bind(media, { ProfileToken: escapeXml(profile) }));
    },
  };
};
