import type { DeadlineEvent } from '../kernel/machine.ts';
import type { PostId } from '../posts/post.ts';

/** One stretch of responsibility. */
type Responsible = {
  readonly personId: string;
  /** When the responsibility began. */
  readonly since: number;
  /** When it ends by the roster. It goes on after that until somebody accepts. */
  readonly until: number;
  /** Counts the shifts of this post: 1, 2, 3 … Log entries carry it. */
  readonly shiftNumber: number;
};

type HandoverState = {
  readonly incoming: string;
  readonly startedAt: number;
  readonly until: number;
  /** What was open when the handover began, as `<kind>/<id>`; each is looked at before accepting. */
  readonly openItems: readonly string[];
};

/** Schema 1 of the post's context. Plain JSON. A post is a machine of its own, under its own id: one shift runs at each. */
export type ShiftContext = {
  readonly postId: PostId;
  readonly createdAt: number;
  readonly responsible: Responsible | null;
  /** How many shifts there have been: the number of the newest one. */
  readonly shiftCount: number;
  readonly handover: HandoverState | null;
  /** The end by the roster has passed and nobody has accepted. */
  readonly overdueSince: number | null;
};

export type ShiftEvent =
  /** The post exists from now on, unstaffed. Escalates (alarm `postUnstaffed`) when nobody takes over. */
  | { readonly type: 'establish'; readonly at: number; readonly postId: PostId }
  /** Somebody begins to take over. Where the post is unstaffed there is nobody to hand over. */
  | {
      readonly type: 'beginTakeover';
      readonly at: number;
      readonly incoming: string;
      readonly untilMs: number;
      readonly openItems: readonly string[];
    }
  /** The incoming person has looked at every open item and is responsible from this moment, until `untilMs` by the roster as it is now. */
  | {
      readonly type: 'accept';
      readonly at: number;
      readonly by: string;
      readonly seenItems: readonly string[];
      readonly untilMs: number;
      /** Who is planned at this moment, where that is neither this person nor the outgoing one. */
      readonly planned?: string | null;
    }
  | { readonly type: 'withdraw'; readonly at: number; readonly by: string }
  /** This person works here no more: nobody waits for them, and they are responsible for nothing. */
  | { readonly type: 'leave'; readonly at: number; readonly personId: string }
  /** The end of the running shift was changed by the roster; it may have passed already. */
  | { readonly type: 'extend'; readonly at: number; readonly untilMs: number }
  | DeadlineEvent;
