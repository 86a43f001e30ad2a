/** The simulated community inside the test's own process, on free ports, with nothing that happens by itself. */
import { onTestFinished } from 'vitest';
import type { CameraAddresses } from '../../../resources/demo/devices/camera.ts';
import {
  type SimulatorOptions,
  type Simulators,
  createSimulators,
} from '../../../resources/demo/devices/simulators.ts';

/** Started for one test, closed when it is over. */
export const startCommunity = async (options: Partial<SimulatorOptions> = {}): Promise<Simulators> => {
  const simulators = await createSimulators({
    cameras: 2,
    host: '127.0.0.1',
    portBase: 0,
    discovery: false,
    supervisionSeconds: 3600,
    rtspTimeoutSeconds: 60,
    basicOnly: false,
    language: 'zh-CN',
    ownMotion: false,
    ...options,
  });
  onTestFinished(() => simulators.close());
  return simulators;
};

/** The addresses of the camera at a place of the list. */
export const cameraAt = (simulators: Simulators, place: number): CameraAddresses => {
  const found = simulators.cameras[place];
  if (!found) throw new Error(`no camera at place ${place}`);
  return found.addresses;
};

/** An RTSP address with its credentials in it. */
export const withPassword = (camera: CameraAddresses, url: string): string => {
  const parsed = new URL(url);
  parsed.username = camera.username;
  parsed.password = camera.password;
  return parsed.href;
};
