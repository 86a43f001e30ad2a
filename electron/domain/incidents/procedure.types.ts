import type { IncidentResolution } from './incident.types.ts';

/** Where an answer leads: to `to`, unless an earlier answer says otherwise. `null` is the end of the procedure. */
export type Route = {
  /** Taken when the newest answer to `step` is one of `answers`; the first that holds wins. */
  readonly instead: readonly {
    readonly step: string;
    readonly answers: readonly string[];
    readonly to: string | null;
  }[];
  readonly to: string | null;
};

export type ProcedureAnswer = {
  /** Unique within its step; the text is `procedure.<kind>.<step>.<answer>`. */
  readonly answer: string;
  /** Where it leads; to `null` when the person is in good hands with it: the procedure is finished. */
  readonly route: Route;
  /** Somebody else is asked: the phone list opens, and all seats are told when nobody on it is reached. */
  readonly asksForHelp: boolean;
  /** It is heard, and changes nothing: the phone list stands open, and the clock of the re-calling goes on. */
  readonly waits: boolean;
  /** Somebody is at the person or on the way: the phone list is put away. */
  readonly closesPhoneList: boolean;
  /** It says that the person is in need: from here on the incident is not closed as a false or a test alarm before somebody was there. */
  readonly inNeed: boolean;
  /** The reasons for closing that this answer allows. */
  readonly allows: readonly IncidentResolution[];
};

export type ProcedureStep = {
  readonly step: string;
  /**
   * `always`: the incident is not closed before it is answered (a false or a test alarm aside); `onceAsked`: the same, where the path
   * leads to it; `never`: it helps, and may be left out by closing.
   */
  readonly required: 'always' | 'onceAsked' | 'never';
  /** Asked when the person is in good hands already: the incident may be closed without its answer. */
  readonly afterwards?: true;
  readonly answers: readonly ProcedureAnswer[];
};

/** A procedure: a graph of questions. */
export type Procedure = {
  readonly first: string;
  readonly steps: readonly ProcedureStep[];
};
