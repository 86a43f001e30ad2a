import { err, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { BarrierLink, BarrierPort, BarrierReport, DeviceFault, OnvifPort } from '../../electron/station/ports/devices.port.ts';
import { watchArm } from './arm-watch.ts';

/** How long a contact is closed for OPEN or CLOSE, milliseconds: what barrier boards take (FACTS, "Barriers and plates"). */
const pulseMs = 500;

export interface OnvifBarriersDeps {
  readonly onvif: OnvifPort;
  readonly clock: Clock;
  readonly log: Log;
}

interface Driven {
  readonly link: BarrierLink;
  readonly stop: () => void;
  busy: boolean;
}

/** By content: two links written alike are the same, whatever the order of their fields. */
const sameLink = (a: BarrierLink, b: BarrierLink): boolean => {
  const flat = ({ target, ...link }: BarrierLink): string => JSON.stringify(Object.entries({ ...link, ...target }).sort());
  return flat(a) === flat(b);
};

/**
 * Gates on the relay outputs of ONVIF devices, their limit switches on the digital inputs. A command is one pulse and never repeated; a
 * second one for the same gate while the first is under way is refused, not queued.
 */
export const createOnvifBarriers = ({ onvif, clock, log }: OnvifBarriersDeps): BarrierPort => {
  const driven = new Map<string, Driven>();
  const listeners = new Set<(report: BarrierReport) => void>();
  const report = (report: BarrierReport): void => {
    for (const listener of listeners) listener(report);
  };
  const drop = (barrierId: string): void => {
    driven.get(barrierId)?.stop();
    driven.delete(barrierId);
  };

  return {
    configure: (links) => {
      const wanted = new Map(links.map((link) => [link.barrierId, link]));
      for (const [barrierId, { link }] of driven) {
        const next = wanted.get(barrierId);
        if (next === undefined || !sameLink(link, next)) drop(barrierId);
      }
      for (const [barrierId, link] of wanted) {
        if (!driven.has(barrierId)) driven.set(barrierId, { link, stop: watchArm(onvif, clock, link, report), busy: false });
      }
    },
    drive: async (barrierId, motion, motionId): Promise<Result<null, DeviceFault>> => {
      const entry = driven.get(barrierId);
      if (entry === undefined) return err({ kind: 'unsupported', what: 'barrier without a controller' });
      if (entry.busy) return err({ kind: 'refused', reason: 'another command is under way' });
      entry.busy = true;
      try {
        const { target, openRelay, closeRelay } = entry.link;
        const answer = await onvif.pulseRelay(target, motion === 'open' ? openRelay : closeRelay, pulseMs);
        const outcome = answer.ok ? 'accepted' : answer.error.kind;
        if (answer.ok) log.info('barrier command sent', { barrierId, motion, motionId, outcome });
        else log.warn('barrier command failed', { barrierId, motion, motionId, outcome });
        return answer;
      } finally {
        entry.busy = false;
      }
    },
    onReport: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      for (const barrierId of driven.keys()) drop(barrierId);
      listeners.clear();
    },
  };
};
