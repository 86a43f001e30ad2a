/** Relay outputs and digital inputs of a camera, by their ONVIF calls. */
import { type Fault, type Operation, type Reply, invalid, ns, notSupported, service } from './soap.ts';
import { type Element, escape, textAt } from './xml.ts';

/** What a relay call came to: taken, refused with a hardware fault, or never answered. */
export type RelayOutcome = 'taken' | 'fault' | 'silence';

export interface RelayBoard {
  readonly relays: readonly string[];
  readonly inputs: readonly string[];
  /** A relay is drawn (`true`) or released. */
  readonly set: (token: string, active: boolean) => RelayOutcome;
  /** The present state of an input. */
  readonly input: (token: string) => boolean;
}

export interface RelaySettings {
  mode: 'Monostable' | 'Bistable';
  /** Time a monostable relay stays drawn. */
  delayMs: number;
  idle: 'open' | 'closed';
}

const durationMs = (text: string): number | undefined => {
  const m = /^P(?:0?D)?T(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(text);
  if (!m || (m[1] === undefined && m[2] === undefined)) return undefined;
  return Number(m[1] ?? 0) * 60_000 + Number(m[2] ?? 0) * 1000;
};

const noSuchRelay: Fault = {
  status: 400,
  codes: ['ter:InvalidArgVal', 'ter:RelayToken'],
  reason: 'Unknown relay token reference',
};
const hardware: Fault = {
  status: 500,
  codes: ['ter:Action', 'ter:HardwareFailure'],
  reason: 'The relay does not answer',
};

export interface RelayService {
  readonly device: ReadonlyMap<string, Operation>;
  readonly deviceIo: ReadonlyMap<string, Operation>;
  close(): void;
}

export const createRelayService = (
  board: RelayBoard,
  changed: (token: string, active: boolean) => void,
): RelayService => {
  const settings = new Map<string, RelaySettings>(
    board.relays.map((token) => [token, { mode: 'Monostable', delayMs: 500, idle: 'open' }]),
  );
  const timers = new Map<string, NodeJS.Timeout>();
  const outputs = (tag: string): string =>
    [...settings]
      .map(
        ([token, one]) =>
          `<${tag} token="${token}"><tt:Properties><tt:Mode>${one.mode}</tt:Mode><tt:DelayTime>PT${one.delayMs / 1000}S</tt:DelayTime><tt:IdleState>${one.idle}</tt:IdleState></tt:Properties></${tag}>`,
      )
      .join('');
  const switchTo = (token: string, active: boolean): RelayOutcome => {
    const outcome = board.set(token, active);
    if (outcome === 'taken') changed(token, active);
    return outcome;
  };
  const setState: Operation = (request: Element): Reply => {
    const [token, state] = [textAt(request, 'RelayOutputToken'), textAt(request, 'LogicalState')];
    const own = settings.get(token);
    if (!own) return { fault: noSuchRelay };
    if (state !== 'active' && state !== 'inactive')
      return { fault: invalid('ter:InvalidRelayState', `no such state: ${escape(state.slice(0, 40))}`) };
    const outcome = switchTo(token, state === 'active');
    if (outcome === 'silence') return { silence: true };
    if (outcome === 'fault') return { fault: hardware };
    clearTimeout(timers.get(token));
    if (state === 'active' && own.mode === 'Monostable')
      timers.set(
        token,
        setTimeout(() => switchTo(token, false), own.delayMs),
      );
    return { body: '<tds:SetRelayOutputStateResponse/>' };
  };
  const change = (token: string, properties: Element | undefined): Fault | undefined => {
    const own = settings.get(token);
    if (!own) return noSuchRelay;
    const [mode, delay, idle] = [
      textAt(properties, 'Mode'),
      durationMs(textAt(properties, 'DelayTime')),
      textAt(properties, 'IdleState'),
    ];
    if (
      (mode !== 'Monostable' && mode !== 'Bistable') ||
      delay === undefined ||
      delay > 60_000 ||
      (idle !== 'open' && idle !== 'closed')
    ) {
      return invalid('ter:ModeError', 'Monostable or Bistable with a delay of at most a minute');
    }
    settings.set(token, { mode, delayMs: delay, idle });
    return undefined;
  };
  const setSettings: Operation = (request) => {
    const fault = change(
      textAt(request, 'RelayOutputToken'),
      request.children.find((one) => one.name === 'Properties'),
    );
    return fault ? { fault } : { body: '<tds:SetRelayOutputSettingsResponse/>' };
  };
  const ioSettings: Operation = (request) => {
    const relay = request.children.find((one) => one.name === 'RelayOutput');
    const fault = change(
      relay?.attributes.get('token') ?? '',
      relay?.children.find((one) => one.name === 'Properties'),
    );
    return fault ? { fault } : { body: '<tmd:SetRelayOutputSettingsResponse/>' };
  };
  const ioState: Operation = async (request, context) => {
    const reply = await setState(request, context);
    return 'body' in reply ? { body: '<tmd:SetRelayOutputStateResponse/>' } : reply;
  };
  return {
    device: service(ns.tds, {
      GetRelayOutputs: () => ({
        body: `<tds:GetRelayOutputsResponse>${outputs('tds:RelayOutputs')}</tds:GetRelayOutputsResponse>`,
      }),
      SetRelayOutputSettings: setSettings,
      SetRelayOutputState: setState,
    }),
    deviceIo: service(ns.tmd, {
      GetRelayOutputs: () => ({
        body: `<tmd:GetRelayOutputsResponse>${outputs('tmd:RelayOutputs')}</tmd:GetRelayOutputsResponse>`,
      }),
      SetRelayOutputSettings: ioSettings,
      SetRelayOutputState: ioState,
      GetDigitalInputs: () => ({
        body: `<tmd:GetDigitalInputsResponse>${board.inputs.map((token) => `<tmd:DigitalInputs token="${token}" IdleState="open"/>`).join('')}</tmd:GetDigitalInputsResponse>`,
      }),
      GetServiceCapabilities: () => ({
        body: `<tmd:GetServiceCapabilitiesResponse><tmd:Capabilities VideoSources="1" VideoOutputs="0" AudioSources="0" AudioOutputs="0" RelayOutputs="${board.relays.length}" SerialPorts="0" DigitalInputs="${board.inputs.length}" DigitalInputOptions="false"/></tmd:GetServiceCapabilitiesResponse>`,
      }),
      GetSerialPorts: () => ({ fault: notSupported }),
    }),
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
};
