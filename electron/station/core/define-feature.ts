/** One feature of the station: everything of it, in one value. All lists are derived from the array of features. */
import type { z } from 'zod';
import type { AskObject, FeatureContract } from '../../contract/kernel/feature.ts';
import type { SeatsSeen } from '../../contract/seats/seats.views.ts';
import type { Standing } from '../../domain/access/access.rules.ts';
import type { Busy } from '../../contract/messages.schema.ts';
import type { DomainMachine, Refusal } from '../../domain/kernel/machine.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { Result } from '../../domain/kernel/result.ts';
import type { OpenThing } from '../../domain/shifts/open-items.rules.ts';
import type { Ids } from '../ports/clock.port.ts';
import type { DeadlineRow } from '../ports/journal.port.ts';
import type { StationDeps } from './station-deps.ts';
import type { AskScope } from './asks.ts';
import type { Collection } from './collection.ts';
import type { Jump } from './deadlines.ts';
import type { EffectDefinition, EffectRunner } from './effect.ts';
import type { CommandScope, Handlers, Preparation } from './handler.ts';
import type { Inbox } from './inbox.ts';
import type { Told } from './machine-host.ts';
import type { Privacy } from './privacy.ts';
import type { Session } from './session.ts';
import type { RowReader } from './table.ts';
import type { Committed, Origin, Work, Worker } from './work.ts';

/** What a feature's service works with while the station runs. */
export interface ServiceContext {
  readonly deps: StationDeps;
  readonly worker: Worker;
  readonly inbox: Inbox;
  readonly privacy: Privacy;
  /** Whether this session has not ended. Throws `JournalError`. */
  readonly isOpen: (session: Session) => boolean;
  /** Whether they may see rows of this collection. */
  readonly maySee: (standing: Standing, collection: string) => boolean;
  /** A row as it is stored, as they see it. */
  readonly shownTo: (standing: Standing, collection: string, doc: JsonObject) => JsonObject;
  /** Who runs the jobs of all features, by name; not before the start. */
  readonly jobRunners: () => ReadonlyMap<string, AnyJobRunner>;
  /** What is open, as `<kind>/<id>`. */
  readonly openItems: (rows: RowReader) => readonly string[];
  /** Whether some feature simulates this part of the world on this machine. */
  readonly isSimulated: (what: string) => boolean;
  /** The seats that were here since the station started. */
  readonly seatsSeen: () => SeatsSeen['seats'];
  /** Personal fields that were opened before may not be shown any more. */
  readonly forgetOpened: () => void;
  /** What a feature says of the station's health has changed, and seats are to hear of it at once. */
  readonly tellHealth: () => void;
  /** How far collections are that are being prepared; `null`: all of them are there. */
  readonly preparing: () => Busy | null;
}

/** What one job works with while it runs. */
export interface JobScope {
  readonly jobId: string;
  /** On whose behalf: what it writes down is written by them. */
  readonly origin: Origin;
  /** Who started it, as they stand just now. */
  readonly standing: () => Standing;
  /** Throws `JobStopped` when it is cancelled, the station stops, or whoever started it may not any more: asked before each piece of work. */
  readonly goOn: () => void;
  /** How far it is: 0 <= done <= of. */
  readonly progress: (done: number, of: number) => void;
  /** Adds to its file. Rejects with `ResultError`. */
  readonly write: (text: string) => Promise<void>;
}

/** A job that is not to go on. */
export class JobStopped extends Error {}

/** Does a job; answers with the name of the file that it wrote, or `null`. What it throws ends it. */
type JobRunner<Params> = (scope: JobScope, params: Params) => Promise<{ readonly fileName: string | null }>;

/** Any job, by the parameters that the contract has decoded. */
export type AnyJobRunner = JobRunner<never>;

type Ask<Contract extends FeatureContract, Name extends keyof Contract['asks'] & string> = z.infer<
  AskObject<Name, Contract['asks'][Name]['ask']>
>;
type Reply<Contract extends FeatureContract, Name extends keyof Contract['asks']> = z.infer<
  Contract['asks'][Name]['reply']
>;
type Health<Contract extends FeatureContract> = z.infer<z.ZodObject<Contract['health']>>;

/** What of a feature lives as long as the station runs. */
export interface Service<Contract extends FeatureContract> {
  readonly asks?: {
    readonly [Name in keyof Contract['asks'] & string]: (
      scope: AskScope,
      ask: Ask<Contract, Name>,
    ) => Promise<Result<Reply<Contract, Name>, Refusal>>;
  };
  readonly jobs?: {
    readonly [Name in keyof Contract['jobs'] & string]: JobRunner<
      z.infer<z.ZodObject<Contract['jobs'][Name]['params']>>
    >;
  };
  readonly health?: () => Health<Contract>;
  /** Who runs the feature's effects, by their name. */
  readonly effects?: Readonly<Record<string, EffectRunner>>;
  /** Whom a seat where nobody ever signed in belongs to; `null`: to nobody. */
  readonly guest?: () => string | null;
  /** The first of a start: nothing fires and nothing is told before it. */
  readonly noteStart?: () => void;
  readonly start?: () => void | Promise<void>;
  /** The last of a start. */
  readonly afterStart?: () => void;
  /** Keeps what it holds in memory of the facts, at each commit: it is never behind the rows. Quick, and it commits nothing. */
  readonly keepCommit?: (committed: Committed) => void;
  /** Hears of every commit, in order, on a later turn. The rows may be further by then. */
  readonly noteCommit?: (committed: Committed) => void;
  /** A seat no longer has this session; `isSeated` says whether one has it when it is asked later. */
  readonly noteLeft?: (session: Session, isSeated: () => boolean) => void;
  readonly stop?: () => void | Promise<void>;
}

interface Parts<Contract extends FeatureContract> {
  readonly contract: Contract;
  readonly machines?: readonly DomainMachine[];
  /** How each collection of the contract is made. */
  readonly collections: { readonly [Name in keyof Contract['collections']]: Collection };
  /** Collections that only the station reads. */
  readonly ownCollections?: readonly Collection[];
  readonly commands: Handlers<Contract>;
  /** Slow work of its commands, done before their transaction. */
  readonly prepare?: (deps: StationDeps) => {
    readonly [Name in keyof Contract['commands'] & string]?: Preparation;
  };
  readonly effects?: readonly EffectDefinition[];
  /** Fields of its facts that no seat needs in a line of the log: secrets, addresses in the network, numbers to call. */
  readonly hiddenFields?: readonly string[];
  /** Facts that only the station reads: their lines say that they are there, and nothing of what is in them. */
  readonly hiddenFacts?: readonly string[];
  /** What of it is open at a handover. */
  readonly openThings?: (rows: RowReader) => readonly OpenThing[];
  /** How long one of its deadlines is put off although it is due, milliseconds; `null`: it fires. Asked again when that time is over. */
  readonly putOff?: (rows: RowReader, deadline: DeadlineRow) => number | null;
  /** What becomes of what a machine tells one of this feature's. */
  readonly receive?: (rows: RowReader, told: Told) => readonly Told[];
  /** Parts of the world that it simulates on this machine. */
  readonly simulates?: (rows: RowReader) => readonly string[];
  /** The clock jumped: said in the transaction that writes the new due times. */
  readonly noteJump?: (work: Work, ids: Ids, jump: Jump) => void;
}

type WithService<Contract extends FeatureContract> =
  keyof Contract['asks'] | keyof Contract['jobs'] | keyof Contract['health'] extends never
  ? { readonly serve?: (context: ServiceContext) => Service<Contract> }
  : {
      readonly serve: (
        context: ServiceContext,
      ) => Service<Contract> &
        (keyof Contract['asks'] extends never ? unknown : Required<Pick<Service<Contract>, 'asks'>>) &
        (keyof Contract['jobs'] extends never ? unknown : Required<Pick<Service<Contract>, 'jobs'>>) &
        (keyof Contract['health'] extends never ? unknown : Required<Pick<Service<Contract>, 'health'>>);
    };

/** A feature as the station works with it, whatever it is about. */
export interface Feature {
  readonly name: string;
  readonly contract: FeatureContract;
  readonly machines: readonly DomainMachine[];
  readonly collections: readonly Collection[];
  readonly commands: Readonly<Record<string, (scope: CommandScope, command: never) => JsonObject>>;
  readonly prepare: (deps: StationDeps) => Readonly<Record<string, Preparation | undefined>>;
  readonly effects: readonly EffectDefinition[];
  readonly hiddenFields: readonly string[];
  readonly hiddenFacts: readonly string[];
  readonly openThings: (rows: RowReader) => readonly OpenThing[];
  readonly putOff: (rows: RowReader, deadline: DeadlineRow) => number | null;
  readonly receive: (rows: RowReader, told: Told) => readonly Told[];
  readonly simulates: (rows: RowReader) => readonly string[];
  readonly noteJump: (work: Work, ids: Ids, jump: Jump) => void;
  readonly serve: (context: ServiceContext) => AnyService;
}

/** A service whose questions are asked by name. */
export type AnyService = Omit<Service<FeatureContract>, 'asks' | 'jobs' | 'health'> & {
  readonly jobs?: Readonly<Record<string, AnyJobRunner>>;
  readonly asks?: Readonly<Record<string, (scope: AskScope, ask: never) => Promise<Result<unknown, Refusal>>>>;
  readonly health?: () => object;
};

/** Names everything of one feature. A part that the contract asks for and that is missing does not compile. */
export const defineFeature = <Contract extends FeatureContract>(
  parts: Parts<Contract> & WithService<Contract>,
): Feature => ({
  name: parts.contract.name,
  contract: parts.contract,
  machines: parts.machines ?? [],
  collections: [...Object.values<Collection>(parts.collections), ...(parts.ownCollections ?? [])],
  commands: parts.commands,
  prepare: parts.prepare ?? (() => ({})),
  effects: parts.effects ?? [],
  hiddenFields: parts.hiddenFields ?? [],
  hiddenFacts: parts.hiddenFacts ?? [],
  openThings: parts.openThings ?? (() => []),
  putOff: parts.putOff ?? (() => null),
  receive: parts.receive ?? ((_rows, told) => [told]),
  simulates: parts.simulates ?? (() => []),
  noteJump: parts.noteJump ?? (() => undefined),
  serve: (context) => parts.serve?.(context) ?? {},
});
