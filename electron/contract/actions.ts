/** Everything that has a right of its own: commands, questions, jobs, and what is none of them. */
import type { Right } from '../domain/access/access.rules.ts';
import { askContracts, type AskName } from './asks.schema.ts';
import { commandContracts, type CommandType } from './commands.schema.ts';
import { jobContracts, type JobName } from './jobs.schema.ts';
import { allOf, type AllOf } from './derive.ts';

export type Action = CommandType | AskName | JobName | (keyof AllOf<'rights'> & string);

const rights: Readonly<Record<string, Right>> = {
  ...Object.fromEntries(Object.entries(commandContracts).map(([name, { right }]) => [name, right])),
  ...Object.fromEntries(Object.entries(askContracts).map(([name, { right }]) => [name, right])),
  ...Object.fromEntries(Object.entries(jobContracts).map(([name, { right }]) => [name, right])),
  ...allOf('rights'),
};

/** Who may do it. */
export const rightOf = (action: Action): Right => rights[action] ?? { to: [] };
