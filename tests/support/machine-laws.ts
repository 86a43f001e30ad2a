/** What holds of every domain machine, whatever it is about. Each function names what is broken; nothing named is what a test expects. */
import { initialTransition, transition } from 'xstate';
import type { DomainMachine, NamedFact } from '../../electron/domain/kernel/machine.ts';
import { createFactRegistry } from '../../electron/station/core/facts.ts';
import { stationFeatures } from '../../electron/station/features.ts';
import { give } from './machine-paths.ts';
import type { Edge, SeenEffect } from './machine-paths.ts';

const isPlain = (value: unknown): boolean => {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isPlain);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
};

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

const badEffect = (effect: SeenEffect): boolean => {
  if (effect.type === 'setDeadline') return !(Number.isFinite(effect.dueInMs) && effect.dueInMs >= 0);
  if (effect.type === 'tell') return effect.id === '' || !isPlain(effect.event);
  return !isPlain(effect);
};

/** The same events on the machine's own snapshots, never turned to JSON in between. */
const unbroken = (definition: DomainMachine, taken: readonly Edge[]): unknown => {
  let live = initialTransition(definition.machine)[0];
  for (const { event } of taken) [live] = transition(definition.machine, live, { occurredAt: event.at, ...event });
  return { value: live.value, context: live.context, status: live.status };
};

const registry = createFactRegistry(stationFeatures);
const misfitOf = (kind: string, fact: NamedFact | null): string | null =>
  fact === null ? null : registry.misfit({ ...fact, kind });

/** Laws of one step: what changes has a fact, what has none asks for nothing, and everything is plain JSON. */
const brokenByStep = ({ kind }: DomainMachine, edge: Edge, quietEvents: readonly string[]): readonly string[] => {
  const { before, event, after, effects, fact, refusal, deadlines, sirens } = edge;
  const broken = (law: string, breaks: boolean): readonly string[] =>
    breaks ? [`${law} | ${edge.path.map(({ type }) => type).join(' ')}`] : [];
  const changed = !same({ ...before, schema: 0 }, { ...after, schema: 0 });
  return [
    ...broken('a refused event changed something', refusal !== null && (changed || effects.length > 0)),
    ...broken('a change has no fact', changed && fact === null),
    ...broken('a fact without a change', !changed && fact !== null),
    ...broken('an effect has no fact', effects.length > 0 && fact === null),
    ...broken(
      `${event.type} was taken and did nothing`,
      refusal === null && fact === null && !event.type.startsWith('deadline.') && !quietEvents.includes(event.type),
    ),
    ...broken('the fact is not versioned and in the past', fact !== null && !/^v\d+\.[A-Z]\w+$/.test(fact.type)),
    ...broken(misfitOf(kind, fact) ?? '', misfitOf(kind, fact) !== null),
    ...broken('the fact is not plain', fact !== null && !isPlain(fact.body)),
    ...broken('the context is not plain', after !== null && !isPlain(after.context)),
    ...broken('an effect is not sound', effects.some(badEffect)),
    ...broken('a finished machine waits', after?.status === 'done' && deadlines.size > 0),
    ...broken('a finished machine sounds', after?.status === 'done' && sirens.size > 0),
  ];
};

/** Given to the machine in spite of the refusal, the event changes nothing there either: the rule is in the machine, not only before it. */
const brokenByForce = (definition: DomainMachine, edge: Edge): readonly string[] => {
  if (edge.refusal === null || edge.before === null) return [];
  const { value, context, status } = edge.before;
  const live = definition.machine.resolveState({ value, context: { ...context }, status });
  const [next, actions] = transition(definition.machine, live, { occurredAt: edge.event.at, ...edge.event });
  const moved = !same({ value: next.value, context: next.context }, { value, context }) || actions.length > 0;
  return moved ? [`${edge.event.type} is refused (${edge.refusal.kind}) but would be taken`] : [];
};

/** Laws of single steps, each on its own. `quietEvents` may be taken without changing anything: their senders do not look first. */
export const brokenBySteps = (
  definition: DomainMachine,
  edges: readonly Edge[],
  quietEvents: readonly string[],
): readonly string[] => {
  const broken: string[] = [];
  for (const edge of edges)
    broken.push(...brokenByStep(definition, edge, quietEvents), ...brokenByForce(definition, edge));
  return broken;
};

/** Laws of a walk: restoring every snapshot from JSON makes no difference, and its deadlines come to rest by themselves, or go round for
 * ever in states that were there before, and never without time in between. */
export const brokenByWalk = (
  definition: DomainMachine,
  edges: readonly Edge[],
  quietEvents: readonly string[],
): readonly string[] => {
  const broken = [...brokenBySteps(definition, edges, quietEvents)];
  const taken = edges.filter((edge) => edge.refusal === null);
  const last = edges.at(-1);
  if (last === undefined || last.after === null) return broken;
  const { value, context, status } = last.after;
  const live = JSON.parse(JSON.stringify(unbroken(definition, taken))) as unknown;
  if (!same(live, { value, context, status })) broken.push('a restored snapshot goes another way');
  let edge: Edge = last;
  const round = new Map<string, number>();
  for (let fired = 0; edge.deadlines.size > 0; fired += 1) {
    const [next] = [...edge.deadlines].sort((left, right) => left[1] - right[1]);
    if (next === undefined || fired > 10) {
      broken.push('deadlines never come to rest');
      break;
    }
    const where = JSON.stringify(edge.after?.value);
    const before = round.get(where);
    if (before === edge.event.at) broken.push('deadlines go round without time in between');
    if (before !== undefined) break;
    round.set(where, edge.event.at);
    edge = give(definition, edge, { type: `deadline.${next[0]}`, at: Math.max(next[1], edge.event.at) });
    broken.push(...brokenByStep(definition, edge, []));
    if (edge.fact === null) broken.push(`deadline ${next[0]} was set, and does nothing when it fires`);
  }
  return broken;
};
