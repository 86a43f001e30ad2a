/** Which button a key presses where several on screen would take it: the nearer one, so that a screen may use a letter of the bar for itself. */
import type { Scope, Shortcut } from './keys.tsx';

/** How near what has a key of this scope is to the person; the least is the nearest. */
const distance: Readonly<Record<Scope, number>> = {
  sheet: 0,
  form: 0,
  question: 1,
  screen: 2,
  noFields: 3,
  anywhere: 4,
  always: 5,
};

/** One binding for each key, the nearest; of equally near ones the first. In the order in which they came on screen. */
export const nearest = <B extends Shortcut>(bindings: readonly B[]): readonly B[] => {
  const byKey = new Map<string, B>();
  for (const binding of bindings) {
    const before = byKey.get(binding.key);
    if (before === undefined || distance[binding.scope] < distance[before.scope]) byKey.set(binding.key, binding);
  }
  return bindings.filter((binding) => byKey.get(binding.key) === binding);
};
