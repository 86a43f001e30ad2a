import { createListeners } from '../../electron/domain/kernel/listeners.ts';
import { err, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type {
  BarrierLink,
  BarrierPort,
  BarrierReport,
  DeviceFault,
  OnvifPort,
} from '../../electron/station/ports/devices.port.ts';
import { watchArm } from './arm-watch.ts';

/** How long a contact is closed for OPEN or CLOSE, milliseconds: what barrier boards take (FACTS, "Barriers and plates"). */
const pulseMs = 500;

/** An opening waits this long for the end of a closing's pulse. With the 3 s that a pulse has to begin, it is sent within the 5 s of its life or not at all. */
const turnWithinMs = 2000;

export interface OnvifBarriersDeps {
  readonly onvif: OnvifPort;
  readonly clock: Clock;
  readonly log: Log;
}

interface Driven {
  readonly link: BarrierLink;
  readonly stop: () => void;
  /** The command that is under way, and when its pulse is over. */
  running: { readonly motion: 'open' | 'close'; readonly over: Promise<unknown> } | null;
  /** An opening waits for its turn. */
  waiting: boolean;
}

/** By content: two links written alike are the same, whatever the order of their fields. */
const sameLink = (a: BarrierLink, b: BarrierLink): boolean => {
  const flat = ({ target, ...link }: BarrierLink): string =>
    JSON.stringify(Object.entries({ ...link, ...target }).sort());
  return flat(a) === flat(b);
};

/**
 * Gates on the relay outputs of ONVIF devices, their limit switches on the digital inputs. A command is one pulse and never repeated; a
 * second one for the same gate while the first is under way is refused, not queued. One exception: an opening waits for the end of a
 * closing's pulse, so that the last thing the arm hears is "open"; where that takes longer than 2 s it was not sent (`timeout`).
 */
export const createOnvifBarriers = ({ onvif, clock, log }: OnvifBarriersDeps): BarrierPort => {
  const driven = new Map<string, Driven>();
  const listeners = createListeners<[report: BarrierReport]>();
  const drop = (barrierId: string): void => {
    driven.get(barrierId)?.stop();
    driven.delete(barrierId);
  };

  /** Whether the command before was over in time. */
  const itsTurn = async (entry: Driven, over: Promise<unknown>): Promise<boolean> => {
    entry.waiting = true;
    try {
      return await new Promise<boolean>((resolve) => {
        const cancel = clock.after(turnWithinMs, () => resolve(false));
        const end = (): void => {
          cancel();
          resolve(true);
        };
        over.then(end, end);
      });
    } finally {
      entry.waiting = false;
    }
  };

  return {
    configure: (links) => {
      const wanted = new Map(links.map((link) => [link.barrierId, link]));
      for (const [barrierId, { link }] of driven) {
        const next = wanted.get(barrierId);
        if (next === undefined || !sameLink(link, next)) drop(barrierId);
      }
      for (const [barrierId, link] of wanted) {
        if (!driven.has(barrierId))
          driven.set(barrierId, {
            link,
            stop: watchArm(onvif, clock, link, listeners.tell),
            running: null,
            waiting: false,
          });
      }
    },
    drive: async (barrierId, motion, motionId): Promise<Result<null, DeviceFault>> => {
      const entry = driven.get(barrierId);
      if (entry === undefined) return err({ kind: 'unsupported', what: 'barrier without a controller' });
      if (entry.running !== null) {
        if (motion === 'close' || entry.running.motion === 'open' || entry.waiting) {
          return err({ kind: 'refused', reason: 'another command is under way' });
        }
        const turn = await itsTurn(entry, entry.running.over);
        if (!turn) return err({ kind: 'timeout' });
        if (driven.get(barrierId) !== entry)
          return err({ kind: 'unsupported', what: 'barrier that was set up anew meanwhile' });
      }
      const { target, openRelay, closeRelay } = entry.link;
      const pulse = onvif.pulseRelay(target, motion === 'open' ? openRelay : closeRelay, pulseMs);
      entry.running = { motion, over: pulse };
      try {
        const answer = await pulse;
        const outcome = answer.ok ? 'accepted' : answer.error.kind;
        if (answer.ok) log.info('barrier command sent', { barrierId, motion, motionId, outcome });
        else log.warn('barrier command failed', { barrierId, motion, motionId, outcome });
        return answer;
      } finally {
        entry.running = null;
      }
    },
    onReport: listeners.add,
    close: async () => {
      for (const barrierId of driven.keys()) drop(barrierId);
      listeners.clear();
    },
  };
};
