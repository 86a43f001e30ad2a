/** One simulated camera: pictures over RTSP, services over ONVIF, and the faults it can be told to have. */
import { createHash } from 'node:crypto';
import type { DemoCamera } from '../community/community.ts';
import { type EventProperty, createEventService } from '../onvif/events.ts';
import {
  type DeviceFacts,
  deviceOperations,
  scopesOf,
  streamPaths,
  videoSource,
  videoSourceConfiguration,
} from '../onvif/device.ts';
import { type RelayBoard, createRelayService } from '../onvif/relays.ts';
import { createOnvifServer } from '../onvif/server.ts';
import type { Pacer } from '../rtsp-server/pacer.ts';
import type { Programme } from '../rtsp-server/programme.ts';
import { createRtspServer } from '../rtsp-server/server.ts';

/**
 * `stall`: connections live, pictures stop. `refuse`: the RTSP port is closed. `unplug`: nothing answers at all.
 * `reject-credentials`: nobody's password is right any more, as after somebody changed it.
 */
export type CameraFault = 'none' | 'stall' | 'refuse' | 'unplug' | 'reject-credentials';

export const cameraFaults: readonly CameraFault[] = ['none', 'stall', 'refuse', 'unplug', 'reject-credentials'];

export interface CameraAddresses {
  readonly id: string;
  readonly name: DemoCamera['name'];
  readonly onvif: string;
  readonly rtspMain: string;
  readonly rtspSub: string;
  readonly username: string;
  readonly password: string;
}

export interface SimulatedCamera {
  readonly addresses: CameraAddresses;
  readonly uuid: string;
  readonly scopes: readonly string[];
  fault(): CameraFault;
  setFault(fault: CameraFault): Promise<void>;
  /** Ends all RTSP connections once; clients may come back at once. */
  drop(): void;
  /** Ends all event subscriptions without a word. */
  forgetSubscriptions(): void;
  motion(on: boolean): void;
  tamper(on: boolean): void;
  input(token: string, on: boolean): void;
  viewers(): { readonly main: number; readonly sub: number };
  close(): Promise<void>;
}

export interface CameraOptions {
  readonly camera: DemoCamera;
  /** Place in the list, from 0: spreads the pictures of the cameras over time. */
  readonly place: number;
  readonly host: string;
  readonly onvifPort: number;
  readonly rtspPort: number;
  readonly pacer: Pacer;
  readonly programmes: { readonly main: Programme; readonly sub: Programme };
  readonly snapshot: () => string;
  readonly board: RelayBoard;
  readonly timeoutSeconds: number;
  readonly basicOnly: boolean;
}

const motionOf = (on: boolean): EventProperty => ({
  topic: 'tns1:RuleEngine/CellMotionDetector/Motion',
  source: ['VideoSourceConfigurationToken', videoSourceConfiguration],
  data: ['IsMotion', String(on)],
});
const tamperOf = (on: boolean): EventProperty => ({
  topic: 'tns1:RuleEngine/TamperDetector/Tamper',
  source: ['VideoSourceToken', videoSource],
  data: ['IsTamper', String(on)],
});
const inputOf = (token: string, on: boolean): EventProperty => ({
  topic: 'tns1:Device/Trigger/DigitalInput',
  source: ['InputToken', token],
  data: ['LogicalState', String(on)],
});
const relayOf = (token: string, on: boolean): EventProperty => ({
  topic: 'tns1:Device/Trigger/Relay',
  source: ['RelayToken', token],
  data: ['LogicalState', on ? 'active' : 'inactive'],
});

/** A version 5-like UUID of the camera's id, so that a camera keeps its identity over restarts. */
const uuidOf = (id: string): string => {
  const h = createHash('sha1').update(`guardroom-demo ${id}`).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

/** Starts a camera. Rejects where a port is taken. */
export const createCamera = async (options: CameraOptions): Promise<SimulatedCamera> => {
  const { camera, host, pacer, board, programmes } = options;
  let fault: CameraFault = 'none';
  const accept = (): boolean => fault !== 'reject-credentials';
  const flowing = (): boolean => fault !== 'stall';
  const main = pacer.source(programmes.main, options.place, flowing);
  const sub = pacer.source(programmes.sub, options.place, flowing);
  const credentials = { username: camera.username, password: camera.password };
  const rtsp = await createRtspServer({
    host,
    port: options.rtspPort,
    credentials,
    accept,
    pacer,
    timeoutSeconds: options.timeoutSeconds,
    basicOnly: options.basicOnly,
    streams: new Map([
      [streamPaths.main, main],
      [streamPaths.sub, sub],
    ]),
  });
  const uuid = uuidOf(camera.id);
  const facts: DeviceFacts = {
    host,
    rtspPort: () => rtsp.port,
    name: camera.name.en,
    serial: `GRD-${camera.id.toUpperCase()}`,
    uuid,
    relays: board.relays.length,
    inputs: board.inputs.length,
  };
  const events = createEventService([
    motionOf(false),
    tamperOf(false),
    ...board.inputs.map((token) => inputOf(token, board.input(token))),
    ...board.relays.map((token) => relayOf(token, false)),
  ]);
  const relays = createRelayService(board, (token, on) => events.report(relayOf(token, on)));
  const onvif = await createOnvifServer({
    host,
    port: options.onvifPort,
    credentials,
    accept,
    snapshot: options.snapshot,
    operations: new Map([...deviceOperations(facts), ...events.operations, ...relays.device, ...relays.deviceIo]),
  });
  const rtspUrl = (path: string): string => `rtsp://${host}:${rtsp.port}${path}`;
  return {
    addresses: {
      id: camera.id,
      name: camera.name,
      onvif: `http://${host}:${onvif.port}/onvif/device_service`,
      rtspMain: rtspUrl(streamPaths.main),
      rtspSub: rtspUrl(streamPaths.sub),
      ...credentials,
    },
    uuid,
    scopes: scopesOf(facts),
    fault: () => fault,
    setFault: async (next) => {
      fault = next;
      if (next === 'refuse' || next === 'unplug') await rtsp.refuse();
      else await rtsp.comeBack();
      if (next === 'unplug') {
        events.forget();
        await onvif.refuse();
      } else await onvif.comeBack();
      if (next === 'reject-credentials') rtsp.drop();
    },
    drop: () => rtsp.drop(),
    forgetSubscriptions: () => events.forget(),
    motion: (on) => events.report(motionOf(on)),
    tamper: (on) => events.report(tamperOf(on)),
    input: (token, on) => events.report(inputOf(token, on)),
    viewers: () => ({ main: main.viewers, sub: sub.viewers }),
    close: async () => {
      relays.close();
      events.close();
      await Promise.all([rtsp.refuse(), onvif.refuse()]);
    },
  };
};
