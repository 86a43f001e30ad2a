import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { DeviceFault, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { ns } from './namespaces.ts';
import type { SoapClient } from './soap.ts';
import { at, children, type XmlNode } from '../kit/xml.ts';

export type IdleState = 'open' | 'closed';

/** A relay output as the device describes it, and the service that has it. */
export interface RelayOutput {
  readonly token: string;
  /** `Monostable`, `Bistable`, or what else it says. */
  readonly mode: string;
  readonly delayMs: number | null;
  readonly idle: IdleState;
  /** Where DeviceIO is, when it is DeviceIO that has it; null: the device service. */
  readonly deviceIoUrl: string | null;
}

/** The digital inputs that a device names (DeviceIO 5.9 `GetDigitalInputs`); none where it has no DeviceIO or does not say. */
export const listInputs = async (
  soap: SoapClient,
  target: OnvifTarget,
  deviceIoUrl: string | null,
): Promise<readonly string[]> => {
  if (deviceIoUrl === null) return [];
  const reply = await soap.call({
    target,
    url: deviceIoUrl,
    action: `${ns.deviceIo}/GetDigitalInputs`,
    body: `<GetDigitalInputs xmlns="${ns.deviceIo}"/>`,
    expect: { name: 'GetDigitalInputsResponse', namespaces: [ns.deviceIo] },
  });
  if (!reply.ok) return [];
  return children(reply.value, 'DigitalInputs').flatMap((input) => input.attributes.get('token') || []);
};

export interface RelayListDeps {
  readonly soap: SoapClient;
  /** `GetRelayOutputs` of the device service. */
  readonly getRelayOutputs: (target: OnvifTarget) => Promise<Result<XmlNode, DeviceFault>>;
  /** Where DeviceIO is; null where the device has none. */
  readonly deviceIoUrl: (target: OnvifTarget) => Promise<string | null>;
}

/** Seconds with a fraction, as `PT0.5S`; longer units do not occur in pulses. */
const readDelay = (text: string | undefined): number | null => {
  const seconds = /^PT(\d+(?:\.\d+)?)S$/.exec(text ?? '')?.[1];
  return seconds === undefined ? null : Math.round(Number(seconds) * 1000);
};

const readOutputs = (response: XmlNode, deviceIoUrl: string | null): readonly RelayOutput[] =>
  children(response, 'RelayOutputs').flatMap((output) => {
    const token = output.attributes.get('token') ?? '';
    if (token === '') return [];
    return {
      token,
      mode: at(output, 'Properties', 'Mode')?.text ?? '',
      delayMs: readDelay(at(output, 'Properties', 'DelayTime')?.text),
      idle: at(output, 'Properties', 'IdleState')?.text === 'closed' ? 'closed' : 'open',
      deviceIoUrl,
    };
  });

/** Whether the device may have done, or may have, what it did not tell: asking another service would say nothing about it. */
const noAnswer = (fault: DeviceFault): boolean =>
  fault.kind === 'timeout' || fault.kind === 'unreachable' || fault.kind === 'credentials';

/** DeviceIO 5.8.1 takes the device service's own request; some devices want one in DeviceIO's namespace. */
const askDeviceIo = async (
  soap: SoapClient,
  target: OnvifTarget,
  url: string,
): Promise<Result<XmlNode, DeviceFault>> => {
  let last: Result<XmlNode, DeviceFault> = err({ kind: 'unsupported', what: 'relay output' });
  for (const namespace of [ns.device, ns.deviceIo]) {
    last = await soap.call({
      target,
      url,
      action: `${namespace}/GetRelayOutputs`,
      body: `<GetRelayOutputs xmlns="${namespace}"/>`,
      expect: { name: 'GetRelayOutputsResponse', namespaces: [ns.device, ns.deviceIo] },
    });
    if (last.ok || noAnswer(last.error)) return last;
  }
  return last;
};

/**
 * The relay outputs of a device: those of its device service, and those of DeviceIO where the device service has none, refuses, or lacks
 * the wanted one. Many devices answer the older call with an empty list or `ActionFailed` and have their relays in DeviceIO only.
 */
export const createRelayList =
  ({ soap, getRelayOutputs, deviceIoUrl }: RelayListDeps) =>
  async (target: OnvifTarget, wanted: string | null = null): Promise<Result<readonly RelayOutput[], DeviceFault>> => {
    const own = await getRelayOutputs(target);
    if (!own.ok && noAnswer(own.error)) return own;
    const outputs = own.ok ? readOutputs(own.value, null) : [];
    const enough = wanted === null ? outputs.length > 0 : outputs.some(({ token }) => token === wanted);
    const ioUrl = enough ? null : await deviceIoUrl(target);
    if (ioUrl === null) return own.ok ? ok(outputs) : own;
    const theirs = await askDeviceIo(soap, target, ioUrl);
    if (theirs.ok) return ok([...outputs, ...readOutputs(theirs.value, ioUrl)]);
    return outputs.length > 0 ? ok(outputs) : theirs;
  };
