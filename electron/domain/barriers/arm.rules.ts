/** What station and seat both go by about a gate's arm. No machine is needed to say it. */
import { hours, minutes } from '../kernel/time.ts';
import type { BarrierContext } from './barrier.types.ts';

/** How long a gate may stand open before somebody is reminded, where no manager has set it; and what may be set, milliseconds. */
export const openLimit = { usualMs: minutes(5), leastMs: minutes(1), mostMs: hours(4) } as const;

/** How long a person may keep a gate open at a time, milliseconds. */
export const keepOpenRangeMs = { least: minutes(1), most: hours(4) } as const;

/** Whether the controller took the command and the arm's travel time has gone by since; `atMs` in station time. */
export const motionIsOver = (
  { command, travelMs }: { readonly command: { readonly acceptedAt: number | null } | null; readonly travelMs: number },
  atMs: number,
): boolean => {
  const acceptedAt = command?.acceptedAt ?? null;
  return acceptedAt !== null && atMs - acceptedAt >= travelMs;
};

/**
 * Whether the arm is seen up: the only ground on which anybody may say that a gate is open. A command that was taken is none. A sensor and
 * the controller speak until they say something else; a person's word counts for its moment, so only from `sinceMs` on (when the
 * question was asked): many boards close by themselves.
 */
export const seenOpen = (
  { position, positionSource, positionAt }: Pick<BarrierContext, 'position' | 'positionSource' | 'positionAt'>,
  sinceMs: number,
): boolean => position === 'open' && positionSource !== null && (positionSource !== 'person' || positionAt >= sinceMs);

/** The newest command, where it was given for what has been asked since `sinceMs`; an older one tells nothing of this call. */
export const commandSince = <Command extends { readonly givenAt: number }>(
  { command }: { readonly command: Command | null },
  sinceMs: number,
): Command | null => (command !== null && command.givenAt >= sinceMs ? command : null);

const unsettled: ReadonlySet<string> = new Set(['unconfirmed', 'outcomeUnknown', 'contactHeld']);

/** Whether somebody has to look at the arm and say where it is, by the name of the newest command's state. */
export const isUnsettled = (commandState: string): boolean => unsettled.has(commandState);
