import type { DeadlineEvent } from '../kernel/machine.ts';

export type BarrierMotion = 'open' | 'close';
export type BarrierPosition = 'open' | 'closed' | 'moving' | 'unknown';

/** What was sent, accepted and seen of the newest command. */
export type BarrierCommandState = {
  /** The command's id. */
  readonly motionId: string;
  readonly motion: BarrierMotion;
  /** Catalogue key (`ambulance`, `resident`, `visitor`, `delivery`, `fire`, `other`) and, for `other`, a sealed text in `reasonNote`. */
  readonly reason: string;
  readonly reasonNote: string | null;
  readonly by: string;
  readonly givenAt: number;
  readonly sentAt: number | null;
  readonly acceptedAt: number | null;
  /** When the wanted end position was seen by a sensor, reported by the controller, or confirmed by a person. */
  readonly confirmedAt: number | null;
  readonly fault: string | null;
  /** The running `close` whose place this `open` took; what becomes of that one is no longer asked. */
  readonly replaces: string | null;
};

/** A stretch of time in which nobody has seen the arm down. */
export type BarrierStanding = {
  /** When it was last not seen down any more: the first report that said something else, or the installation. */
  readonly since: number;
  /** When it was first seen up, or on its way, in that time; `null` while nobody knows where it is. */
  readonly seenAt: number | null;
  /** Who opened it, and for what; `null` where it was opened by hand, by a remote control or by nobody knows whom. */
  readonly by: string | null;
  readonly reason: string | null;
  /** Sealed, for `other`. */
  readonly reasonNote: string | null;
  /** When a person is reminded. */
  readonly remindAt: number;
  /** A person wanted it to stay open until then, and who. */
  readonly keepUntil: number | null;
  readonly keptBy: string | null;
  /** Since when the reminder stands, or `null`: its alarm is named after this time. */
  readonly remindedAt: number | null;
};

/** Schema 2 of the barrier's context. Plain JSON. */
export type BarrierContext = {
  readonly barrierId: string;
  /** Time from one end to the other, milliseconds, at the newest command; the confirmation is awaited for this and 5 s more. */
  readonly travelMs: number;
  readonly position: BarrierPosition;
  readonly positionAt: number;
  /** `null` while nobody has seen it: the position is `unknown` then. */
  readonly positionSource: 'sensor' | 'controller' | 'person' | null;
  readonly positionBy: string | null;
  readonly command: BarrierCommandState | null;
  /** How long the arm may not be seen down before somebody is reminded, milliseconds. */
  readonly openLimitMs: number;
  /** `null` while the arm was last seen down. */
  readonly standing: BarrierStanding | null;
  /** Motions in a row that did not get to the arm: refused, not reached, or too late to be sent. */
  readonly refusals: number;
};

export type BarrierEvent =
  | {
      readonly type: 'install';
      readonly at: number;
      readonly barrierId: string;
      readonly travelMs: number;
      readonly openLimitMs: number;
    }
  | {
      readonly type: 'command';
      readonly at: number;
      readonly motionId: string;
      readonly motion: BarrierMotion;
      readonly reason: string;
      readonly reasonNote: string | null;
      readonly by: string;
      /** As it is set up now: a manager may have changed it since the barrier was installed. */
      readonly travelMs: number;
    }
  /** The effect runner is about to hand the motion to the port. */
  | { readonly type: 'sent'; readonly at: number; readonly motionId: string }
  | { readonly type: 'accepted'; readonly at: number; readonly motionId: string }
  /** `emergency`: an ambulance or a fire engine is expected, whatever reason was given. */
  | {
      readonly type: 'failed';
      readonly at: number;
      readonly motionId: string;
      readonly fault: string;
      readonly emergency: boolean;
    }
  /** It was too old when its turn came: not sent (5 s, by the station's clock). */
  | { readonly type: 'expired'; readonly at: number; readonly motionId: string; readonly emergency: boolean }
  /** The station stopped between "sent" and an answer: nobody knows whether the arm moved. */
  | { readonly type: 'outcomeLost'; readonly at: number; readonly motionId: string }
  | {
      readonly type: 'positionReported';
      readonly at: number;
      readonly position: BarrierPosition;
      readonly source: 'sensor' | 'controller';
    }
  | { readonly type: 'personConfirmed'; readonly at: number; readonly position: 'open' | 'closed'; readonly by: string }
  /** A person wants it to stay open for so long from now; milliseconds. */
  | { readonly type: 'keepOpen'; readonly at: number; readonly forMs: number; readonly by: string }
  /** A manager allows another time. `remindAtMs`: when the reminder is due by the clock of now, or `null` where none is waited for. */
  | {
      readonly type: 'openLimitChanged';
      readonly at: number;
      readonly openLimitMs: number;
      readonly remindAtMs: number | null;
    }
  /** There is a reason now for a gate that stands open: an ambulance or a fire engine is expected. The station asks again later. */
  | { readonly type: 'excused'; readonly at: number }
  /** A manager has taken it down: what it was and what it did stay in the journal. */
  | { readonly type: 'remove'; readonly at: number; readonly by: string }
  | DeadlineEvent;
