import {
  commandContracts,
  type Answer,
  type Command,
  type CommandType,
} from '../../electron/contract/commands.schema.ts';
import type { StationMessage } from '../../electron/contract/messages.schema.ts';

export type Reply = Extract<StationMessage, { t: 'reply' }>;

/** A refusal as a screen shows it: `refusal.<kind>` of the catalogue. */
export type Refused = Extract<Answer, { readonly ok: false }>;
export type Replied = { readonly ok: true; readonly value: Reply['value'] } | Refused;

export const isMotion = (type: CommandType): boolean => commandContracts[type].motion === true;

export const refused = (kind: string): Refused => ({ ok: false, refusal: { kind } });

/** The refusal that a reply tells, with its details: how long to wait, who may. */
const refusedBy = ({ kind, details }: Reply['value']): Refused => {
  const known = typeof kind === 'string' ? kind : 'unknown';
  return { ok: false, refusal: details === undefined ? { kind: known } : { kind: known, details } };
};

/** What the seat has asked and not been answered. */
export interface Waiting {
  readonly command: (command: Command) => Promise<Answer>;
  readonly request: (id: string) => Promise<Replied>;
  /** Commands without an answer, in the order in which they were given. */
  readonly unanswered: () => readonly Command[];
  /** It is answered. Whoever waits hears of it when the rows are here that the answer speaks of, which follow it at once. */
  readonly answered: (commandId: string, answer: Answer) => void;
  /** The rows up to `seq` are here. */
  readonly reached: (seq: number) => void;
  readonly replied: (reply: Reply) => void;
  /** The connection is gone: what asks again by itself stays, what moves something and what was only asked is over. */
  readonly cut: () => void;
}

export const createWaiting = (): Waiting => {
  const commands = new Map<string, { readonly command: Command; readonly settle: (answer: Answer) => void }>();
  const requests = new Map<string, (reply: Replied) => void>();
  let early: readonly { readonly seq: number; readonly settle: () => void }[] = [];
  const reached = (seq: number): void => {
    const due = early.filter((answer) => answer.seq <= seq);
    early = early.filter((answer) => answer.seq > seq);
    for (const { settle } of due) settle();
  };
  return {
    command: (command) => new Promise((settle) => void commands.set(command.id, { command, settle })),
    request: (id) => new Promise((settle) => void requests.set(id, settle)),
    unanswered: () => [...commands.values()].map(({ command }) => command),
    answered: (commandId, answer) => {
      const waiting = commands.get(commandId);
      commands.delete(commandId);
      if (waiting !== undefined)
        early = [...early, { seq: answer.ok ? answer.seq : 0, settle: () => waiting.settle(answer) }];
    },
    reached,
    replied: ({ id, ok, value }) => {
      const settle = requests.get(id);
      requests.delete(id);
      settle?.(ok ? { ok: true, value } : refusedBy(value));
    },
    cut: () => {
      reached(Infinity);
      for (const [id, { command, settle }] of commands) {
        if (!isMotion(command.type)) continue;
        commands.delete(id);
        settle(refused('motionUnknown'));
      }
      for (const settle of requests.values()) settle(refused('disconnected'));
      requests.clear();
    },
  };
};
