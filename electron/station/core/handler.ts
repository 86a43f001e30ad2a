import type { CommandContract, CommandObject, FeatureContract } from '../../contract/kernel/feature.ts';
import type { Command } from '../../contract/commands.schema.ts';
import type { StationRefusal } from '../../contract/names.ts';
import type { z } from 'zod';
import type { DomainEvent, MachineRef, Refusal } from '../../domain/kernel/machine.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { PostId } from '../../domain/posts/post.ts';
import type { Ids } from '../ports/clock.port.ts';
import type { Secrets } from '../ports/vault.port.ts';
import type { Privacy } from './privacy.ts';
import type { RowReader } from './table.ts';
import type { Work } from './work.ts';

/** What was made ready before the transaction, because it takes its time: slow hashes. */
export interface Prepared {
  /** Encrypted hash of the new PIN; `null` where the PIN stays as it is. */
  readonly pinCipher: string | null;
  /** The recovery code in the plain, for the answer, and its hash. */
  readonly recovery: { readonly code: string; readonly hash: string } | null;
  /** Where the PIN stays as it is: the stored one that it was compared with. Another one by now, and it must be compared again. */
  readonly comparedWith: string | null;
}

export const nothingPrepared: Prepared = { pinCipher: null, recovery: null, comparedWith: null };

/** Slow work of one command, before its transaction. */
export interface Preparation {
  readonly begin: (rows: RowReader, command: Command) => Promise<Prepared>;
  /** Whether what it stood on has changed meanwhile, so that it must be done again. */
  readonly isOutrun: (rows: RowReader, command: Command, prepared: Prepared) => boolean;
  /** What is wrong with what was to be prepared. */
  readonly refusal: (command: Command) => Refusal | null;
}

/** What a handler works with. */
export interface CommandScope {
  readonly work: Work;
  /** Who gives the command: a person's id, or `station`. */
  readonly actor: string;
  /** The post of the seat at which it is given; the monitoring room where it is given at none. */
  readonly postId: PostId;
  readonly commandId: string;
  /** When a motion was given: `occurredAt` or its arrival, whichever is earlier; station time. */
  readonly givenAtMs: number;
  readonly ids: Ids;
  readonly privacy: Privacy;
  readonly secrets: Secrets;
  readonly prepared: Prepared;
  /** What is open, as `<kind>/<id>`: what an incoming person has to look at. */
  readonly openItems: () => readonly string[];
}

/** Thrown inside a transaction to take it back; the inbox makes the answer of it. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`refused: ${refusal.kind}`);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** A refusal of the station's own. */
export const refusalOf = (kind: StationRefusal, details?: Refusal['details']): Refusal =>
  details === undefined ? { kind } : { kind, details };

/** Takes the command back with a reason. */
export const refuse = (kind: StationRefusal, details?: Refusal['details']): never => {
  throw new Refused(refusalOf(kind, details));
};

/** Gives the event to a machine; its refusal is the command's. */
export const tellOrRefuse = <TEvent extends DomainEvent>(
  { work }: Pick<CommandScope, 'work'>,
  machine: MachineRef<TEvent>,
  id: string,
  event: TEvent,
): void => {
  const refusal = work.tell(machine, id, event);
  if (refusal !== null) throw new Refused(refusal);
};

type Fields<Contract extends CommandContract, Name extends string> = z.infer<CommandObject<Name, Contract['fields']>>;

/** Does each command of a feature, and returns the answer's value. Throws `Refused`. */
export type Handlers<Contract extends FeatureContract> = {
  readonly [Name in keyof Contract['commands'] & string]: (
    scope: CommandScope,
    command: Fields<Contract['commands'][Name], Name>,
  ) => JsonObject;
};
