import type { Refusal } from '../kernel/machine.ts';

/** The actor under which the station itself acts. */
export const stationActor = 'station';

/** Whether an actor is a person: neither the station, nor a device (`device:<id>`), nor nobody. */
export const isPerson = (actor: string): boolean =>
  actor.trim() !== '' && actor !== stationActor && !actor.startsWith('device:');

/** What only a person can do is refused to anything else. */
export const refusesUnlessPerson = (actor: string): Refusal | null =>
  isPerson(actor) ? null : { kind: 'needsPerson' };
