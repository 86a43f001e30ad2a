import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { DeviceFault, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { ns } from './namespaces.ts';
import type { SoapClient } from './soap.ts';
import { at, children, escapeXml, type XmlNode } from './xml.ts';

/** Waits before the repeats of a failed OFF, milliseconds: about 16 s in all. Nothing is waited for longer while an arm may be held up. */
const releaseRetriesMs = [200, 500, 1000, 2000, 4000, 8000];

/** ON goes out within this time of the call or not at all: a command to move is dead after 5 s, and the rest is the device's. */
const startWithinMs = 3000;

type IdleState = 'open' | 'closed';

export interface RelayDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly soap: SoapClient;
  /** `GetRelayOutputs` of the device service. */
  readonly getRelayOutputs: (target: OnvifTarget) => Promise<Result<XmlNode, DeviceFault>>;
  /** Where DeviceIO is; null where the device has none. */
  readonly deviceIoUrl: (target: OnvifTarget) => Promise<string | null>;
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

interface Settings {
  readonly mode: string;
  readonly delayMs: number | null;
  readonly idle: IdleState;
}

const readSettings = (outputs: XmlNode, token: string): Settings | null => {
  const output = children(outputs, 'RelayOutputs').find(({ attributes }) => attributes.get('token') === token) ?? null;
  if (output === null) return null;
  const seconds = /^PT(\d+(?:\.\d+)?)S$/.exec(at(output, 'Properties', 'DelayTime')?.text ?? '')?.[1];
  return {
    mode: at(output, 'Properties', 'Mode')?.text ?? '',
    delayMs: seconds === undefined ? null : Math.round(Number(seconds) * 1000),
    idle: at(output, 'Properties', 'IdleState')?.text === 'closed' ? 'closed' : 'open',
  };
};

/** Whether the device may have done what it did not confirm. */
const uncertain = (fault: DeviceFault): boolean =>
  fault.kind === 'timeout' || fault.kind === 'unreachable' || fault.kind === 'malformed';
const unavailable = (fault: DeviceFault): boolean =>
  fault.kind === 'unsupported' || (fault.kind === 'refused' && /^HTTP 40[45]$/.test(fault.reason));

/**
 * Creates the pulse. `pulseMs` 50 to 10,000. ON is sent once and never again; where it may have been done without being confirmed the
 * fault says so by its kind. The configured idle state is kept: turning it round would itself drive the relay.
 */
export const createRelayPulse = ({ clock, log, soap, getRelayOutputs, deviceIoUrl }: RelayDeps) => {
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

  const release = async (service: RelayService, token: string): Promise<Result<null, DeviceFault>> => {
    let last = await service.set('inactive');
    for (const waitMs of releaseRetriesMs) {
      if (last.ok) return last;
      log.error('relay could not be released, trying again', { relay: token, fault: last.error.kind });
      await pause(waitMs);
      last = await service.set('inactive');
    }
    return last.ok ? last : err({ kind: 'refused', reason: 'relay was switched on and could not be switched off' });
  };

  /** Mode for this pulse: set only where it is not so already. */
  const prepare = async (
    service: RelayService,
    settings: Settings,
    pulseMs: number,
  ): Promise<Result<'Monostable' | 'Bistable', DeviceFault>> => {
    if (settings.mode === 'Monostable' && settings.delayMs === pulseMs) return ok('Monostable');
    const monostable = await service.configure('Monostable', pulseMs, settings.idle);
    if (monostable.ok) return ok('Monostable');
    if (uncertain(monostable.error) || unavailable(monostable.error) || monostable.error.kind === 'credentials')
      return monostable;
    if (settings.mode === 'Bistable') return ok('Bistable');
    const bistable = await service.configure('Bistable', pulseMs, settings.idle);
    return bistable.ok ? ok('Bistable') : bistable;
  };

  const pulse = async (
    service: RelayService,
    token: string,
    settings: Settings,
    pulseMs: number,
    startedMs: number,
  ): Promise<Result<null, DeviceFault>> => {
    const mode = await prepare(service, settings, pulseMs);
    if (!mode.ok) return mode;
    if (clock.monotonicMs() - startedMs > startWithinMs) return err({ kind: 'timeout' });
    const on = await service.set('active');
    if (mode.value === 'Monostable' || (!on.ok && !uncertain(on.error))) return on;
    if (on.ok) await pause(pulseMs);
    const off = await release(service, token);
    return on.ok ? off : on;
  };

  return async (target: OnvifTarget, token: string, pulseMs: number): Promise<Result<null, DeviceFault>> => {
    if (!(pulseMs >= 50 && pulseMs <= 10_000)) throw new RangeError('pulseMs is 50 to 10,000');
    const startedMs = clock.monotonicMs();
    const outputs = await getRelayOutputs(target);
    const settings = outputs.ok ? readSettings(outputs.value, token) : null;
    if (outputs.ok && settings === null) return err({ kind: 'unsupported', what: 'relay output of this token' });
    if (!outputs.ok && !unavailable(outputs.error)) return outputs;
    const first =
      settings === null
        ? null
        : await pulse(relayService(soap, target, token, null), token, settings, pulseMs, startedMs);
    if (first !== null && (first.ok || !unavailable(first.error))) return first;
    const ioUrl = await deviceIoUrl(target);
    if (ioUrl === null) return first ?? err({ kind: 'unsupported', what: 'relay output' });
    return pulse(
      relayService(soap, target, token, ioUrl),
      token,
      settings ?? { mode: '', delayMs: null, idle: 'open' },
      pulseMs,
      startedMs,
    );
  };
};
