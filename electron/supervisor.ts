import { backOffMs, type BackOffPlan } from './domain/kernel/back-off.ts';
import type { Busy } from './contract/messages.schema.ts';
import type { Clock } from './domain/kernel/clock.ts';
import type { FromStation, StartedAgain, StationFailure, StationSettings, ToStation } from './station-channel.ts';

/** A station process, whatever made it: `child_process` headless, Electron's utility process in the shell. */
export interface StationProcess {
  readonly pid: number | undefined;
  readonly send: (message: ToStation) => void;
  readonly onMessage: (listener: (message: FromStation) => void) => void;
  /** Called once, when the process has ended for whatever reason. */
  readonly onExit: (listener: (code: number | null) => void) => void;
  /** Ends it at once. */
  readonly kill: () => void;
}

export interface SupervisorDeps {
  readonly fork: () => StationProcess;
  readonly settings: StationSettings;
  readonly clock: Pick<Clock, 'monotonicMs' | 'after'>;
  readonly say: (message: string) => void;
  /** Told how far a station is that prepares its tables, and `null` when it is done with them or has ended. */
  readonly onBusy?: (busy: Busy | null) => void;
  /** Other delays than `RESTART_DELAYS`. */
  readonly restartDelays?: BackOffPlan;
}

/** Where the station is. The address and the token stay the same over restarts. */
export interface StationAddress {
  readonly url: string;
  readonly port: number;
  readonly panelPort: number;
}

export class StationFailed extends Error {
  readonly failure: StationFailure;
  constructor(failure: StationFailure, detail: string) {
    super(detail);
    this.name = 'StationFailed';
    this.failure = failure;
  }
}

export interface Supervisor {
  /** Resolves at the first "ready"; rejects with `StationFailed` when the station says that it cannot run. */
  readonly ready: Promise<StationAddress>;
  /** Process id of the station that runs now; it changes with each restart. */
  readonly stationPid: () => number | undefined;
  readonly restarts: () => number;
  /** Asks the station to stop in its own order and resolves when it has ended; one that does not in 10 s is ended by force. */
  readonly stop: () => Promise<'inOrder' | 'byForce'>;
}

/** How long a station that ended is waited for before it is started again: doubled each time, up to the longest; milliseconds. */
const RESTART_DELAYS = { firstMs: 250, longestMs: 5000 } as const;
/** A station that ran this long was healthy: the next delay starts small again. */
const HEALTHY_MS = 60_000;
const PING_MS = 5000;
/**
 * A station that leaves so many pings in a row without an answer hangs and is ended: half a minute, long enough for a full disk check. Pings
 * are counted and not time: while this process stands still itself (a laptop asleep, a debugger, a machine without breath), no time of the
 * station's passes.
 */
const MISSED_PINGS = 6;
const STOP_MS = 10_000;

/**
 * Whether a station that is busy gets further. Growth alone counts: one that says the same again, or begins anew without having come to the
 * end, is as good as silent.
 */
const createProgress = (): ((busy: Busy) => boolean) => {
  let furthest = -1;
  return ({ done, of }) => {
    const grows = done > furthest;
    furthest = done >= of ? -1 : Math.max(furthest, done);
    return grows;
  };
};

/** Asks a station again and again whether it lives, and calls back once when it does not. Returns the way to stop asking. */
const watch = (process: StationProcess, clock: Pick<Clock, 'after'>, onHang: () => void): (() => void) => {
  let missed = 0;
  let count = 0;
  let cancel: () => void = () => undefined;
  const beat = (): void => {
    if (missed >= MISSED_PINGS) return onHang();
    count += 1;
    missed += 1;
    process.send({ t: 'ping', n: count });
    cancel = clock.after(PING_MS, beat);
    return undefined;
  };
  // Once the station is ready its pong alone proves that it lives: what it prepares then, it prepares between two pings.
  let isReady = false;
  const getsFurther = createProgress();
  process.onMessage((message) => {
    if (message.t === 'ready') isReady = true;
    else if (message.t === 'pong') missed = 0;
    else if (message.t === 'busy' && getsFurther(message) && !isReady) missed = 0;
  });
  cancel = clock.after(PING_MS, beat);
  return () => cancel();
};

/** Keeps the station process alive: same port, start token and settings across restarts, for ever. */
export const createSupervisor = (deps: SupervisorDeps): Supervisor => {
  let settings = deps.settings;
  let child: StationProcess | null = null;
  const delays = deps.restartDelays ?? RESTART_DELAYS;
  /** Ends in a row of stations that had not run for long. */
  let failures = 0;
  let restarts = 0;
  let stopping = false;
  /** Why the next station is not the first. */
  let again: StartedAgain | null = null;
  let whenStopped: (() => void) | null = null;
  let stopped: Promise<'inOrder' | 'byForce'> | null = null;
  let settle: { resolve: (address: StationAddress) => void; reject: (error: Error) => void } | null = null;
  const ready = new Promise<StationAddress>((resolve, reject) => {
    settle = { resolve, reject };
  });

  const start = (): void => {
    const process = deps.fork();
    child = process;
    const startedMs = deps.clock.monotonicMs();
    let failed: StationFailed | null = null;
    let isBusy = false;
    const tellBusy = (busy: Busy | null): void => {
      if (busy === null && !isBusy) return;
      isBusy = busy !== null;
      deps.onBusy?.(busy);
    };
    const unwatch = watch(process, deps.clock, () => {
      deps.say('值守台没有回应，正在重新启动。The station does not answer and is started again.');
      again = 'noAnswer';
      process.kill();
    });
    process.onMessage((message) => {
      if (message.t === 'ready') {
        settings = { ...settings, port: message.port, panelPort: message.panelPort };
        settle?.resolve({ url: message.url, port: message.port, panelPort: message.panelPort });
      } else if (message.t === 'busy') {
        tellBusy(message.done < message.of ? { done: message.done, of: message.of } : null);
      } else if (message.t === 'failed') {
        failed = new StationFailed(message.failure, message.detail);
        // It has said all it had to say, and waits for this: a message can be lost when its sender ends at once.
        process.kill();
      }
    });
    process.onExit((code) => {
      unwatch();
      tellBusy(null);
      child = null;
      if (stopping) {
        whenStopped?.();
        return undefined;
      }
      if (failed !== null && restarts === 0) {
        settle?.reject(failed);
        return undefined;
      }
      restarts += 1;
      if (deps.clock.monotonicMs() - startedMs > HEALTHY_MS) failures = 0;
      // Where it was ended from here, that is said already.
      if (again === null) {
        again = 'ended';
        deps.say(
          `值守台意外停止（${code ?? 'signal'}），正在重新启动。The station ended unexpectedly (${code ?? 'signal'}) and is started again.`,
        );
      }
      deps.clock.after(backOffMs(delays, failures), () => {
        if (!stopping) start();
      });
      failures += 1;
      return undefined;
    });
    process.send({ t: 'start', settings, again });
    again = null;
  };

  const stop = (): Promise<'inOrder' | 'byForce'> => {
    stopping = true;
    const process = child;
    if (process === null) return Promise.resolve('inOrder');
    return new Promise((resolve) => {
      let end: 'inOrder' | 'byForce' = 'byForce';
      process.onMessage((message) => {
        if (message.t === 'stopped') end = 'inOrder';
      });
      const cancel = deps.clock.after(STOP_MS, () => {
        deps.say(
          '值守台没有按时停下，已强制结束；已经记下的内容都在。The station did not stop in time and was ended; what it had recorded is kept.',
        );
        process.kill();
      });
      whenStopped = () => {
        cancel();
        resolve(end);
      };
      process.send({ t: 'stop' });
    });
  };

  start();
  return {
    ready,
    stationPid: () => child?.pid,
    restarts: () => restarts,
    stop: () => (stopped ??= stop()),
  };
};
