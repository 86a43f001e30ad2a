/**
 * Runs domain machines: loads a snapshot, asks XState's pure `transition()`, names the fact, writes snapshot and fact, and turns the effects
 * into rows of the same transaction. Nothing is performed here.
 */
import { initialTransition, transition, type StateValue } from 'xstate';
import type { Fact } from '../../domain/kernel/fact.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type {
  DomainEvent,
  DomainMachine,
  Effect,
  KernelEffect,
  MachineSnapshot,
  OutsideEffect,
  Refusal,
} from '../../domain/kernel/machine.ts';
import { isJsonObject } from './docs.ts';
import type { RowReader } from './table.ts';

/** A chain of machines that tell each other longer than this is a defect: the longest real one is panel → alarm → incident → alarm. */
const MAX_TELL_DEPTH = 8;

/** What a machine tells another one. */
export type Told = Extract<KernelEffect, { readonly type: 'tell' }>;

/** What the host needs of the running transaction. */
export interface HostScope {
  readonly rows: RowReader;
  /** When what is told now happened, by whoever saw it; UTC milliseconds in station time, never later than now. */
  readonly occurredAt: number;
  readonly snapshotOf: (kind: string, id: string) => MachineSnapshot | null;
  readonly record: (entry: Pick<Fact, 'type' | 'kind' | 'entityId' | 'body' | 'snapshot'>) => void;
  /** Sets or clears a deadline. */
  readonly wait: (kind: string, id: string, effect: Exclude<KernelEffect, Told>) => void;
  readonly perform: (effect: OutsideEffect) => void;
  /** A machine told another one something it does not take now. */
  readonly ignored: (kind: string, id: string, event: DomainEvent, refusal: Refusal) => void;
}

export interface MachineHost {
  /** Gives the event to the machine; `null` when it was taken. Throws where nobody owns a machine of this kind. */
  readonly tell: (scope: HostScope, kind: string, id: string, event: DomainEvent) => Refusal | null;
}

export interface MachineHostDeps {
  readonly machines: readonly DomainMachine[];
  /** What becomes of what one machine tells another: whose it is decides. */
  readonly receive: (rows: RowReader, told: Told) => readonly Told[];
}

const kernelEffects: readonly string[] = [
  'setDeadline',
  'clearDeadline',
  'tell',
] satisfies readonly KernelEffect['type'][];

/** XState hands back actions as name and parameters; an action that is not an effect would be lost, and is a defect. */
const actionToEffect = (
  { kind, effects }: DomainMachine,
  { type, params }: { readonly type: string; readonly params: unknown },
): Effect => {
  if (typeof params !== 'object' || !(kernelEffects.includes(type) || effects.includes(type))) {
    throw new Error(`${kind} machine: action ${type} is no effect`);
  }
  return (kernelEffects.includes(type) ? { ...params, type } : { type, params }) as Effect;
};

/** A row of the collection `machines` back as a snapshot. The station wrote it itself: anything else there is a defect. */
export const docToSnapshot = (doc: JsonObject): MachineSnapshot => {
  const { schema, value, context, status } = doc;
  const valueFits = typeof value === 'string' || (typeof value === 'object' && value !== null);
  if (typeof schema !== 'number' || !valueFits || !isJsonObject(context))
    throw new Error('not the snapshot of a machine');
  return { schema, value: value as StateValue, context, status: status === 'done' ? 'done' : 'active' };
};

/** A snapshot as the row that is kept of it. */
export const snapshotToDoc = ({ schema, value, context, status }: MachineSnapshot): JsonObject => ({
  schema,
  value: value as JsonObject,
  context,
  status,
});

export const createMachineHost = ({ machines, receive }: MachineHostDeps): MachineHost => {
  const byKind = new Map(machines.map((machine) => [machine.kind, machine]));

  const step = (definition: DomainMachine, before: MachineSnapshot | null, event: DomainEvent) => {
    const { machine, kind, schema } = definition;
    const [restored, initialActions] =
      before === null
        ? initialTransition(machine)
        : ([
            machine.resolveState({ value: before.value, context: before.context, status: before.status }),
            [],
          ] as const);
    const [next, actions] = transition(machine, restored, event);
    if (next.status === 'error') throw new Error(`${kind} machine: ${String(next.error)}`);
    const after: MachineSnapshot = {
      schema,
      value: next.value,
      context: next.context,
      status: next.status === 'done' ? 'done' : 'active',
    };
    return { after, effects: [...initialActions, ...actions].map((action) => actionToEffect(definition, action)) };
  };

  const carryOut = (scope: HostScope, kind: string, id: string, effect: Effect, depth: number): void => {
    if ('params' in effect) return scope.perform(effect);
    if (effect.type !== 'tell') return scope.wait(kind, id, effect);
    for (const told of receive(scope.rows, effect)) {
      const refused = tell(scope, told.kind, told.id, told.event, depth + 1);
      if (refused !== null) scope.ignored(told.kind, told.id, told.event, refused);
    }
  };

  const tell = (scope: HostScope, kind: string, id: string, event: DomainEvent, depth: number): Refusal | null => {
    if (depth > MAX_TELL_DEPTH) throw new Error(`machines tell each other without end: ${kind}/${id} ${event.type}`);
    const definition = byKind.get(kind);
    if (definition === undefined) throw new Error(`nobody owns machines of the kind ${kind}`);
    const before = scope.snapshotOf(kind, id);
    const happened = { ...event, occurredAt: scope.occurredAt };
    const refusal = definition.refuses(before, happened);
    if (refusal !== null) return refusal;
    const { after, effects } = step(definition, before, happened);
    const fact = definition.nameFact(before, happened, after);
    if (fact !== null) scope.record({ type: fact.type, kind, entityId: id, body: fact.body, snapshot: after });
    for (const effect of effects) carryOut(scope, kind, id, effect, depth);
    return null;
  };

  return { tell: (scope, kind, id, event) => tell(scope, kind, id, event, 0) };
};
