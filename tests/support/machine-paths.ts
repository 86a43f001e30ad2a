/**
 * Runs domain machines as the station's host does (refusals asked first, snapshots restored from JSON, effects as data), explores what they
 * can reach, and names the states and transitions that no path has visited.
 */
import { initialTransition, transition } from 'xstate';
import { getStateNodes } from 'xstate/graph';
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import type { DriveBarrier } from '../../electron/domain/barriers/barrier.effects.ts';
import type {
  DomainEvent,
  DomainMachine,
  KernelEffect,
  MachineSnapshot,
  NamedFact,
  Refusal,
} from '../../electron/domain/kernel/machine.ts';

/** An effect as a machine names it, name and parameters in one. */
export type SeenEffect =
  | KernelEffect
  | ({ readonly type: 'driveBarrier' } & DriveBarrier)
  | { readonly type: 'startSiren' | 'stopSiren'; readonly source: string }
  | { readonly type: 'forgetSubject'; readonly subjectId: string };

/** One event given to a machine, and what came of it. */
export interface Edge {
  readonly before: MachineSnapshot | null;
  readonly event: DomainEvent;
  readonly refusal: Refusal | null;
  /** As before when it was refused. */
  readonly after: MachineSnapshot | null;
  readonly effects: readonly SeenEffect[];
  readonly fact: NamedFact | null;
  /** Names of the transitions taken. */
  readonly taken: readonly string[];
  /** The deadlines that are set after it, with the time at which they are due. */
  readonly deadlines: ReadonlyMap<string, number>;
  /** The sources for which the siren sounds after it. */
  readonly sirens: ReadonlySet<string>;
  /** What led here, this event included. */
  readonly path: readonly DomainEvent[];
}

type Live = ReturnType<typeof transition<AnyStateMachine>>[0];

const nameOf = (definition: AnyTransitionDefinition, index: number): string => {
  const targets = (definition.target ?? []).map((node) => node.id).join(' and ');
  const event = definition.eventType === '' ? 'always' : definition.eventType;
  return `${definition.source.id} on ${event} #${String(index + 1)} ${targets === '' ? 'stays' : `to ${targets}`}`;
};

const transitionsOf = (node: AnyStateNode): readonly (readonly [AnyTransitionDefinition, string])[] =>
  [...node.transitions.values(), node.always ?? []].flatMap((list) =>
    list.map((definition, index) => [definition, nameOf(definition, index)] as const),
  );

const nodes = new WeakMap<AnyStateMachine, readonly AnyStateNode[]>();

const nodesOf = (machine: AnyStateMachine): readonly AnyStateNode[] => {
  const known = nodes.get(machine) ?? getStateNodes(machine);
  nodes.set(machine, known);
  return known;
};

const names = new WeakMap<AnyStateMachine, ReadonlyMap<AnyTransitionDefinition, string>>();

const namesOf = (machine: AnyStateMachine): ReadonlyMap<AnyTransitionDefinition, string> => {
  const known = names.get(machine) ?? new Map(nodesOf(machine).flatMap((node) => transitionsOf(node)));
  names.set(machine, known);
  return known;
};

/** The names of all transitions of a machine. */
const allTransitions = (machine: AnyStateMachine): readonly string[] => [...namesOf(machine).values()];

const isActive = (node: AnyStateNode, live: Live): boolean =>
  live._nodes.some((active: AnyStateNode) => active.id === node.id);

const takenBy = (machine: AnyStateMachine, before: Live, event: DomainEvent, after: Live): readonly string[] => {
  const direct = machine.getTransitionData(before, event);
  const aimedAt = new Set(direct.flatMap((definition) => (definition.target ?? []).map((node) => node.id)));
  const always = nodesOf(machine)
    .flatMap((node) => node.always ?? [])
    .filter((definition) =>
      (definition.target ?? []).some(
        (node) => isActive(node, after) && !isActive(node, before) && !aimedAt.has(node.id),
      ),
    );
  return [...direct, ...always].map((definition) => namesOf(machine).get(definition) ?? 'unnamed');
};

const toJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const toEffect = (action: { readonly type: string; readonly params: unknown }): SeenEffect =>
  ({ ...(action.params as object), type: action.type }) as SeenEffect;

const restore = (machine: AnyStateMachine, snapshot: MachineSnapshot | null): Live =>
  snapshot === null
    ? initialTransition(machine)[0]
    : machine.resolveState({ value: snapshot.value, context: { ...snapshot.context }, status: snapshot.status });

const start: Pick<Edge, 'after' | 'deadlines' | 'sirens' | 'path'> = {
  after: null,
  deadlines: new Map(),
  sirens: new Set(),
  path: [],
};

/** Gives one event to a machine in the state after `previous`; `null` for the first. */
export const give = (definition: DomainMachine, previous: typeof start | null, event: DomainEvent): Edge => {
  const from = previous ?? start;
  const before = from.after;
  const path = [...from.path, event];
  const happened = { occurredAt: event.at, ...event };
  const refusal = definition.refuses(before, happened);
  if (refusal !== null) return { ...from, before, event, refusal, effects: [], fact: null, taken: [], path };
  const live = restore(definition.machine, before);
  const [next, actions] = transition(definition.machine, live, happened);
  const after = toJson<MachineSnapshot>({
    schema: definition.schema,
    value: next.value,
    context: next.context,
    status: next.status === 'done' ? 'done' : 'active',
  });
  const effects = actions.map(toEffect);
  const deadlines = new Map(from.deadlines);
  const sirens = new Set(from.sirens);
  if (event.type.startsWith('deadline.')) deadlines.delete(event.type.slice('deadline.'.length));
  for (const effect of effects) {
    if (effect.type === 'setDeadline') deadlines.set(effect.name, event.at + effect.dueInMs);
    if (effect.type === 'clearDeadline') deadlines.delete(effect.name);
    if (effect.type === 'startSiren') sirens.add(effect.source);
    if (effect.type === 'stopSiren') sirens.delete(effect.source);
  }
  const fact = definition.nameFact(before, happened, after);
  return {
    before,
    event,
    refusal,
    after,
    effects,
    fact,
    taken: takenBy(definition.machine, live, event, next),
    deadlines,
    sirens,
    path,
  };
};

/** What this step tells other machines. */
export const told = (edge: Edge): readonly SeenEffect[] => edge.effects.filter(({ type }) => type === 'tell');

/** Gives the events one after the other. */
export const walk = (definition: DomainMachine, events: readonly DomainEvent[]): readonly Edge[] => {
  const edges: Edge[] = [];
  for (const event of events) edges.push(give(definition, edges.at(-1) ?? null, event));
  return edges;
};

/** The state after all events; an event that is refused on the way is a defect of the test. */
export const reach = (definition: DomainMachine, events: readonly DomainEvent[]): Edge => {
  const edges = walk(definition, events);
  const refused = edges.find((edge) => edge.refusal !== null);
  if (refused !== undefined) throw new Error(`${refused.event.type} was refused: ${JSON.stringify(refused.refusal)}`);
  const last = edges.at(-1);
  if (last === undefined) throw new Error('no events');
  return last;
};

export interface Exploration {
  /** The events that are tried in every state; `at` is put in. Deadlines that are set are tried by themselves. */
  readonly events: (at: number, from: MachineSnapshot | null) => readonly DomainEvent[];
  /** States with the same key are looked at once. Everything that decides what comes next belongs into it. */
  readonly key: (snapshot: MachineSnapshot) => string;
  readonly startAt: number;
  /** Time from one event to the next, milliseconds. */
  readonly stepMs: number;
}

const mostStates = 5000;

/** Tries every event in every state that can be reached. */
export const explore = (definition: DomainMachine, { events, key, startAt, stepMs }: Exploration): readonly Edge[] => {
  const edges: Edge[] = [];
  const seen = new Set<string>();
  const queue: (Edge | null)[] = [null];
  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    const at = startAt + (from?.path.length ?? 0) * stepMs;
    const due = [...(from?.deadlines.keys() ?? [])].map((name) => ({ type: `deadline.${name}`, at }));
    for (const event of [...events(at, from?.after ?? null), ...due]) {
      const edge = give(definition, from, event);
      edges.push(edge);
      const snapshot = edge.after;
      if (snapshot === null || seen.has(key(snapshot))) continue;
      seen.add(key(snapshot));
      if (seen.size > mostStates)
        throw new Error(`${definition.kind}: more than ${String(mostStates)} states; the key is too fine`);
      queue.push(edge);
    }
  }
  return edges;
};

/** Which of the possible events comes next, and how many milliseconds later. */
export type Choice = readonly [which: number, afterMs: number];

/**
 * A walk of chance: each choice picks one of the events that the exploration tries, or a deadline that is set, when it is due. Three times in
 * four it goes on to the next one that changes something, so that walks lead deep and not in circles before the door.
 */
export const wander = (
  definition: DomainMachine,
  { events, startAt }: Exploration,
  choices: readonly Choice[],
): readonly Edge[] => {
  const edges: Edge[] = [];
  for (const [which, afterMs] of choices) {
    const last = edges.at(-1) ?? null;
    const at = (last?.event.at ?? startAt) + afterMs;
    const due = [...(last?.deadlines ?? [])].map(([name, dueAt]) => ({
      type: `deadline.${name}`,
      at: Math.max(at, dueAt),
    }));
    const possible = [...events(at, last?.after ?? null), ...due];
    const first = which % possible.length;
    const tried = [...possible.slice(first), ...possible.slice(0, first)];
    const [plain, ...others] = which % 4 === 0 ? tried.slice(0, 1) : tried;
    if (plain === undefined) continue;
    let edge = give(definition, last, plain);
    for (const event of others) {
      if (edge.fact !== null) break;
      edge = give(definition, last, event);
    }
    edges.push(edge);
  }
  return edges;
};

const restedIn = (machine: AnyStateMachine, snapshots: readonly (MachineSnapshot | null)[]): ReadonlySet<string> =>
  new Set(snapshots.flatMap((snapshot) => restore(machine, snapshot)._nodes.map((node: AnyStateNode) => node.id)));

/** The states and transitions of a machine that these edges have not visited, by name; the first state counts as visited. */
export const unvisited = (definition: DomainMachine, edges: readonly Edge[]): readonly string[] => {
  const { machine } = definition;
  const rested = restedIn(machine, [null, ...edges.map((edge) => edge.after)]);
  const taken = new Set(edges.flatMap((edge) => edge.taken));
  return [
    ...nodesOf(machine)
      .filter((node) => !rested.has(node.id))
      .map((node) => `state ${node.id}`),
    ...allTransitions(machine)
      .filter((name) => !taken.has(name))
      .map((name) => `transition ${name}`),
  ];
};
