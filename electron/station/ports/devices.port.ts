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

export interface OnvifDescription {
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  /** Best first. */
  readonly profiles: readonly OnvifProfile[];
  readonly snapshotUrl: string | null;
  readonly relayTokens: readonly string[];
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

export type PanelReport =
  | {
      readonly kind: 'event';
      readonly account: string;
      /** `SIA-DCS` two-letter code or Contact ID code, as received. */
      readonly code: string;
      readonly protocol: 'SIA-DCS' | 'ADM-CID';
      /** `help`, `fire`, `burglary`, `tamper`, `trouble`, `test`, `other`. */
      readonly meaning: 'help' | 'fire' | 'burglary' | 'tamper' | 'trouble' | 'test' | 'other';
      readonly restored: boolean;
      readonly zone: string;
      readonly atMs: number;
      /** The panel's own clock, when it sent one. */
      readonly panelAtMs: number | null;
    }
  | { readonly kind: 'alive'; readonly account: string; readonly atMs: number }
  | { readonly kind: 'silent'; readonly account: string; readonly sinceMs: number }
  | { readonly kind: 'unrecognised'; readonly detail: string; readonly atMs: number };

/** The answer to a panel waits for this: `ACK` goes out only when the report was committed. */
export type PanelListener = (report: PanelReport) => 'committed' | 'refused';

/** Receiver for panels and buttons (SIA DC-09 over TCP). It can do nothing but report. */
export interface PanelPort {
  readonly configure: (accounts: readonly PanelAccount[]) => void;
  readonly onReport: (listener: PanelListener) => () => void;
  /** The TCP port it listens on. */
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
