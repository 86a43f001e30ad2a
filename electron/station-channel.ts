/**
 * What the supervisor and the station process say to each other. The same over `child_process` (headless) and over Electron's
 * utility process (shell): nothing secret is ever on a command line or in the environment.
 */

import type { Busy } from './contract/messages.schema.ts';

/** What to do about the demo community. `ask` leaves it to the person in front of an empty data folder. */
export type DemoMode = 'demo' | 'real' | 'ask';

export interface StationSettings {
  readonly dataDir: string;
  /** 0 lets the system choose at the first start; the supervisor keeps the answer. */
  readonly port: number;
  readonly token: string;
  readonly demo: DemoMode;
  /** Language of the demo's names and places; `null` takes the one of the last start. */
  readonly lang: 'zh-CN' | 'en' | null;
  readonly staticDir: string;
  readonly extraOrigins: readonly string[];
  /** TCP port for panels (SIA DC-09); 0 lets the system choose. */
  readonly panelPort: number;
  /** Interface for panels as the start options name it; `null`: they name none, and what a manager chose counts. */
  readonly panelHost: string | null;
  /** Addresses and ranges that panels may report from. */
  readonly panelSources: readonly string[];
  readonly version: string;
  /** 256-bit key for device passwords, base64url, from the system's keychain; `null`: the station keeps a key file of its own. */
  readonly deviceKey: string | null;
}

/** Why a station cannot run at all; starting it again would not help. */
export type StationFailure =
  | 'portTaken'
  | 'realCommunity'
  | 'newerSchema'
  | 'inUse'
  | 'damaged'
  | 'notWritable'
  | 'diskFull'
  | 'journalMissing'
  | 'keyMissing'
  | 'keyDamaged'
  | 'keyForeign'
  | 'notBuilt'
  | 'demoFailed'
  | 'keychainNeeded';

/** Why a station is started again. */
export type StartedAgain = 'noAnswer' | 'ended';

export type ToStation =
  | { readonly t: 'start'; readonly settings: StationSettings; readonly again: StartedAgain | null }
  | { readonly t: 'ping'; readonly n: number }
  | { readonly t: 'stop' };

export type FromStation =
  | { readonly t: 'ready'; readonly port: number; readonly panelPort: number; readonly url: string }
  | { readonly t: 'pong'; readonly n: number }
  | ({ readonly t: 'busy' } & Busy)
  /** It has stopped in order: everything is closed, the head is sealed. The last it says. */
  | { readonly t: 'stopped' }
  | { readonly t: 'failed'; readonly failure: StationFailure; readonly detail: string };

/** The station's end of the channel. */
export interface StationChannel {
  readonly send: (message: FromStation) => void;
  /** Resolves when this last message is on its way, or cannot be: the process may end then. */
  readonly sendLast: (message: FromStation) => Promise<void>;
  readonly onMessage: (listener: (message: ToStation) => void) => void;
  /** The supervisor is gone: the station stops by itself. */
  readonly onLost: (listener: () => void) => void;
}

/** How long a message through Electron's port is given to leave before its sender ends, milliseconds. */
const LEAVES_MS = 100;

/** Electron's utility process gives its child this instead of `process.send`. */
interface ParentPort {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message', listener: (event: { readonly data: ToStation }) => void) => void;
}

const parentPortOf = (host: object): ParentPort | null =>
  'parentPort' in host && typeof host.parentPort === 'object' && host.parentPort !== null
    ? (host.parentPort as ParentPort)
    : null;

/** The channel of this process, or `null` when it was started by hand. */
export const openStationChannel = (): StationChannel | null => {
  const port = parentPortOf(process);
  if (port !== null) {
    return {
      send: (message) => port.postMessage(message),
      sendLast: (message) => {
        port.postMessage(message);
        // The port tells nobody when a message has left.
        return new Promise((resolve) => void setTimeout(resolve, LEAVES_MS));
      },
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
      // A utility process ends with its parent: there is nothing to notice.
      onLost: () => undefined,
    };
  }
  const send = process.send?.bind(process);
  if (send === undefined) return null;
  return {
    send: (message) => {
      if (process.connected) send(message);
    },
    sendLast: (message) =>
      new Promise((resolve) => {
        if (process.connected) send(message, undefined, undefined, () => resolve());
        else resolve();
      }),
    onMessage: (listener) => process.on('message', (message) => listener(message as ToStation)),
    onLost: (listener) => process.on('disconnect', listener),
  };
};
