import { expect, vi } from 'vitest';
import type { AccessUnit } from '../../native/rtsp/access-unit-builder.ts';
import { newDeviceHabits } from '../../native/rtsp/device-habits.ts';
import type { PictureFormat } from '../../native/rtsp/picture-format.ts';
import { createRtspSession } from '../../native/rtsp/session.ts';
import { createStream, type Stream, type StreamStatus } from '../../native/video/stream.ts';
import { startCamera, type CameraBehaviour, type TestCamera } from './rtsp-camera.ts';
import { createFastClock } from './fast-clock.ts';

/** A bad camera and the intake that must bear it, over real sockets on a fast clock. */
export interface IntakeUnderTest {
  readonly camera: TestCamera;
  readonly stream: Stream;
  readonly statuses: StreamStatus[];
  readonly formats: PictureFormat[];
  readonly units: AccessUnit[];
  /** Waits for `state` or `state/fault`, also when it is gone again. */
  readonly reaches: (wanted: string) => Promise<void>;
  /** Waits until so many more pictures have come. */
  readonly shows: (pictures: number) => Promise<void>;
  /** `K` and `p` of what came. */
  readonly pattern: () => string;
}

const PATIENCE_MS = 15_000;
const running: { readonly stream: Stream; readonly camera: TestCamera }[] = [];

/** Ends what the test started. */
export const stopIntakes = async (): Promise<void> => {
  for (const { stream, camera } of running.splice(0)) {
    stream.close();
    await camera.close();
  }
};

/** @param factor how much faster than real the intake's clock runs. */
export const startIntake = async (
  behaviour: CameraBehaviour,
  factor = 10,
  account: string | null = null,
): Promise<IntakeUnderTest> => {
  const camera = await startCamera(behaviour);
  const clock = createFastClock(factor);
  const habits = newDeviceHabits();
  const statuses: StreamStatus[] = [];
  const formats: PictureFormat[] = [];
  const units: AccessUnit[] = [];
  const stream = createStream({
    open: (handlers) =>
      createRtspSession({ url: camera.url, username: account, password: account, clock, habits, ...handlers }),
    clock,
    random: () => 0.5,
    onStatus: (status) => statuses.push(status),
    onFormat: (format) => formats.push(format),
    onUnit: (unit) => units.push(unit),
    onDefect: (error) => {
      throw error;
    },
  });
  running.push({ stream, camera });
  const wait = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: PATIENCE_MS, interval: 10 });
  return {
    camera,
    stream,
    statuses,
    formats,
    units,
    reaches: (wanted) =>
      wait(() => expect(statuses.flatMap(({ state, fault }) => [state, `${state}/${fault ?? ''}`])).toContain(wanted)),
    shows: (pictures) => {
      const before = units.length;
      return wait(() => expect(units.length).toBeGreaterThanOrEqual(before + pictures));
    },
    pattern: () => units.map((unit) => (unit.key ? 'K' : 'p')).join(''),
  };
};
