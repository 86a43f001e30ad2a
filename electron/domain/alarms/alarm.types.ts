import type { DeadlineEvent, MachineRef } from '../kernel/machine.ts';

/** What an alarm is about. Each needs a person to do something (ISA-18.2: else it is only an entry in the log). */
export type AlarmCause =
  | 'helpButton'
  | 'panicAlarm'
  | 'atRisk'
  | 'fireAlarm'
  | 'gasAlarm'
  | 'waterAlarm'
  | 'burglaryAlarm'
  | 'panelAlarm'
  | 'unknownZone'
  | 'panelUnreadable'
  | 'panelStranger'
  | 'panelSilent'
  | 'receiverUnreachable'
  | 'cameraLost'
  | 'cameraTamper'
  | 'barrierUnconfirmed'
  | 'barrierRefused'
  | 'barrierStandsOpen'
  | 'postUnstaffed'
  | 'reliefMissing'
  | 'rosterGap'
  | 'journalBroken'
  | 'clockJumped'
  | 'diskLow'
  | 'pinGuessing';

/** `life` outranks all. Shares aimed at: about 5 % urgent (life and high), 15 % medium, 80 % low (EEMUA 191). */
export type AlarmPriority = 'life' | 'high' | 'medium' | 'low';

/** Schema 1 of the alarm's context. Plain JSON. */
export type AlarmContext = {
  readonly alarmId: string;
  readonly cause: AlarmCause;
  readonly priority: AlarmPriority;
  /** Help point, camera, barrier, panel account … that it comes from. One open alarm at most per cause and source. */
  readonly sourceId: string;
  readonly raisedAt: number;
  /** How often the same cause was reported while this alarm was open; at least 1. */
  readonly occurrences: number;
  readonly lastReportAt: number;
  /** How often the cause came back after it had gone: a picture that comes and goes, a line that drops. */
  readonly relapses: number;
  /** The id that whoever reported it gave to the newest occurrence; that one is what a machine clears. */
  readonly occurrenceId: string;
  /** Nothing will report that the cause has gone: a person's note ends it. */
  readonly endsWithNote: boolean;
  /** What exactly was reported, without repetition, oldest first, at most 9: `fire/12`, an account … */
  readonly details: readonly string[];
  readonly clearedAt: number | null;
  readonly acknowledgedAt: number | null;
  /** A person's id. Never a device and never the station. */
  readonly acknowledgedBy: string | null;
  /** The incident that leads through it, where there is one. */
  readonly incidentId: string | null;
};

export type AlarmEvent =
  | {
      readonly type: 'raise';
      readonly at: number;
      readonly alarmId: string;
      readonly cause: AlarmCause;
      readonly priority: AlarmPriority;
      readonly sourceId: string;
      /** Where set, this alarm opens that incident (effect `tell`). */
      readonly incidentId: string | null;
      readonly endsWithNote?: boolean;
      readonly details?: readonly string[];
    }
  /** The same cause was reported again, `times` times (1 unless given), while the alarm is open. Makes a cleared one active again. */
  | {
      readonly type: 'repeat';
      readonly at: number;
      readonly times?: number;
      readonly details?: readonly string[];
      /** The id that another machine gave to this occurrence. */
      readonly occurrenceId?: string;
    }
  /** The cause has become more urgent: it is told anew, also to somebody who had taken note. Nothing happens where it is not higher. */
  | { readonly type: 'rise'; readonly at: number; readonly priority: AlarmPriority }
  /** The cause has gone. */
  | { readonly type: 'clear'; readonly at: number }
  /** A person has taken note. */
  | { readonly type: 'acknowledge'; readonly at: number; readonly by: string }
  /** The incident that led through this alarm was resolved by this person: cause and note are settled with it. */
  | { readonly type: 'incidentEnded'; readonly at: number; readonly by: string }
  | DeadlineEvent;

/** For machines that tell an alarm something. */
export const alarmRef: MachineRef<AlarmEvent> = { kind: 'alarm' };
