import { backOffMs, spreadMs, type BackOffPlan } from '../../electron/domain/kernel/back-off.ts';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type {
  DeviceEvent,
  DeviceFault,
  OnvifTarget,
  SubscriptionState,
} from '../../electron/station/ports/devices.port.ts';
import { createEventShaper, type DetectorReport } from './event-shaper.ts';
import type { SoapClient } from './soap.ts';
import { createPullPointCalls, type LifeForm, type PullPointCalls, type Subscription } from './subscription.ts';
import { detectorOf, readNotification } from './topics.ts';

/** Times of the listener, milliseconds; tests shorten them. */
export interface ListenTimes {
  /** How long a pull may wait at the device. */
  readonly pullWaitMs: number;
  /** Longer than that and this, and the pull counts as hung. */
  readonly pullGraceMs: number;
  /** The waits after a loss. */
  readonly backOff: BackOffPlan;
  /** At least this after refused credentials, so that no account is locked. */
  readonly credentialsWaitMs: number;
  /** A subscription that told nothing for this long is made anew: some die while every pull is still answered. */
  readonly quietMs: number;
}

export const listenTimes: ListenTimes = {
  // Together the longest time for which a pulled cable looks like a quiet gate.
  pullWaitMs: 5000,
  pullGraceMs: 3000,
  backOff: { firstMs: 500, longestMs: 30_000 },
  credentialsWaitMs: 60_000,
  quietMs: 600_000,
};

/** Pulls that bring something are this far apart at least; one that brings nothing at once waits longer. */
const busyPauseMs = 200;
const idlePauseMs = 1000;
/** A subscription that lasted this long lets the back-off start again. */
const healthyMs = 60_000;
/** One that the device ended sooner than this was perhaps asked for in words that it cannot read. */
const shortMs = 15_000;

export interface EventService {
  readonly url: string;
  /** The port that the device calls its own; null where it tells none. */
  readonly ownPort: string | null;
}

export interface ListenDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly soap: SoapClient;
  /** Where the event service is; also puts the device's clock right. Asked before every subscription. */
  readonly prepare: (target: OnvifTarget) => Promise<Result<EventService, DeviceFault>>;
  /** The device's time now, as well as it is known, UTC milliseconds. */
  readonly deviceNowMs: (target: OnvifTarget) => number;
  readonly times: ListenTimes;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Why a subscription ended: null when it was given up on purpose, to be made anew at once. */
type Ending = DeviceFault | null;

/** Keeps one subscription until it ends. */
const follow = async (
  deps: ListenDeps,
  calls: PullPointCalls,
  subscription: Subscription,
  signal: AbortSignal,
  pause: (ms: number) => Promise<void>,
  take: (reports: readonly DetectorReport[]) => void,
): Promise<Ending> => {
  const { clock } = deps;
  const limits = deps.times;
  let expiresMs = clock.monotonicMs() + subscription.lifeMs;
  let renewMs = clock.monotonicMs() + subscription.lifeMs / 2;
  let heardMs = clock.monotonicMs();
  let mayRenew = true;
  while (!signal.aborted) {
    const now = clock.monotonicMs();
    if (now - heardMs > limits.quietMs) return null;
    if (mayRenew && now >= renewMs) {
      const renewed = await calls.renew(subscription);
      if (signal.aborted) break;
      if (renewed.ok) {
        expiresMs = clock.monotonicMs() + renewed.value;
        renewMs = clock.monotonicMs() + renewed.value / 2;
      } else if (renewed.error.kind === 'timeout' || renewed.error.kind === 'unreachable') return renewed.error;
      // Some devices refuse every Renew: go on while the subscription lives, then make another.
      else mayRenew = false;
    }
    const waitMs = Math.max(1000, Math.min(limits.pullWaitMs, expiresMs - clock.monotonicMs() - 2000));
    if (!mayRenew && expiresMs - clock.monotonicMs() < 3000) return null;
    const startedMs = clock.monotonicMs();
    const pulled = await calls.pull(subscription, Math.round(waitMs / 1000), limits.pullGraceMs);
    if (signal.aborted) break;
    if (!pulled.ok) return pulled.error;
    const { notifications, deviceNowMs } = pulled.value;
    const times = { nowMs: clock.nowMs(), deviceNowMs };
    take(notifications.map((message) => ({ event: readNotification(message, times), detector: detectorOf(message) })));
    if (notifications.length > 0) heardMs = clock.monotonicMs();
    if (notifications.length > 0) await pause(busyPauseMs);
    else if (clock.monotonicMs() - startedMs < 500) await pause(idlePauseMs);
  }
  return null;
};

/**
 * Pulls events of one device until stopped, for ever: a subscription that dies, is refused or hangs is made anew, after a back-off with
 * jitter. `onState` is called on changes only. After the returned function was called nothing is called any more.
 */
export const listenForEvents = (
  deps: ListenDeps,
  target: OnvifTarget,
  onEvent: (event: DeviceEvent) => void,
  onState: (state: SubscriptionState) => void,
): (() => void) => {
  const { clock, log, soap, times, random } = deps;
  const stop = new AbortController();
  const { signal } = stop;
  let state: SubscriptionState | null = null;
  const setState = (next: SubscriptionState): void => {
    if (signal.aborted || next === state) return;
    state = next;
    onState(next);
  };
  const shaper = createEventShaper(clock, log, (event) => {
    if (signal.aborted) return;
    try {
      onEvent(event);
    } catch (error) {
      // The receiver's defect must not end the listening.
      log.error('device event could not be taken', {
        kind: event.kind,
        error: error instanceof Error ? error.message : 'unknown',
      });
    }
  });
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = (): void => {
        signal.removeEventListener('abort', done);
        cancel();
        resolve();
      };
      const cancel = clock.after(ms, done);
      signal.addEventListener('abort', done, { once: true });
    });

  // What this device understands, remembered for as long as it is listened to.
  let form: LifeForm = 'duration';
  const unreadable = new Set<LifeForm>();
  const otherForm = (): LifeForm => (form === 'duration' ? 'time' : 'duration');
  /** The device answered, and what it answered may be about what was asked: not about who asks, nor about its being busy or gone. */
  const saidNo = (fault: DeviceFault): boolean =>
    fault.kind === 'refused'
      ? !fault.reason.startsWith('HTTP ') || ['HTTP 400', 'HTTP 500'].includes(fault.reason)
      : fault.kind === 'unsupported' || fault.kind === 'malformed';

  const subscribe = async (): Promise<
    Result<{ readonly calls: PullPointCalls; readonly subscription: Subscription }, DeviceFault>
  > => {
    const service = await deps.prepare(target);
    if (!service.ok) return service;
    if (signal.aborted) return err({ kind: 'unreachable' });
    const create = async (asked: LifeForm) => {
      const calls = createPullPointCalls({
        soap,
        target,
        eventsUrl: service.value.url,
        ownPort: service.value.ownPort,
        form: asked,
        deviceNowMs: () => deps.deviceNowMs(target),
        signal,
      });
      const created = await calls.create();
      return created.ok ? ok({ calls, subscription: created.value }) : created;
    };
    const first = await create(form);
    if (first.ok || !saidNo(first.error) || signal.aborted) return first;
    const second = await create(otherForm());
    if (!second.ok) return first;
    unreadable.add(form);
    form = otherForm();
    return second;
  };

  const once = async (): Promise<Ending> => {
    const opened = await subscribe();
    if (!opened.ok) return opened.error;
    const { calls, subscription } = opened.value;
    // Not awaited: a device that is slow here must not delay the first pull.
    const synchronised = calls.synchronise(subscription);
    const sinceMs = clock.monotonicMs();
    shaper.begin();
    setState('listening');
    const ending = await follow(deps, calls, subscription, signal, pause, shaper.take);
    // Made, and ended by the device at once: the next one is asked for in the other words.
    const atOnce = ending !== null && saidNo(ending) && clock.monotonicMs() - sinceMs < shortMs;
    if (atOnce && !unreadable.has(otherForm())) form = otherForm();
    if (ending !== null) setState('lost');
    await synchronised;
    // Unanswered by a device that is gone; the subscription then dies by itself. Its end is not waited for by `stop`.
    if (ending === null || ending.kind === 'timeout') await calls.unsubscribe(subscription);
    return ending;
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    setState('connecting');
    while (!signal.aborted) {
      const startedMs = clock.monotonicMs();
      const ending = await once();
      if (ending === null || signal.aborted) continue;
      setState('lost');
      if (clock.monotonicMs() - startedMs > healthyMs) failures = 0;
      const waitMs =
        ending.kind === 'credentials'
          ? times.credentialsWaitMs * (1 + random() / 2)
          : spreadMs(backOffMs(times.backOff, failures), 0.5, random());
      failures += 1;
      log.info('event subscription lost', { fault: ending.kind, retryInMs: Math.round(waitMs) });
      await pause(waitMs);
    }
  };
  run().catch((error: unknown) => {
    // A defect, not a device: the seats must not go on believing that somebody listens.
    log.error('event listener failed', { error: error instanceof Error ? error.message : 'unknown' });
    setState('lost');
  });
  return () => stop.abort();
};
