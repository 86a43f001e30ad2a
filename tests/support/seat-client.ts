/** A seat without a page: speaks the contract over a real WebSocket, keeps its rows, and checks every message against the schema. */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Answer, CommandOf, CommandType } from '../../electron/contract/commands.schema.ts';
import {
  stationMessageSchema,
  type Query,
  type SeatMessage,
  type StationMessage,
} from '../../electron/contract/messages.schema.ts';
import { collectionNames, collections, type CollectionName, type Views } from '../../electron/contract/views.schema.ts';

type Fields<T extends CommandType> = Omit<CommandOf<T>, 'id' | 'type' | 'occurredAt'>;
type MessageOf<T extends StationMessage['t']> = Extract<StationMessage, { t: T }>;

export interface SeatClient {
  /** The same id and time again are the same command again. */
  readonly command: <T extends CommandType>(
    type: T,
    fields: Fields<T>,
    id?: string,
    occurredAt?: number,
  ) => Promise<Answer>;
  readonly query: (query: Query) => Promise<MessageOf<'reply'>>;
  readonly signIn: (personId: string, pin: string) => Promise<MessageOf<'reply'>>;
  readonly send: (message: SeatMessage) => void;
  readonly rows: <Name extends CollectionName>(collection: Name) => readonly Views[Name][];
  readonly row: <Name extends CollectionName>(collection: Name, key: string) => Views[Name] | undefined;
  readonly seq: () => number;
  readonly welcome: MessageOf<'welcome'>;
  readonly received: readonly StationMessage[];
  readonly sessionToken: () => string | null;
  readonly closed: Promise<void>;
  readonly terminate: () => void;
}

export interface SeatClientOptions {
  readonly port: number;
  readonly token: string;
  readonly seatId?: string;
  readonly session?: string | null;
  readonly fresh?: boolean;
  readonly resume?: { readonly bootId: string; readonly seq: number } | null;
}

/** Connects, says hello and waits for the welcome and the first rows. Rejects when the connection is refused or ends before. */
export const connectSeat = (options: SeatClientOptions): Promise<SeatClient> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${options.port}/seat`, ['guardroom.v1', `token.${options.token}`], {
      origin: `http://127.0.0.1:${options.port}`,
    });
    const rows = new Map<string, unknown>();
    const received: StationMessage[] = [];
    const answers = new Map<string, (answer: Answer) => void>();
    const replies = new Map<string, (reply: MessageOf<'reply'>) => void>();
    let welcome: MessageOf<'welcome'> | null = null;
    let sessionToken = options.session ?? null;
    let seq = options.resume?.seq ?? 0;
    let whenClosed: () => void = () => undefined;
    const closed = new Promise<void>((settle) => {
      whenClosed = settle;
    });

    const send = (message: SeatMessage): void => socket.send(JSON.stringify(message));
    const request = (id: string, message: SeatMessage): Promise<MessageOf<'reply'>> =>
      new Promise((settle, fail) => {
        replies.set(id, settle);
        void closed.then(() => fail(new Error('the station closed the connection')));
        send(message);
      });

    const client: SeatClient = {
      command: (type, fields, id = randomUUID(), occurredAt = Date.now()) =>
        new Promise((settle, fail) => {
          answers.set(id, settle);
          void closed.then(() => fail(new Error('the station closed the connection')));
          socket.send(JSON.stringify({ t: 'command', command: { ...fields, type, id, occurredAt } }));
        }),
      query: (query) => {
        const id = randomUUID();
        return request(id, { t: 'query', id, query });
      },
      signIn: (personId, pin) => {
        const id = randomUUID();
        return request(id, { t: 'signIn', id, personId, pin });
      },
      send,
      rows: <Name extends CollectionName>(collection: Name) =>
        [...rows.entries()].filter(([key]) => key.startsWith(`${collection}/`)).map(([, doc]) => doc as Views[Name]),
      row: <Name extends CollectionName>(collection: Name, key: string) =>
        rows.get(`${collection}/${key}`) as Views[Name] | undefined,
      seq: () => seq,
      get welcome() {
        if (welcome === null) throw new Error('no welcome yet');
        return welcome;
      },
      received,
      sessionToken: () => sessionToken,
      closed,
      terminate: () => socket.terminate(),
    };

    const apply = (message: MessageOf<'snapshot'> | MessageOf<'patch'>): void => {
      if (message.t === 'snapshot') rows.clear();
      for (const { collection, key, doc } of message.rows) {
        if (doc === null) rows.delete(`${collection}/${key}`);
        else rows.set(`${collection}/${key}`, collections[collection].parse(doc));
      }
      seq = message.seq;
    };

    socket.on('open', () =>
      send({
        t: 'hello',
        seatId: options.seatId ?? `seat-${randomUUID()}`,
        session: sessionToken,
        fresh: options.fresh ?? false,
        resume: options.resume ?? null,
        shows: [...collectionNames],
        sound: 'on',
      }),
    );
    socket.on('message', (data) => {
      const message = stationMessageSchema.parse(JSON.parse(data.toString()));
      received.push(message);
      if (message.t === 'welcome') {
        welcome = message;
        sessionToken = message.sessionToken ?? sessionToken;
        if (options.resume !== undefined && options.resume !== null) resolve(client);
      } else if (message.t === 'snapshot' || message.t === 'patch') {
        apply(message);
        // A large snapshot comes in pieces; its number comes with the last.
        if (message.seq > 0 || message.rows.length < 200) resolve(client);
      } else if (message.t === 'signedIn') {
        sessionToken = message.sessionToken ?? sessionToken;
      } else if (message.t === 'answer') {
        answers.get(message.commandId)?.(message.answer);
      } else if (message.t === 'reply') {
        replies.get(message.id)?.(message);
      }
    });
    socket.on('unexpected-response', (_request, response) => reject(new Error(`refused: ${response.statusCode ?? 0}`)));
    socket.on('error', reject);
    socket.on('close', () => {
      whenClosed();
      reject(new Error('closed before the welcome'));
    });
  });
