/**
 * The simulated barrier: two relay inputs, a motor that needs its time, two limit switches, and the faults real ones have. It
 * never closes by itself. Time comes from outside, so that a test can run it without waiting.
 */
import type { ArmView } from '../rtsp-server/programme.ts';

/**
 * `stuck`: takes the command, the arm does not move. `no-power`: takes nothing, the relay call is answered with a
 * hardware fault, limits are silent. `silent`: the relay call is never answered. `stops-midway`: the arm stands still half way.
 */
export type BarrierFault = 'none' | 'stuck' | 'no-power' | 'silent' | 'stops-midway';

export const barrierFaults: readonly BarrierFault[] = ['none', 'stuck', 'no-power', 'silent', 'stops-midway'];

export interface BarrierState {
  readonly fault: BarrierFault;
  readonly doing: ArmView['doing'];
  /** 0 lying to 1 standing. */
  readonly position: number;
  readonly openLimit: boolean;
  readonly closedLimit: boolean;
}

export interface Barrier {
  state(): BarrierState;
  arm(): ArmView;
  /** A pulse of the controller. */
  pulse(direction: 'open' | 'close'): 'taken' | 'fault' | 'silence';
  setFault(fault: BarrierFault): void;
  close(): void;
}

export interface BarrierDeps {
  /** Milliseconds, never going backwards. */
  readonly now: () => number;
  readonly after: (ms: number, then: () => void) => () => void;
  readonly travelMs: number;
  /** Told whenever a limit switch changes. */
  readonly limits: (open: boolean, closed: boolean) => void;
}

export const createBarrier = (deps: BarrierDeps): Barrier => {
  let fault: BarrierFault = 'none';
  let from = 0;
  let target = 0;
  let startedAt = 0;
  let moving = false;
  let change = 0;
  let told = 'false true';
  let stopTimer = (): void => undefined;
  const position = (): number => {
    if (!moving) return from;
    const done = (deps.now() - startedAt) / deps.travelMs;
    return target > from ? Math.min(target, from + done) : Math.max(target, from - done);
  };
  const doing = (): ArmView['doing'] => {
    if (moving) return target > from ? 'opening' : 'closing';
    return from >= 1 ? 'open' : from <= 0 ? 'closed' : 'halfway';
  };
  const tell = (): void => {
    const [open, closed] = [!moving && from >= 1, !moving && from <= 0];
    if (told === `${open} ${closed}`) return;
    told = `${open} ${closed}`;
    deps.limits(open, closed);
  };
  const rest = (at: number): void => {
    from = at;
    moving = false;
    change += 1;
    tell();
  };
  const move = (to: number): void => {
    const at = position();
    stopTimer();
    if (at === to) {
      if (moving) rest(at);
      return;
    }
    // The middle is the one place between the ends that the pictures can show at rest.
    const end = fault === 'stops-midway' && (at - 0.5) * (to - 0.5) < 0 ? 0.5 : to;
    [from, target, startedAt, moving] = [at, end, deps.now(), true];
    change += 1;
    tell();
    stopTimer = deps.after(Math.abs(end - at) * deps.travelMs, () => rest(end));
  };
  return {
    state: () => ({
      fault,
      doing: doing(),
      position: position(),
      openLimit: told.startsWith('true'),
      closedLimit: told.endsWith('true'),
    }),
    arm: () => ({ doing: doing(), position: position(), change }),
    pulse: (direction) => {
      if (fault === 'no-power') return 'fault';
      if (fault === 'silent') return 'silence';
      if (fault !== 'stuck') move(direction === 'open' ? 1 : 0);
      return 'taken';
    },
    setFault: (next) => {
      fault = next;
      if (!moving || (next !== 'no-power' && next !== 'stuck' && next !== 'stops-midway')) return;
      // Without its motor the arm swings on to the next place of rest: the middle, or the end it has nearly reached.
      const at = position();
      stopTimer();
      const stop = (at - 0.5) * (target - 0.5) < 0 ? 0.5 : target;
      [from, target, startedAt] = [at, stop, deps.now()];
      stopTimer = deps.after(Math.abs(stop - at) * deps.travelMs, () => rest(stop));
    },
    close: () => stopTimer(),
  };
};
