/** A station process that stands still is started again under its supervisor, and says why. */
import { expect, onTestFinished, test } from 'vitest';
import { establishCommunity, readLog } from '../support/real-community.ts';
import { eventually } from '../support/real-process.ts';
import { connectSeat } from '../support/seat-client.ts';
import { startSupervisedStation } from '../support/supervised-station.ts';

test('stopped by the system, and killed: each time the log says what had happened', async () => {
  const station = await startSupervisedStation({ timeScale: 0.3 });
  onTestFinished(() => station.remove());
  const { port } = station.address;
  const first = await connectSeat({ port, token: station.token });
  await establishCommunity(first, '静默小区');
  const session = first.sessionToken();
  first.terminate();

  for (const [count, signal] of (['SIGSTOP', 'SIGKILL'] as const).entries()) {
    const pid = station.pid();
    expect(pid).toBeDefined();
    process.kill(Number(pid), signal);
    await eventually('it was started again', () => station.restarts() === count + 1 && station.pid() !== undefined);
    (await eventuallyConnected(() => connectSeat({ port, token: station.token, session }))).terminate();
  }
  const seat = await connectSeat({ port, token: station.token, session });
  // The newest first.
  const starts = (await readLog(seat)).filter(({ type }) => type === 'v1.StationStarted');
  expect(starts.map(({ body }) => body['again'])).toEqual(['ended', 'noAnswer']);
  seat.terminate();
});

/** The new station listens a moment after it was started. */
const eventuallyConnected = async <T>(attempt: () => Promise<T>): Promise<T> => {
  const found: T[] = [];
  await eventually('a seat is let in', async () => {
    try {
      found.push(await attempt());
      return true;
    } catch {
      // It is not up yet.
      return false;
    }
  });
  const [first] = found;
  if (first === undefined) throw new Error('no seat was let in');
  return first;
};
