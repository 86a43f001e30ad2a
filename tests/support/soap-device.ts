import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { escapeXml } from '../../native/kit/xml.ts';
import { listenOnLoopback } from './loopback.ts';

const schema = 'http://www.onvif.org/ver10/schema';
const device = 'http://www.onvif.org/ver10/device/wsdl';
const media = 'http://www.onvif.org/ver10/media/wsdl';
const events = 'http://www.onvif.org/ver10/events/wsdl';
const wsnt = 'http://docs.oasis-open.org/wsn/b-2';
const wsa = 'http://www.w3.org/2005/08/addressing';

/** What a request is answered with. `raw` replaces the whole HTTP reply, `hang` never answers. */
export type SoapAnswer =
  | { readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly fault: string; readonly reason?: string }
  | {
      readonly raw: string | Uint8Array;
      readonly status?: number;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly hang: true };

interface SoapRequest {
  /** Local name of the first element of the body, or the path of a GET. */
  readonly operation: string;
  /** Path of the service that was asked. */
  readonly path: string;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

/** A small ONVIF device whose every answer a test may replace. It is no simulator: it says what it is told to say. */
export interface SoapDevice {
  readonly address: string;
  readonly origin: string;
  /** Operations in the order they came. */
  readonly requests: readonly SoapRequest[];
  /** Replaces the answer of an operation (or of a GET path). */
  readonly on: (operation: string, answer: (request: SoapRequest, nth: number) => SoapAnswer) => void;
  /** How an operation is answered now, to be answered so still in some cases. */
  readonly answerOf: (operation: string) => (request: SoapRequest) => SoapAnswer;
  readonly count: (operation: string) => number;
  readonly close: () => Promise<void>;
}

export interface SoapDeviceOptions {
  readonly username?: string;
  readonly password?: string;
  /** How the login is checked; `token` refuses tokens more than 10 s off the device's clock. */
  readonly login?: 'none' | 'token' | 'digest-md5' | 'digest-sha256';
  /** The device's clock minus ours, milliseconds. */
  readonly clockOffsetMs?: number;
  /** No HTTP `Date` in any reply. */
  readonly noDate?: boolean;
}

export const envelope = (body: string): string =>
  `<?xml version="1.0"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="${schema}" xmlns:tds="${device}" xmlns:trt="${media}" xmlns:tev="${events}" xmlns:wsnt="${wsnt}" xmlns:wsa="${wsa}" xmlns:tns1="http://www.onvif.org/ver10/topics"><env:Body>${body}</env:Body></env:Envelope>`;

/** One notification as devices send it. */
export const notification = (
  topic: string,
  source: string,
  data: string,
  operation = 'Changed',
  time = new Date().toISOString(),
): string =>
  `<wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">${topic}</wsnt:Topic><wsnt:Message><tt:Message UtcTime="${time}" PropertyOperation="${operation}"><tt:Source>${source}</tt:Source><tt:Data>${data}</tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>`;

export const item = (name: string, value: string): string => `<tt:SimpleItem Name="${name}" Value="${value}"/>`;

export const pulled = (messages: string, now = new Date()): SoapAnswer => ({
  body: `<tev:PullMessagesResponse><tev:CurrentTime>${now.toISOString()}</tev:CurrentTime><tev:TerminationTime>${new Date(now.getTime() + 60_000).toISOString()}</tev:TerminationTime>${messages}</tev:PullMessagesResponse>`,
});

const md = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');
const field = (header: string, name: string): string => new RegExp(`[ ,]${name}="?([^",]*)"?`).exec(header)?.[1] ?? '';

/** A list of relay outputs, with one relay. */
export const relayOutputs = (token: string, mode = 'Bistable', delay = 'PT1S', idle = 'closed'): string =>
  `<tds:GetRelayOutputsResponse><tds:RelayOutputs token="${token}"><tt:Properties><tt:Mode>${mode}</tt:Mode><tt:DelayTime>${delay}</tt:DelayTime><tt:IdleState>${idle}</tt:IdleState></tt:Properties></tds:RelayOutputs></tds:GetRelayOutputsResponse>`;

const defaults = (origin: string, offsetMs: number): Record<string, (request: SoapRequest) => SoapAnswer> => {
  const relay = { mode: 'Bistable', delay: 'PT1S' };
  const now = (): Date => new Date(Date.now() + offsetMs);
  const life = (): string =>
    `<wsnt:CurrentTime>${now().toISOString()}</wsnt:CurrentTime><wsnt:TerminationTime>${new Date(now().getTime() + 60_000).toISOString()}</wsnt:TerminationTime>`;
  const profile = (token: string, width: number, height: number): string =>
    `<trt:Profiles token="${token}"><tt:Name>${token} stream</tt:Name><tt:VideoEncoderConfiguration token="e"><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles>`;
  return {
    GetSystemDateAndTime: () => {
      const at = now();
      return {
        body: `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`,
      };
    },
    GetDeviceInformation: () => ({
      body: '<tds:GetDeviceInformationResponse><tds:Manufacturer>Muster &amp; Co</tds:Manufacturer><tds:Model>M1</tds:Model><tds:SerialNumber>0001</tds:SerialNumber></tds:GetDeviceInformationResponse>',
    }),
    GetCapabilities: () => ({
      body: `<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Events><tt:XAddr>${origin}/onvif/events</tt:XAddr></tt:Events><tt:Media><tt:XAddr>${origin}/onvif/media</tt:XAddr></tt:Media><tt:Extension><tt:DeviceIO><tt:XAddr>${origin}/onvif/deviceio</tt:XAddr></tt:DeviceIO></tt:Extension></tds:Capabilities></tds:GetCapabilitiesResponse>`,
    }),
    GetRelayOutputs: () => ({ body: relayOutputs('open', relay.mode, relay.delay) }),
    GetDigitalInputs: () => ({
      body: '<tmd:GetDigitalInputsResponse xmlns:tmd="http://www.onvif.org/ver10/deviceIO/wsdl"><tmd:DigitalInputs token="in-1"/></tmd:GetDigitalInputsResponse>',
    }),
    SetRelayOutputSettings: ({ text }) => {
      relay.mode = /<tt:Mode>(\w+)</.exec(text)?.[1] ?? relay.mode;
      relay.delay = /<tt:DelayTime>([^<]+)</.exec(text)?.[1] ?? relay.delay;
      return { body: '<tds:SetRelayOutputSettingsResponse/>' };
    },
    SetRelayOutputState: () => ({ body: '<tds:SetRelayOutputStateResponse/>' }),
    GetProfiles: () => ({
      body: `<trt:GetProfilesResponse>${profile('sub', 640, 360)}${profile('main', 1280, 720)}</trt:GetProfilesResponse>`,
    }),
    GetStreamUri: () => ({
      body: '<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>rtsp://admin:secret@10.0.0.9:8554/live?a=1&amp;b=2</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>',
    }),
    GetSnapshotUri: () => ({
      body: `<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>${origin}/still.jpg</tt:Uri></trt:MediaUri></trt:GetSnapshotUriResponse>`,
    }),
    '/still.jpg': () => ({ raw: Buffer.from([0xff, 0xd8, 0xff, 0xd9]), type: 'image/jpeg' }),
    CreatePullPointSubscription: () => ({
      body: `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>${origin}/onvif/subscription/1</wsa:Address></tev:SubscriptionReference>${life()}</tev:CreatePullPointSubscriptionResponse>`,
    }),
    SetSynchronizationPoint: () => ({ body: '<tev:SetSynchronizationPointResponse/>' }),
    PullMessages: () => ({ hang: true }),
    Renew: () => ({ body: `<wsnt:RenewResponse>${life()}</wsnt:RenewResponse>` }),
    Unsubscribe: () => ({ body: '<wsnt:UnsubscribeResponse/>' }),
  };
};

/** Starts a device on a free port of the loopback. */
export const startSoapDevice = async (options: SoapDeviceOptions = {}): Promise<SoapDevice> => {
  const { username = 'admin', password = 'pass', login = 'none', clockOffsetMs = 0 } = options;
  const requests: SoapRequest[] = [];
  const answers = new Map<string, (request: SoapRequest, nth: number) => SoapAnswer>();
  const algorithm = login === 'digest-md5' ? 'md5' : 'sha256';
  const nonce = 'n0nce';

  const loggedIn = ({ text, headers }: SoapRequest, method: string, uri: string): boolean => {
    if (login === 'none') return true;
    if (login === 'token') {
      const [user, digest, nonce64, created] = ['Username', 'Password', 'Nonce', 'Created'].map(
        (name) => new RegExp(`:${name}(?: [^>]*)?>([^<]*)<`).exec(text)?.[1] ?? '',
      );
      const wanted = createHash('sha1')
        .update(Buffer.from(nonce64 ?? '', 'base64'))
        .update(`${created}${password}`)
        .digest('base64');
      return (
        user === escapeXml(username) &&
        digest === wanted &&
        Math.abs(Date.parse(created ?? '') - Date.now() - clockOffsetMs) < 10_000
      );
    }
    const header = headers.authorization ?? '';
    const first = md(algorithm, `${username}:home:${password}`);
    const second = md(algorithm, `${method}:${uri}`);
    return (
      field(header, 'response') ===
      md(algorithm, `${first}:${nonce}:${field(header, 'nc')}:${field(header, 'cnonce')}:auth:${second}`)
    );
  };

  const respond = (request: SoapRequest, incoming: IncomingMessage, response: ServerResponse): void => {
    requests.push(request);
    if (request.operation !== 'GetSystemDateAndTime' && !loggedIn(request, incoming.method ?? '', incoming.url ?? '')) {
      const name = algorithm === 'md5' ? 'MD5' : 'SHA-256';
      if (login === 'token') return send(response, { fault: 'ter:NotAuthorized' });
      return send(response, {
        raw: '',
        status: 401,
        headers: { 'www-authenticate': `Digest realm="home", nonce="${nonce}", qop="auth", algorithm=${name}` },
      });
    }
    const answer = answers.get(request.operation);
    send(
      response,
      answer?.(request, requests.filter(({ operation }) => operation === request.operation).length) ?? {
        fault: 'ter:ActionNotSupported',
      },
    );
  };
  const send = (response: ServerResponse, answer: SoapAnswer): void => {
    response.sendDate = options.noDate !== true;
    if ('hang' in answer) return;
    if ('raw' in answer) {
      response
        .writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/soap+xml', ...answer.headers })
        .end(answer.raw);
      return;
    }
    const fault = 'fault' in answer;
    const body = fault
      ? `<env:Fault xmlns:ter="http://www.onvif.org/ver10/error"><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>${answer.fault}</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="en">${answer.reason ?? answer.fault}</env:Text></env:Reason></env:Fault>`
      : answer.body;
    const headers = 'headers' in answer ? answer.headers : {};
    response.writeHead(fault ? 400 : 200, { 'content-type': 'application/soap+xml', ...headers }).end(envelope(body));
  };

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const operation = /Body>\s*<(?:[\w-]+:)?(\w+)/.exec(text)?.[1] ?? incoming.url ?? '';
      respond({ operation, path: incoming.url ?? '', text, headers: incoming.headers }, incoming, response);
    });
    response.on('error', () => response.destroy());
  });
  const origin = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  for (const [operation, answer] of Object.entries(defaults(origin, clockOffsetMs))) answers.set(operation, answer);
  return {
    address: `${origin}/onvif/device_service`,
    origin,
    requests,
    on: (operation, answer) => void answers.set(operation, answer),
    answerOf: (operation) => {
      const before = answers.get(operation);
      return (request) => before?.(request, 1) ?? { fault: 'ter:ActionNotSupported' };
    },
    count: (wanted) => requests.filter(({ operation }) => operation === wanted).length,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
};
