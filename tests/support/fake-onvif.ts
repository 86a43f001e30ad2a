import { err, ok } from '../../electron/domain/kernel/result.ts';
import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type {
  DeviceEvent,
  DeviceFault,
  OnvifDescription,
  OnvifPort,
  OnvifTarget,
  SubscriptionState,
} from '../../electron/station/ports/devices.port.ts';

interface FakeDevice {
  readonly name: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly description: Omit<OnvifDescription, 'clockOffsetMs'>;
  readonly snapshot: Uint8Array;
  /** What a pulse does to the thing behind the relay. */
  readonly onPulse?: (token: string, pulseMs: number) => void;
  /** States told first on every new subscription. */
  readonly inputs?: Map<string, boolean>;
}

/** Cameras without a network. */
export interface FakeOnvif extends OnvifPort {
  readonly add: (address: string, device: FakeDevice) => void;
  /** Takes a device off the network, or brings it back. */
  readonly setReachable: (address: string, reachable: boolean) => void;
  /** Changes a digital input and tells it. */
  readonly setInput: (address: string, token: string, active: boolean) => void;
  readonly emit: (address: string, event: DeviceEvent) => void;
  /** Relays pulsed, as `address token pulseMs`. */
  readonly pulses: readonly string[];
}

interface Listener {
  readonly target: OnvifTarget;
  readonly onEvent: (event: DeviceEvent) => void;
  readonly onState: (state: SubscriptionState) => void;
}

/** Keeps the port's promises with devices that a test describes. */
export const createFakeOnvif = (clock: Clock): FakeOnvif => {
  const devices = new Map<string, FakeDevice>();
  const gone = new Set<string>();
  const listeners = new Set<Listener>();
  const pulses: string[] = [];

  const find = (
    target: OnvifTarget,
  ): { readonly ok: true; readonly value: FakeDevice } | { readonly ok: false; readonly error: DeviceFault } => {
    const device = devices.get(target.address);
    if (device === undefined || gone.has(target.address)) return err({ kind: 'unreachable' });
    const known =
      device.username === null || (device.username === target.username && device.password === target.password);
    return known ? ok(device) : err({ kind: 'credentials' });
  };
  const at = (address: string): readonly Listener[] =>
    [...listeners].filter(({ target }) => target.address === address);
  const subscribe = (listener: Listener): void => {
    const device = find(listener.target);
    listener.onState(device.ok ? 'listening' : 'lost');
    if (!device.ok) return;
    for (const [token, active] of device.value.inputs ?? []) {
      listener.onEvent({ kind: 'digitalInput', token, active, atMs: clock.nowMs(), initial: true });
    }
  };

  return {
    add: (address, device) => void devices.set(address, device),
    setReachable: (address, reachable) => {
      if (reachable) gone.delete(address);
      else gone.add(address);
      for (const listener of at(address)) {
        if (reachable) subscribe(listener);
        else listener.onState('lost');
      }
    },
    setInput: (address, token, active) => {
      devices.get(address)?.inputs?.set(token, active);
      if (gone.has(address)) return;
      for (const { onEvent } of at(address))
        onEvent({ kind: 'digitalInput', token, active, atMs: clock.nowMs(), initial: false });
    },
    emit: (address, event) => {
      if (!gone.has(address)) for (const { onEvent } of at(address)) onEvent(event);
    },
    pulses,
    discover: async () =>
      [...devices]
        .filter(([address]) => !gone.has(address))
        .map(([address, { name }]) => ({ address, name, hardware: 'fake', location: '' })),
    describe: async (target) => {
      const device = find(target);
      return device.ok ? ok({ ...device.value.description, clockOffsetMs: 0 }) : device;
    },
    snapshot: async (target) => {
      const device = find(target);
      return device.ok ? ok(device.value.snapshot) : device;
    },
    pulseRelay: async (target, token, pulseMs) => {
      const device = find(target);
      if (!device.ok) return device;
      if (!device.value.description.relayTokens.includes(token))
        return err({ kind: 'unsupported', what: 'relay output of this token' });
      pulses.push(`${target.address} ${token} ${pulseMs}`);
      device.value.onPulse?.(token, pulseMs);
      return ok(null);
    },
    listen: (target, onEvent, onState) => {
      let live = true;
      const listener: Listener = {
        target,
        onEvent: (event) => live && onEvent(event),
        onState: (state) => live && onState(state),
      };
      onState('connecting');
      listeners.add(listener);
      clock.after(0, () => live && subscribe(listener));
      return () => {
        live = false;
        listeners.delete(listener);
      };
    },
  };
};
