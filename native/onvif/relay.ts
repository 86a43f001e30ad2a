import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { DeviceFault, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { ns } from './namespaces.ts';
import { createRelayList, type IdleState, type RelayListDeps, type RelayOutput } from './relay-list.ts';
import type { SoapClient } from './soap.ts';
import { escapeXml, type XmlNode } from '../kit/xml.ts';

/** Waits before the repeats of a failed OFF, milliseconds: about 16 s in all. Nothing is waited for longer while an arm may be held up. */
const releaseRetriesMs = [200, 500, 1000, 2000, 4000, 8000];

/** ON goes out within this time of the call or not at all: a command to move is dead after 5 s, and the rest is the device's. */
const startWithinMs = 3000;

/** After the end of a pulse that the device is to end itself, before it is told so once more. */
const ownEndMs = 250;

export interface RelayDeps extends RelayListDeps {
  readonly clock: Clock;
  readonly log: Log;
}

interface RelayService {
  readonly configure: (
    mode: 'Monostable' | 'Bistable',
    delayMs: number,
    idle: IdleState,
  ) => Promise<Result<null, DeviceFault>>;
  readonly set: (state: 'active' | 'inactive') => Promise<Result<null, DeviceFault>>;
}

const done = (result: Result<XmlNode, DeviceFault>): Result<null, DeviceFault> => (result.ok ? ok(null) : result);

/** `xs:duration` in seconds with milliseconds, for example `PT0.5S`. */
const duration = (ms: number): string => `PT${ms / 1000}S`;

/**
 * The relay calls of the Device service (ONVIF Device Management 8.9), or of DeviceIO (DeviceIO 5.8), where settings are shaped
 * otherwise and the state message is the Device service's own.
 */
const relayService = (
  soap: SoapClient,
  target: OnvifTarget,
  token: string,
  deviceIoUrl: string | null,
): RelayService => {
  const url = deviceIoUrl ?? target.address;
  const safeToken = escapeXml(token);
  const call = async (name: string, namespace: string, inner: string): Promise<Result<null, DeviceFault>> =>
    done(
      await soap.call({
        target,
        url,
        action: `${namespace}/${name}`,
        body: `<q:${name} xmlns:q="${namespace}" xmlns:tt="${ns.schema}">${inner}</q:${name}>`,
        expect: { name: `${name}Response`, namespaces: [ns.device, ns.deviceIo] },
        timeoutMs: 4000,
      }),
    );
  return {
    configure: (mode, delayMs, idle) => {
      const properties = `<tt:Mode>${mode}</tt:Mode><tt:DelayTime>${duration(delayMs)}</tt:DelayTime><tt:IdleState>${idle}</tt:IdleState>`;
      return deviceIoUrl === null
        ? call(
            'SetRelayOutputSettings',
            ns.device,
            `<q:RelayOutputToken>${safeToken}</q:RelayOutputToken><q:Properties>${properties}</q:Properties>`,
          )
        : call(
            'SetRelayOutputSettings',
            ns.deviceIo,
            `<q:RelayOutput token="${safeToken}"><tt:Properties>${properties}</tt:Properties></q:RelayOutput>`,
          );
    },
    set: (state) =>
      call(
        'SetRelayOutputState',
        ns.device,
        `<q:RelayOutputToken>${safeToken}</q:RelayOutputToken><q:LogicalState>${state}</q:LogicalState>`,
      ),
  };
};

/** Whether the device may have done what it did not confirm. */
const uncertain = (fault: DeviceFault): boolean =>
  fault.kind === 'timeout' || fault.kind === 'unreachable' || fault.kind === 'malformed';
/** The service does not have the call: the other one may. */
const unavailable = (fault: DeviceFault): boolean =>
  fault.kind === 'unsupported' || (fault.kind === 'refused' && /^HTTP 40[45]$/.test(fault.reason));

/**
 * Creates the pulse. `pulseMs` 50 to 10,000. ON is sent once and never again; where it may have been done without being confirmed the
 * fault says so by its kind. The configured idle state is kept: turning it round would itself drive the relay.
 *
 * A device's word that it will end the pulse itself is not taken for done: some say OK to `Monostable` and keep the contact closed. The
 * settings are read back, and OFF is sent in any case. `contactHeld` when it could not be switched off.
 */
export const createRelayPulse = (deps: RelayDeps) => {
  const { clock, log, soap, deviceIoUrl } = deps;
  const listRelays = createRelayList(deps);
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

  const release = async (service: RelayService, token: string): Promise<Result<null, DeviceFault>> => {
    let last = await service.set('inactive');
    for (const waitMs of releaseRetriesMs) {
      if (last.ok) return last;
      log.error('relay could not be released, trying again', { relay: token, fault: last.error.kind });
      await pause(waitMs);
      last = await service.set('inactive');
    }
    return last.ok ? last : err({ kind: 'contactHeld' });
  };

  /** What the device says of this relay now; null where it does not say. */
  const readBack = async (target: OnvifTarget, output: RelayOutput): Promise<RelayOutput | null> => {
    const read = await listRelays(target, output.token);
    return read.ok ? (read.value.find(({ token }) => token === output.token) ?? null) : null;
  };

  /** Whether the device ends the pulse by its own word, set for this pulse where it is not so already; `false`: we end it. */
  const prepare = async (
    service: RelayService,
    target: OnvifTarget,
    output: RelayOutput,
    pulseMs: number,
  ): Promise<Result<boolean, DeviceFault>> => {
    const endsItself = (now: RelayOutput | null): boolean => now?.mode === 'Monostable' && now.delayMs === pulseMs;
    if (endsItself(output)) return ok(true);
    const monostable = await service.configure('Monostable', pulseMs, output.idle);
    if (monostable.ok) return ok(endsItself(await readBack(target, output)));
    if (uncertain(monostable.error) || unavailable(monostable.error) || monostable.error.kind === 'credentials')
      return monostable;
    if (output.mode === 'Bistable') return ok(false);
    const bistable = await service.configure('Bistable', pulseMs, output.idle);
    return bistable.ok ? ok(false) : bistable;
  };

  const pulse = async (
    target: OnvifTarget,
    output: RelayOutput,
    pulseMs: number,
    startedMs: number,
  ): Promise<Result<null, DeviceFault>> => {
    const { token } = output;
    const service = relayService(soap, target, token, output.deviceIoUrl);
    const endsItself = await prepare(service, target, output, pulseMs);
    if (!endsItself.ok) return endsItself;
    if (clock.monotonicMs() - startedMs > startWithinMs) return err({ kind: 'timeout' });
    const on = await service.set('active');
    if (!on.ok && !uncertain(on.error)) return on;
    // Not confirmed, on a device that ends its own pulses: there is nothing to end here, and the answer is not kept back.
    if (!on.ok && endsItself.value) return on;
    if (on.ok) await pause(pulseMs + (endsItself.value ? ownEndMs : 0));
    if (endsItself.value) {
      // By its own word it is over: a device that keeps its word may refuse this. One that cannot be reached may not have kept it.
      const off = await service.set('inactive');
      if (off.ok || !uncertain(off.error)) return on;
    }
    const off = await release(service, token);
    return on.ok ? off : on;
  };

  return async (target: OnvifTarget, token: string, pulseMs: number): Promise<Result<null, DeviceFault>> => {
    if (!(pulseMs >= 50 && pulseMs <= 10_000)) throw new RangeError('pulseMs is 50 to 10,000');
    const startedMs = clock.monotonicMs();
    const listed = await listRelays(target, token);
    if (!listed.ok && !unavailable(listed.error)) return listed;
    const output = listed.ok ? listed.value.find((candidate) => candidate.token === token) : undefined;
    if (listed.ok && output === undefined) return err({ kind: 'unsupported', what: 'relay output of this token' });
    if (output !== undefined) {
      const first = await pulse(target, output, pulseMs, startedMs);
      if (first.ok || !unavailable(first.error) || output.deviceIoUrl !== null) return first;
    }
    // No service lists its relays, or the one that does cannot switch them: DeviceIO is asked to, where there is one.
    const ioUrl = await deviceIoUrl(target);
    if (ioUrl === null) return err({ kind: 'unsupported', what: 'relay output' });
    const unlisted: RelayOutput = output ?? { token, mode: '', delayMs: null, idle: 'open', deviceIoUrl: ioUrl };
    return pulse(target, { ...unlisted, deviceIoUrl: ioUrl }, pulseMs, startedMs);
  };
};
