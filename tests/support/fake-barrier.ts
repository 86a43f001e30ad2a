import { err, ok } from '../../electron/domain/kernel/result.ts';
import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type {
  BarrierLink,
  BarrierPort,
  BarrierReport,
  DeviceFault,
} from '../../electron/station/ports/devices.port.ts';

type Position = Extract<BarrierReport, { kind: 'position' }>['position'];

/** Gates without a controller: the arm takes its travel time, and a test can spoil it. */
export interface FakeBarrier extends BarrierPort {
  /** Commands that reached the controller, as `barrierId motion motionId`. */
  readonly driven: readonly string[];
  /** The arm answers ok and does not move. */
  readonly setStuck: (barrierId: string, stuck: boolean) => void;
  /** The next commands are answered with this; null for none. */
  readonly failWith: (fault: DeviceFault | null) => void;
  readonly setLink: (barrierId: string, up: boolean) => void;
  /** The arm stands there, whoever moved it. */
  readonly stand: (barrierId: string, position: 'open' | 'closed' | 'moving') => void;
}

interface Arm {
  readonly link: BarrierLink;
  position: 'open' | 'closed' | 'moving';
  told: Position | null;
  up: boolean;
  stuck: boolean;
  /** What is being sent to the controller. */
  sending: 'open' | 'close' | null;
  cancel: () => void;
}

/** Every arm lies closed at the start. Reports position only where the link has limit switches. */
export const createFakeBarrier = (clock: Clock): FakeBarrier => {
  const arms = new Map<string, Arm>();
  const listeners = new Set<(report: BarrierReport) => void>();
  const driven: string[] = [];
  let fault: DeviceFault | null = null;

  const report = (report: BarrierReport): void => {
    for (const listener of listeners) listener(report);
  };
  const tell = (arm: Arm, position: Position): void => {
    const { barrierId, openInput, closedInput } = arm.link;
    if (position === arm.told || (openInput === null && closedInput === null)) return;
    arm.told = position;
    report({ kind: 'position', barrierId, position, atMs: clock.nowMs() });
  };
  const setUp = (arm: Arm, up: boolean): void => {
    arm.up = up;
    report({ kind: 'link', barrierId: arm.link.barrierId, state: up ? 'listening' : 'lost', atMs: clock.nowMs() });
    tell(arm, up ? arm.position : 'unknown');
  };
  const move = (arm: Arm, to: 'open' | 'closed'): void => {
    if (arm.stuck || arm.position === to) return;
    arm.cancel();
    arm.position = 'moving';
    if (arm.up) tell(arm, 'moving');
    arm.cancel = clock.after(arm.link.travelMs, () => {
      arm.position = to;
      if (arm.up) tell(arm, to);
    });
  };

  return {
    driven,
    setStuck: (barrierId, stuck) => {
      const arm = arms.get(barrierId);
      if (arm !== undefined) arm.stuck = stuck;
    },
    failWith: (next) => {
      fault = next;
    },
    setLink: (barrierId, up) => {
      const arm = arms.get(barrierId);
      if (arm !== undefined) setUp(arm, up);
    },
    stand: (barrierId, position) => {
      const arm = arms.get(barrierId);
      if (arm === undefined) return;
      arm.cancel();
      arm.position = position;
      if (arm.up) tell(arm, position);
    },
    configure: (links) => {
      const wanted = new Map(links.map((link) => [link.barrierId, link]));
      for (const [barrierId, arm] of arms) {
        if (wanted.has(barrierId)) continue;
        arm.cancel();
        arms.delete(barrierId);
      }
      for (const [barrierId, link] of wanted) {
        if (arms.has(barrierId)) continue;
        const arm: Arm = {
          link,
          position: 'closed',
          told: null,
          up: false,
          stuck: false,
          sending: null,
          cancel: () => undefined,
        };
        arms.set(barrierId, arm);
        report({ kind: 'link', barrierId, state: 'connecting', atMs: clock.nowMs() });
        arm.cancel = clock.after(0, () => setUp(arm, true));
      }
    },
    drive: async (barrierId, motion, motionId) => {
      const arm = arms.get(barrierId);
      if (arm === undefined) return err({ kind: 'unsupported', what: 'barrier without a controller' });
      if (fault !== null) return err(fault);
      if (!arm.up) return err({ kind: 'unreachable' });
      const breaksIn = motion === 'open' && arm.sending === 'close';
      if (arm.sending !== null && !breaksIn) return err({ kind: 'refused', reason: 'another command is under way' });
      arm.sending = motion;
      driven.push(`${barrierId} ${motion} ${motionId}`);
      move(arm, motion === 'open' ? 'open' : 'closed');
      // The controller takes its time to answer.
      await Promise.resolve();
      arm.sending = null;
      return ok(null);
    },
    onReport: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      for (const arm of arms.values()) arm.cancel();
      arms.clear();
      listeners.clear();
    },
  };
};
