import type { LeaderEvent } from '../alarms/leader.events.ts';
import type { DeadlineEvent } from '../kernel/machine.ts';

export type IncidentKind = 'help';

/** One question of the procedure, as asked in this incident. Texts are catalogue keys: `procedure.<kind>.<step>`. */
export type StepState = {
  readonly step: string;
  readonly askedAt: number;
  readonly answer: string | null;
  readonly answeredAt: number | null;
  readonly answeredBy: string | null;
};

export type CallOutcome = 'reached' | 'noAnswer' | 'busy' | 'wrongNumber' | 'onTheWay';

export type CallState = {
  readonly contactId: string;
  readonly outcome: CallOutcome;
  readonly at: number;
  readonly by: string;
};

export type IncidentResolution = 'personSafe' | 'handedToAmbulance' | 'handedToFamily' | 'falseAlarm' | 'testAlarm';

/**
 * Why the ladder runs, so that what is said of it is true: nobody has taken it on; who had it is silent; it was asked for help and nobody was
 * reached; people are at it and nobody has seen the person; it was laid aside until now; the button was pressed again after all was done;
 * who had it has signed out everywhere.
 */
export type RecallReason =
  'untaken' | 'left' | 'askedForHelp' | 'stillWaiting' | 'parkOver' | 'pressedAgain' | 'signedOut';

/** Schema 1 of the incident's context. Plain JSON. */
export type IncidentContext = {
  readonly incidentId: string;
  readonly kind: IncidentKind;
  readonly alarmId: string;
  /** The help point. */
  readonly sourceId: string;
  readonly openedAt: number;
  readonly claimedBy: string | null;
  readonly claimedAt: number | null;
  /** When somebody last did something that led on (taken on, answered, phoned, laid aside); "not yet" does not. At first `openedAt`. */
  readonly movedAt: number;
  /** Why the ladder runs, or `null` while it does not. */
  readonly recallReason: RecallReason | null;
  /** Since when the phone list stands open, or `null`. Nothing that happens by itself closes it. */
  readonly phoneListSince: number | null;
  /** Questions asked so far, oldest first; the last unanswered one is the current question. Going back re-opens a question; what was
   * answered before stays in the journal. */
  readonly steps: readonly StepState[];
  readonly calls: readonly CallState[];
  readonly parkedUntil: number | null;
  readonly parkReason: string | null;
  readonly resolution: IncidentResolution | null;
  readonly resolvedAt: number | null;
  readonly resolvedBy: string | null;
  /** Free text of whoever resolved or reviewed; sealed, since it may name people. */
  readonly resolutionNote: string | null;
  readonly reviewedAt: number | null;
  readonly reviewedBy: string | null;
  readonly reviewNote: string | null;
  /** When the next escalation step happens by itself, or `null`: the sentence "in 2 minutes the siren sounds" comes from here. */
  readonly escalatesAt: number | null;
};

export type IncidentEvent =
  | LeaderEvent
  /** `onDuty`: this person is responsible for the post, and is never refused. By who has it already: "I am still on it". */
  | { readonly type: 'claim'; readonly at: number; readonly by: string; readonly onDuty: boolean }
  /** This person has become responsible for the post, and with it for this call. It is no deed: what rings goes on ringing. */
  | { readonly type: 'passOn'; readonly at: number; readonly by: string }
  | {
      readonly type: 'answer';
      readonly at: number;
      readonly by: string;
      readonly step: string;
      readonly answer: string;
    }
  /** Back to an earlier question. */
  | { readonly type: 'back'; readonly at: number; readonly by: string; readonly step: string }
  | {
      readonly type: 'park';
      readonly at: number;
      readonly by: string;
      readonly reason: string;
      readonly untilMs: number;
    }
  | { readonly type: 'resume'; readonly at: number; readonly by: string }
  | {
      readonly type: 'recordCall';
      readonly at: number;
      readonly by: string;
      readonly contactId: string;
      /** As it was when the call was made, sealed. */
      readonly contactName?: string | null;
      readonly outcome: CallOutcome;
    }
  | {
      readonly type: 'resolve';
      readonly at: number;
      readonly by: string;
      readonly resolution: IncidentResolution;
      readonly note: string | null;
    }
  | { readonly type: 'review'; readonly at: number; readonly by: string; readonly note: string }
  /** This person is signed in at no seat any more. */
  | { readonly type: 'holderLeft'; readonly at: number; readonly personId: string }
  | DeadlineEvent;
