import type { Effect } from './machine.ts';

/** The parameters of one kind of effect. */
export type EffectParams<Name extends Effect['type']> = Omit<Extract<Effect, { readonly type: Name }>, 'type'>;

/** Type-level arguments of XState's `setup`; nothing of it exists at run time. */
export const machineTypes = <TContext extends object, TEvent extends { readonly type: string }>(): {
  context: TContext;
  events: TEvent;
} => ({}) as { context: TContext; events: TEvent };

/**
 * The actions that every domain machine may name. They do nothing here: `transition()` hands name and parameters back to the
 * station, which writes them down with the fact and performs them after the commit.
 */
export const effectActions = {
  setDeadline: (_args: unknown, _params: EffectParams<'setDeadline'>): void => {},
  clearDeadline: (_args: unknown, _params: EffectParams<'clearDeadline'>): void => {},
  tell: (_args: unknown, _params: EffectParams<'tell'>): void => {},
  driveBarrier: (_args: unknown, _params: EffectParams<'driveBarrier'>): void => {},
  startSiren: (_args: unknown, _params: EffectParams<'startSiren'>): void => {},
  stopSiren: (_args: unknown, _params: EffectParams<'stopSiren'>): void => {},
  forgetSubject: (_args: unknown, _params: EffectParams<'forgetSubject'>): void => {},
};
