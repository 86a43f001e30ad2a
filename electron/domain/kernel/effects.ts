import type { DomainEvent, KernelEffect, MachineRef, Occurred } from './machine.ts';
import type { JsonObject } from './json.ts';

/** The parameters of one kind of effect. */
export type EffectParams<Name extends KernelEffect['type']> = Omit<
  Extract<KernelEffect, { readonly type: Name }>,
  'type'
>;

/** Type-level arguments of XState's `setup`; nothing of it exists at run time. */
export const machineTypes = <TContext extends object, TEvent extends { readonly type: string }>(): {
  context: TContext;
  events: TEvent & Occurred;
} => ({}) as { context: TContext; events: TEvent & Occurred };

/**
 * An effect as an action that a machine may name. It does nothing here: `transition()` hands name and parameters back to the station, which
 * writes them down with the fact and performs them after the commit.
 */
export const effect =
  <Params>() =>
  (_args: unknown, _params: Params): void => {};

/** The effects that every domain machine may name. */
export const effectActions = {
  setDeadline: effect<EffectParams<'setDeadline'>>(),
  clearDeadline: effect<EffectParams<'clearDeadline'>>(),
  tell: effect<EffectParams<'tell'>>(),
};

/** Parameters of the effect that hands an event to another machine. */
export const tells = <TEvent extends DomainEvent>(
  { kind }: MachineRef<TEvent>,
  id: string,
  event: TEvent,
): EffectParams<'tell'> => ({ kind, id, event: event as TEvent & JsonObject });
