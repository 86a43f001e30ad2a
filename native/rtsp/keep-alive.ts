import type { DeviceHabits } from './device-habits.ts';
import type { RtspFault } from './fault.ts';
import { fault } from './fault.ts';
import type { RtspMessage } from './rtsp-message.ts';
import type { Cancel, Clock } from '../../electron/domain/kernel/clock.ts';
import type { Result } from '../../electron/domain/kernel/result.ts';

/** Without a timeout in the Session header it is 60 s (RFC 2326 section 12.37). */
const DEFAULT_TIMEOUT_SECONDS = 60;

/** A Session header: the id, and the timeout in seconds (1 to 3600). */
export const parseSession = (text: string): { readonly id: string; readonly timeoutSeconds: number } => {
  const [id = '', ...parameters] = text.split(';').map((part) => part.trim());
  const timeout = parameters
    .map((one) => /^timeout\s*=\s*"?(\d{1,6})/i.exec(one)?.[1])
    .find((one) => one !== undefined);
  const seconds = timeout === undefined ? DEFAULT_TIMEOUT_SECONDS : Number(timeout);
  return { id: id.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 256), timeoutSeconds: Math.min(3600, Math.max(1, seconds)) };
};

export interface KeepAliveOptions {
  readonly clock: Clock;
  readonly timeoutSeconds: number;
  readonly habits: DeviceHabits;
  readonly request: (method: 'GET_PARAMETER' | 'OPTIONS') => Promise<Result<RtspMessage, RtspFault>>;
  /** The camera has forgotten the session. */
  readonly onForgotten: (fault: RtspFault) => void;
  readonly onDefect: (error: unknown) => void;
}

/**
 * Asks at half of the session's timeout. An unanswered request ends nothing: whether pictures come is what counts, and some
 * cameras never answer while they play. A refused GET_PARAMETER is learned, and OPTIONS used from then on.
 */
export const startKeepAlive = (options: KeepAliveOptions): Cancel => {
  let isStopped = false;
  let cancel: Cancel | null = null;
  const ask = async (): Promise<void> => {
    const method = options.habits.keepAlive ?? 'OPTIONS';
    const result = await options.request(method);
    if (isStopped) return;
    if (result.ok && result.value.status === 454) {
      options.onForgotten(fault('closed', 'The camera no longer knows the session.'));
      return;
    }
    if (result.ok && method === 'GET_PARAMETER' && (result.value.status ?? 0) >= 400) {
      options.habits.keepAlive = 'OPTIONS';
      await ask();
      return;
    }
    plan();
  };
  const plan = (): void => {
    cancel = options.clock.after(options.timeoutSeconds * 500, () => {
      ask().catch(options.onDefect);
    });
  };
  plan();
  return () => {
    isStopped = true;
    cancel?.();
  };
};
