/** The control port, on loopback only: the page, `GET /api/state` and `POST /api/<action>` with a JSON body. */
import { parseJson } from '../../../electron/domain/kernel/json.ts';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { readBody } from '../wire/body.ts';
import { type Listener, listen } from '../wire/listen.ts';
import type { Control } from './api.ts';

const bodyLimit = 4096;

/** The JSON of a body; undefined where it is too large or no JSON, which no action takes. */
const readJson = async (request: IncomingMessage): Promise<unknown> =>
  parseJson((await readBody(request, bodyLimit)) ?? '');

/** Other pages in a browser must not press buttons here: only this host by name, and only JSON (which needs a preflight). */
const mayAct = (request: IncomingMessage): boolean => {
  const [host = ''] = (request.headers.host ?? '').split(':');
  return (
    ['127.0.0.1', 'localhost'].includes(host) && (request.headers['content-type'] ?? '').startsWith('application/json')
  );
};

export const createControlServer = async (control: Control, page: string, port: number): Promise<Listener> => {
  const json = (response: ServerResponse, status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (request.method === 'GET' && path === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    } else if (request.method === 'GET' && path === '/api/state') json(response, 200, control.state());
    else if (request.method === 'POST' && path.startsWith('/api/')) {
      if (!mayAct(request))
        return json(response, 403, { ok: false, kind: 'forbidden', detail: 'a JSON request to this host is needed' });
      const outcome = await control.perform(path.slice('/api/'.length), await readJson(request));
      json(response, outcome.ok ? 200 : 400, outcome);
    } else json(response, 404, { ok: false, kind: 'notFound', detail: path });
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((cause: unknown) => {
      console.error('the control port could not answer', cause);
      response.destroy();
    });
  });
  return listen(server, '127.0.0.1', port);
};
