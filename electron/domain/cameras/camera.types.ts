import type { DeadlineEvent } from '../kernel/machine.ts';

export type CameraConnection = 'connecting' | 'live' | 'stalled' | 'offline';

/** Schema 1 of the camera's context. Plain JSON. */
export type CameraContext = {
  readonly cameraId: string;
  /** Since when the present state holds. */
  readonly since: number;
  /** Catalogue key of the fault (see `StreamFault` of the contract), or `null`. */
  readonly fault: string | null;
  /** When the picture was last known to move, or `null`. */
  readonly lastLiveAt: number | null;
};

export type CameraEvent =
  | { readonly type: 'install'; readonly at: number; readonly cameraId: string }
  | {
      readonly type: 'streamReported';
      readonly at: number;
      readonly state: CameraConnection;
      readonly fault: string | null;
    }
  /** A manager has taken it down: what it was and what it saw stay in the journal. */
  | { readonly type: 'remove'; readonly at: number; readonly by: string }
  | DeadlineEvent;
