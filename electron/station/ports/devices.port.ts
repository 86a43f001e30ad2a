import type { Result } from '../../domain/kernel/result.ts';

/** How to reach one ONVIF device. `address` is its device service, for example `http://192.168.1.64/onvif/device_service`. */
export interface OnvifTarget {
  readonly address: string;
  readonly username: string | null;
  readonly password: string | null;
}

export type DeviceFault =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'credentials' }
  | { readonly kind: 'unsupported'; readonly what: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** A contact was closed for a pulse and could not be opened again: what it drives may be held. */
  | { readonly kind: 'contactHeld' }
  | { readonly kind: 'malformed'; readonly detail: string };

export interface FoundDevice {
  readonly address: string;
  readonly name: string;
  readonly hardware: string;
  readonly location: string;
}

export interface OnvifProfile {
  readonly token: string;
  readonly name: string;
  readonly encoding: string;
  readonly width: number;
  readonly height: number;
  /** RTSP address without credentials. */
  readonly streamUrl: string;
}

export interface LeftOutProfile {
  readonly name: string;
  /** `noEncoder`: this device tells its encoding in a service that it does not offer; else the kind of the fault. */
  readonly why: 'noEncoder' | DeviceFault['kind'];
}

export interface OnvifDescription {
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  /** Best first. */
  readonly profiles: readonly OnvifProfile[];
  readonly snapshotUrl: string | null;
  readonly relayTokens: readonly string[];
  /** Digital inputs, under the names that its events tell them by; empty where the device lists none. */
  readonly inputTokens: readonly string[];
  /** Profiles of which no stream could be read, and why: said, and not dropped without a word. */
  readonly leftOut: readonly LeftOutProfile[];
  readonly hasEvents: boolean;
  /** The device's clock minus ours, in milliseconds. */
  readonly clockOffsetMs: number;
}

/** What a device reported by a pull point. */
export type DeviceEvent =
  | { readonly kind: 'motion'; readonly source: string; readonly active: boolean; readonly atMs: number }
  | { readonly kind: 'tamper'; readonly source: string; readonly active: boolean; readonly atMs: number }
  | {
      readonly kind: 'digitalInput';
      readonly token: string;
      readonly active: boolean;
      readonly atMs: number;
      readonly initial: boolean;
    }
  | { readonly kind: 'relay'; readonly token: string; readonly active: boolean; readonly atMs: number }
  | { readonly kind: 'unrecognised'; readonly topic: string; readonly atMs: number };

/** State of an event subscription, for the honest display of what is being listened to. */
export type SubscriptionState = 'connecting' | 'listening' | 'lost';

/** Cameras over ONVIF: discovery, description, events, relays and snapshots. */
export interface OnvifPort {
  /** WS-Discovery on the given interface addresses (all when empty), for `waitMs` (500 to 10,000). */
  readonly discover: (interfaces: readonly string[], waitMs: number) => Promise<readonly FoundDevice[]>;
  readonly describe: (target: OnvifTarget) => Promise<Result<OnvifDescription, DeviceFault>>;
  /** JPEG bytes, at most 8 MB. */
  readonly snapshot: (target: OnvifTarget) => Promise<Result<Uint8Array, DeviceFault>>;
  /** A pulse: monostable where the device can, else on and off after `pulseMs`. Resolves when the device has accepted. */
  readonly pulseRelay: (target: OnvifTarget, token: string, pulseMs: number) => Promise<Result<null, DeviceFault>>;
  /** Pulls events until stopped; subscribes again for ever, with back-off. Returns the way to stop. */
  readonly listen: (
    target: OnvifTarget,
    onEvent: (event: DeviceEvent) => void,
    onState: (state: SubscriptionState) => void,
  ) => () => void;
}

/** One barrier as its driver needs it. */
export interface BarrierLink {
  readonly barrierId: string;
  readonly target: OnvifTarget;
  readonly openRelay: string;
  readonly closeRelay: string;
  /** Digital inputs of the limit switches, where there are any. */
  readonly openInput: string | null;
  readonly closedInput: string | null;
  /** Time that the arm needs from one end to the other, milliseconds. */
  readonly travelMs: number;
}

export type BarrierReport =
  | {
      readonly kind: 'position';
      readonly barrierId: string;
      readonly position: 'open' | 'closed' | 'moving' | 'unknown';
      readonly atMs: number;
    }
  | { readonly kind: 'link'; readonly barrierId: string; readonly state: SubscriptionState; readonly atMs: number };

/** Gates. `drive` answers what the controller said: accepted is not moved. */
export interface BarrierPort {
  readonly configure: (links: readonly BarrierLink[]) => void;
  /** At most one attempt. `open` while a `close` is being sent goes out after it; any other second command is refused. `motionId` is for the log. */
  readonly drive: (barrierId: string, motion: 'open' | 'close', motionId: string) => Promise<Result<null, DeviceFault>>;
  readonly onReport: (listener: (report: BarrierReport) => void) => () => void;
  readonly close: () => Promise<void>;
}

/** One reporting account: a panel or a wireless receiver of help buttons. */
export interface PanelAccount {
  /** As sent in the frame, for example `4F39`. */
  readonly account: string;
  /** Silence for longer than this is itself an alarm; milliseconds. */
  readonly supervisionMs: number;
  /** Accept wrong checksums (some panels send them); logged. */
  readonly lenient: boolean;
}

/** What a code says happened. `unclear`: an alarm whose kind is not known; `other`: known, and nobody has to come for it. */
export type PanelMeaning =
  | 'help'
  | 'panic'
  | 'atRisk'
  | 'fire'
  | 'gas'
  | 'water'
  | 'burglary'
  | 'unclear'
  | 'tamper'
  | 'trouble'
  | 'test'
  | 'arming'
  | 'other';

/** What the number behind a code counts: a closing names who armed, and not a place. */
export type PanelNumber = 'zone' | 'user' | 'area' | 'device' | 'none' | 'unknown';

export type PanelProtocol = 'SIA-DCS' | 'ADM-CID';

/** Why a message of an account that is set up could not be read. */
export type PanelUnreadable = 'encrypted' | 'checksum' | 'unreadable';

export type PanelReport =
  | {
      readonly kind: 'event';
      /** As it was configured. */
      readonly account: string;
      /** `SIA-DCS` two-letter code or Contact ID code, as received. */
      readonly code: string;
      readonly protocol: PanelProtocol;
      readonly meaning: PanelMeaning;
      readonly restored: boolean;
      /** The number behind the code, as sent. */
      readonly zone: string;
      readonly number: PanelNumber;
      readonly atMs: number;
      /** The panel's own clock, when it sent one. */
      readonly panelAtMs: number | null;
    }
  /** A message names this account and says nothing that can be read: help may have been in it. */
  | { readonly kind: 'unreadable'; readonly account: string; readonly why: PanelUnreadable; readonly atMs: number }
  | { readonly kind: 'alive'; readonly account: string; readonly atMs: number }
  | { readonly kind: 'silent'; readonly account: string; readonly sinceMs: number }
  /** Somebody reports from `source` under accounts that are not set up, again and again. `accounts`: up to 5 of them. */
  | {
      readonly kind: 'stranger';
      readonly source: string;
      readonly accounts: readonly string[];
      readonly times: number;
      readonly atMs: number;
    }
  | { readonly kind: 'unrecognised'; readonly detail: string; readonly atMs: number };

/** The answer to a panel waits for this: `ACK` goes out only when the report was committed. */
export type PanelListener = (report: PanelReport) => 'committed' | 'refused';

/** Where panels reach the receiver. */
export interface PanelPlace {
  /** An IPv4 address of this machine; `0.0.0.0` for all of them, `127.0.0.1` for this machine alone. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Addresses and ranges that may report; an empty list lets nobody in. */
  readonly sources: readonly string[];
}

/** Whether panels can reach it now. `addressGone`: no interface of this machine has the address (any more). */
export type PanelListening =
  | { readonly state: 'listening'; readonly host: string; readonly port: number }
  | { readonly state: 'failed'; readonly fault: 'portTaken' | 'addressGone' | 'notPermitted' | 'failed' }
  | { readonly state: 'off' };

/** One message that came, for whoever sets a receiver up: from where, whose, and what was made of it. */
export interface PanelFrameSeen {
  readonly atMs: number;
  readonly source: string;
  /** As written in it, upper case; empty where none could be found. */
  readonly account: string;
  readonly readAs: 'alive' | 'event' | PanelUnreadable | 'unknownAccount' | 'refused' | 'notAllowed';
  /** Meaning and number of its first event, where there is one. */
  readonly meaning: PanelMeaning | null;
  readonly zone: string;
}

/** An address of this machine that panels on the network can be given. */
export interface OwnAddress {
  readonly address: string;
  /** The system's name of the interface. */
  readonly name: string;
}

/** Receiver for panels and buttons (SIA DC-09 over TCP). It can do nothing but report. */
export interface PanelPort {
  readonly configure: (accounts: readonly PanelAccount[]) => void;
  /** Listens there and nowhere else, from now on. Resolves after the first attempt; one that failed is tried again and again. */
  readonly listen: (place: PanelPlace) => Promise<PanelListening>;
  readonly listening: () => PanelListening;
  readonly onListening: (listener: (state: PanelListening) => void) => () => void;
  /** The newest messages, newest first, at most 8. */
  readonly seen: () => readonly PanelFrameSeen[];
  /** IPv4 addresses of this machine but its own loop. */
  readonly addresses: () => readonly OwnAddress[];
  readonly onReport: (listener: PanelListener) => () => void;
  /** The TCP port it listens on; 0 while it listens nowhere. */
  readonly port: () => number;
  readonly close: () => Promise<void>;
}

/** The station's own sounder, so that the siren does not live in a page. */
export interface SounderPort {
  /** Starts or stops the siren; idempotent. */
  readonly siren: (on: boolean) => void;
  /** `missing` when this machine has no way to make a sound; the seats say so. */
  readonly state: () => 'ready' | 'sounding' | 'missing' | 'failed';
  readonly onState: (listener: (state: 'ready' | 'sounding' | 'missing' | 'failed') => void) => () => void;
  readonly close: () => Promise<void>;
}
