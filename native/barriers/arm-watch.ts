import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type {
  BarrierLink,
  BarrierReport,
  DeviceEvent,
  OnvifPort,
  SubscriptionState,
} from '../../electron/station/ports/devices.port.ts';
import { armPosition, type ArmPosition } from './limit-switches.ts';

/** Between the ends for longer than this, the arm no longer counts as moving: it stands somewhere, or the power is gone. */
const movingLimitMs = (travelMs: number): number => travelMs * 2 + 2000;

/**
 * Listens to one barrier's controller and reports link and position, each on change only. A lost link makes the position unknown and
 * forgets the switches until the controller tells them again. Returns the way to stop.
 */
export const watchArm = (
  onvif: OnvifPort,
  clock: Clock,
  link: BarrierLink,
  report: (report: BarrierReport) => void,
): (() => void) => {
  const { barrierId, target, openInput, closedInput, travelMs } = link;
  let open: boolean | null | undefined = openInput === null ? undefined : null;
  let closed: boolean | null | undefined = closedInput === null ? undefined : null;
  let told: ArmPosition | null = null;
  let cancelMoving = (): void => undefined;

  const tell = (position: ArmPosition, atMs: number): void => {
    if (position === told) return;
    told = position;
    report({ kind: 'position', barrierId, position, atMs });
  };
  const judge = (atMs: number): void => {
    const position = armPosition({ open, closed });
    if (position === null) return;
    if (position === 'moving' && told !== 'moving') {
      cancelMoving();
      cancelMoving = clock.after(movingLimitMs(travelMs), () => tell('unknown', clock.nowMs()));
    } else if (position !== 'moving') cancelMoving();
    tell(position, atMs);
  };
  const onEvent = (event: DeviceEvent): void => {
    if (event.kind !== 'digitalInput') return;
    const before = { open, closed };
    if (event.token === openInput) open = event.active;
    if (event.token === closedInput) closed = event.active;
    // A repeat of what is known must not start the time of a movement anew.
    if (before.open !== open || before.closed !== closed) judge(event.atMs);
  };
  const onState = (state: SubscriptionState): void => {
    report({ kind: 'link', barrierId, state, atMs: clock.nowMs() });
    if (state !== 'lost') return;
    if (open !== undefined) open = null;
    if (closed !== undefined) closed = null;
    judge(clock.nowMs());
  };
  const stop = onvif.listen(target, onEvent, onState);
  return () => {
    stop();
    cancelMoving();
  };
};
