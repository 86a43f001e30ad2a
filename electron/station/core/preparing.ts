/** Slow work of commands, begun when they arrive and before their transaction. */
import { commandContracts, type Command } from '../../contract/commands.schema.ts';
import { mayDo } from '../../domain/access/access.rules.ts';
import type { Refusal } from '../../domain/kernel/machine.ts';
import { nothingPrepared, type Preparation, type Prepared } from './handler.ts';
import type { RowReader } from './table.ts';

export interface Preparing {
  /** `null` where it was not done: who gave the command could not use it. */
  readonly prepare: (actor: string | null, seat: string | null, command: Command) => Promise<Prepared | null>;
  /** A command before this one has changed what this one's preparation stood on. */
  readonly isOutrun: (command: Command, prepared: Prepared) => boolean;
  /** What is wrong with what was to be prepared; the station gives what it likes. */
  readonly refusal: (actor: string | null, command: Command) => Refusal | null;
}

export interface PreparingDeps {
  readonly journal: RowReader;
  readonly preparations: Readonly<Record<string, Preparation>>;
  readonly roleOf: (rows: RowReader, personId: string | null) => string;
  readonly kindOfSeat: (rows: RowReader, seatId: string | null) => string;
  readonly isEmpty: (rows: RowReader) => boolean;
}

export const createPreparing = ({ journal, preparations, roleOf, kindOfSeat, isEmpty }: PreparingDeps): Preparing => {
  const byCommand = new Map(Object.entries(preparations));

  /** Preparing is slow on purpose, so nobody gets it done who could not use it. This does not decide: the queue does. */
  const mayPrepare = (actor: string | null, seat: string | null, { type }: Command): boolean => {
    const { right, founding } = commandContracts[type];
    if (founding === true) return isEmpty(journal);
    if (actor === 'station') return true;
    const standing = { role: roleOf(journal, actor), seatKind: kindOfSeat(journal, seat) };
    return mayDo(right, { ...standing, isResponsible: false }).ok;
  };

  return {
    prepare: async (actor, seat, command) => {
      const preparation = byCommand.get(command.type);
      if (preparation === undefined) return nothingPrepared;
      return mayPrepare(actor, seat, command) ? preparation.begin(journal, command) : null;
    },
    isOutrun: (command, prepared) => byCommand.get(command.type)?.isOutrun(journal, command, prepared) === true,
    refusal: (actor, command) => (actor === 'station' ? null : (byCommand.get(command.type)?.refusal(command) ?? null)),
  };
};
