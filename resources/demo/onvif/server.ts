/** The HTTP port of one simulated camera: SOAP at `/onvif/…`, the snapshot as JPEG. */
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type Authenticator, type Credentials, createAuthenticator } from '../wire/auth.ts';
import { readBody } from '../wire/body.ts';
import { type Listener, listen } from '../wire/listen.ts';
import { openToAll } from './device.ts';
import { type Operation, type Reply, envelope, faultBody, invalid, notAuthorized, notSupported, ns } from './soap.ts';
import { createTokenJudge } from './username-token.ts';
import { bodyLimit, child, parseXml } from './xml.ts';

export interface OnvifServerOptions {
  readonly host: string;
  readonly port: number;
  readonly credentials: Credentials;
  readonly accept: () => boolean;
  readonly operations: ReadonlyMap<string, Operation>;
  /** The file that shows what the camera sees now. */
  readonly snapshot: () => string;
}

const send = (response: ServerResponse, reply: Reply, authenticator: Authenticator): void => {
  if ('silence' in reply) return;
  const fault = 'fault' in reply ? reply.fault : undefined;
  const body = 'fault' in reply ? envelope(faultBody(reply.fault)) : envelope(reply.body, reply.header);
  response.writeHead(fault?.status ?? 200, {
    'Content-Type': 'application/soap+xml; charset=utf-8',
    // onvif-util cannot read a chunked answer, and knows this name in this spelling only.
    'Content-Length': Buffer.byteLength(body),
    ...(fault?.status === 401 ? { 'WWW-Authenticate': authenticator.challenges(false) } : {}),
  });
  response.end(body);
};

export const createOnvifServer = async (options: OnvifServerOptions): Promise<Listener> => {
  const authenticator = createAuthenticator({
    realm: 'IP Camera',
    credentials: options.credentials,
    qop: true,
    schemes: ['digest'],
    accept: options.accept,
  });
  const judgeToken = createTokenJudge(options.credentials);
  const soap = async (request: IncomingMessage, gone: AbortSignal): Promise<Reply> => {
    const text = await readBody(request, bodyLimit);
    if (text === undefined) return { fault: invalid('ter:InvalidArgs', 'The request is too large') };
    const root = parseXml(text);
    if (root?.name !== 'Envelope' || root.ns !== ns.s)
      return { fault: { status: 400, codes: ['ter:WellFormed'], reason: 'No SOAP 1.2 envelope' } };
    const call = child(root, 'Body')?.children[0];
    if (!call) return { fault: invalid('ter:InvalidArgs', 'The body is empty') };
    const name = `{${call.ns}}${call.name}`;
    const operation = options.operations.get(name);
    if (!openToAll.has(name)) {
      const token = judgeToken(child(root, 'Header'));
      const http = authenticator.judge(request.headers.authorization, 'POST');
      if (!options.accept() || (token !== 'granted' && (token !== 'missing' || http !== 'granted')))
        return { fault: notAuthorized };
    }
    if (!operation) return { fault: notSupported };
    // Not from the Host header: onvif-util leaves the port out of it.
    const { localAddress, localPort } = request.socket;
    return operation(call, {
      base: `http://${localAddress ?? options.host}:${localPort ?? 0}`,
      path: request.url ?? '/',
      gone,
    });
  };
  const snapshot = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const verdict = authenticator.judge(request.headers.authorization, request.method ?? 'GET');
    if (verdict !== 'granted') {
      response.writeHead(401, { 'www-authenticate': authenticator.challenges(verdict === 'stale') }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(await readFile(options.snapshot()));
  };
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const answered = async (): Promise<void> => {
      const path = request.url ?? '/';
      if (request.method === 'GET' && path.startsWith('/snapshot.jpg')) await snapshot(request, response);
      else if (request.method === 'POST' && path.startsWith('/onvif/'))
        send(response, await soap(request, gone.signal), authenticator);
      else response.writeHead(404).end();
    };
    answered().catch((cause: unknown) => {
      console.error('the simulated camera could not answer', cause);
      response.destroy();
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return listen(server, options.host, options.port);
};
