import type { Command } from '../../../contract/commands.schema.ts';

/** A command without id and time: the station gives both. */
export type SeedCommand = DistributiveOmit<Command, 'id' | 'occurredAt'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export type DemoLanguage = 'zh-CN' | 'en';

export interface DemoSeed {
  readonly communityName: string;
  readonly timeZone: string;
  /** People, devices, contacts and a roster, in order; every command names its ids, so that seeding again changes what differs. */
  readonly commands: readonly SeedCommand[];
  /** The volunteer whom a fresh seat is signed in as, and who is on duty. */
  readonly volunteerId: string;
}

/** The demo community: its simulators in a process of their own, and what they consist of. */
export interface DemoPort {
  /**
   * Starts the simulators (reporting to the station's panel port) and tells what is there. `nowMs` anchors the roster. `lang` is the language of
   * names and places; without it the one of the last start, else Chinese. Rejects when the simulators do not come up.
   */
  readonly start: (panelPort: number, nowMs: number, lang?: DemoLanguage) => Promise<DemoSeed>;
  /** Told when simulators that were up have ended without `stop` or `start`. One listener. */
  readonly onLost: (listener: () => void) => void;
  readonly stop: () => Promise<void>;
}
