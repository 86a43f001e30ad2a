import type { StateValue } from 'xstate';

/** Every state name in a state value, regions and nested states alike, outermost first. */
const stateNames = (value: StateValue): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : Object.entries(value).flatMap(([name, inner]) => [name].concat(inner === undefined ? [] : stateNames(inner)));

/** Which of these states the machine is in; `otherwise` when in none. The names are unique in their machine. */
export const stateAmong = <const Name extends string>(
  value: StateValue,
  names: readonly Name[],
  otherwise: Name,
): Name => {
  const active = stateNames(value);
  return names.find((name) => active.includes(name)) ?? otherwise;
};
