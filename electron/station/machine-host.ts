/**
 * Runs domain machines: loads a snapshot, asks XState's pure `transition()`, names the fact, writes snapshot and fact, and turns the effects
 * into rows of the same transaction. Nothing is performed here.
 */
import { initialTransition, transition, type StateValue } from 'xstate';
import type { Fact } from '../domain/kernel/fact.ts';
import type { JsonObject } from '../domain/kernel/json.ts';
import { isJsonObject } from './docs.ts';
import type {
  DomainEvent,
  DomainMachine,
  Effect,
  EntityKind,
  MachineSnapshot,
  Refusal,
} from '../domain/kernel/machine.ts';

/** A chain of machines that tell each other longer than this is a defect: the longest real one is panel → alarm → incident → alarm. */
const MAX_TELL_DEPTH = 8;

export type Machines = Readonly<Record<EntityKind, DomainMachine>>;

/** What the host needs of the running transaction. */
export interface HostScope {
  readonly snapshotOf: (kind: EntityKind, id: string) => MachineSnapshot | null;
  readonly record: (entry: Pick<Fact, 'type' | 'kind' | 'entityId' | 'body' | 'snapshot'>) => void;
  /** Every effect but `tell`. */
  readonly effect: (kind: EntityKind, id: string, effect: Exclude<Effect, { type: 'tell' }>) => void;
  /** The open alarms by cause and source, and by the id of their newest occurrence; `null` where there is none. */
  readonly alarms: {
    readonly open: (cause: string, sourceId: string) => string | null;
    readonly ofOccurrence: (occurrenceId: string) => string | null;
  };
  /** A machine told another one something it does not take now. */
  readonly ignored: (kind: EntityKind, id: string, event: DomainEvent, refusal: Refusal) => void;
}

export interface MachineHost {
  /** Gives the event to the machine; `null` when it was taken. */
  readonly tell: (scope: HostScope, kind: EntityKind, id: string, event: DomainEvent) => Refusal | null;
}

const effectNames: readonly string[] = [
  'setDeadline',
  'clearDeadline',
  'tell',
  'driveBarrier',
  'startSiren',
  'stopSiren',
  'forgetSubject',
] satisfies readonly Effect['type'][];

/** XState hands back actions as name and parameters; an action that is not an effect would be lost, and is a defect. */
const actionToEffect = (kind: EntityKind, action: { readonly type: string; readonly params: unknown }): Effect => {
  if (!effectNames.includes(action.type) || typeof action.params !== 'object') {
    throw new Error(`${kind} machine: action ${action.type} is no effect`);
  }
  return { ...action.params, type: action.type } as Effect;
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

/**
 * One open alarm at most per cause and source, whichever machine raises it: what comes again while one stands is its repeat, and the end
 * of that occurrence is its end. A picture that comes and goes a hundred times is one alarm that says so.
 */
const toOneAlarm = (
  scope: HostScope,
  effect: Extract<Effect, { type: 'tell' }>,
): readonly Extract<Effect, { type: 'tell' }>[] => {
  if (effect.kind !== 'alarm') return [effect];
  const { type, at, cause, sourceId, priority = null } = effect.event;
  if (type === 'clear') return [{ ...effect, id: scope.alarms.ofOccurrence(effect.id) ?? effect.id }];
  if (type !== 'raise' || typeof cause !== 'string' || typeof sourceId !== 'string') return [effect];
  const open = scope.alarms.open(cause, sourceId);
  if (open === null) return [effect];
  return [
    { ...effect, id: open, event: { type: 'repeat', at, occurrenceId: effect.id } },
    { ...effect, id: open, event: { type: 'rise', at, priority } },
  ];
};

export const createMachineHost = (machines: Machines): MachineHost => {
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
    return { after, effects: [...initialActions, ...actions].map((action) => actionToEffect(kind, action)) };
  };

  const tell = (scope: HostScope, kind: EntityKind, id: string, event: DomainEvent, depth: number): Refusal | null => {
    if (depth > MAX_TELL_DEPTH) throw new Error(`machines tell each other without end: ${kind}/${id} ${event.type}`);
    const definition = machines[kind];
    const before = scope.snapshotOf(kind, id);
    const refusal = definition.refuses(before, event);
    if (refusal !== null) return refusal;
    const { after, effects } = step(definition, before, event);
    const fact = definition.nameFact(before, event, after);
    if (fact !== null) scope.record({ type: fact.type, kind, entityId: id, body: fact.body, snapshot: after });
    for (const effect of effects) {
      if (effect.type !== 'tell') scope.effect(kind, id, effect);
      else {
        for (const told of toOneAlarm(scope, effect)) {
          const refused = tell(scope, told.kind, told.id, told.event, depth + 1);
          if (refused !== null) scope.ignored(told.kind, told.id, told.event, refused);
        }
      }
    }
    return null;
  };

  return { tell: (scope, kind, id, event) => tell(scope, kind, id, event, 0) };
};
