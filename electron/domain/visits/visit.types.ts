import type { DeadlineEvent } from '../kernel/machine.ts';

type VisitKind = 'family' | 'delivery' | 'repair' | 'care' | 'other';

/** Schema 1 of the visit's context. Plain JSON. Personal fields are sealed under the visit's own subject. */
export type VisitContext = {
  readonly visitId: string;
  readonly subjectId: string;
  readonly kind: VisitKind;
  readonly name: string;
  readonly phone: string | null;
  readonly plate: string | null;
  /** Whom they visit, as a place ("3-1-502"): sealed too, since it tells of the resident. */
  readonly visiting: string;
  readonly arrivedAt: number;
  readonly registeredBy: string;
  readonly leftAt: number | null;
  readonly forgottenAt: number | null;
};

export type VisitEvent =
  | {
      readonly type: 'register';
      readonly at: number;
      readonly visitId: string;
      readonly subjectId: string;
      readonly kind: VisitKind;
      readonly name: string;
      readonly phone: string | null;
      readonly plate: string | null;
      readonly visiting: string;
      readonly by: string;
      /** Personal fields are forgotten this long after the arrival; milliseconds, 1 day to 365 days. */
      readonly keepMs: number;
    }
  | { readonly type: 'leave'; readonly at: number; readonly by: string }
  | { readonly type: 'takeBack'; readonly at: number; readonly by: string }
  | { readonly type: 'forget'; readonly at: number; readonly by: string }
  | DeadlineEvent;
