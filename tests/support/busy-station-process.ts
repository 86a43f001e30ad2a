/** Stands in for a station that prepares its tables in one go: it answers no ping until it is done. With `GUARDROOM_STUCK` it never gets further. */
import { openStationChannel } from '../../electron/station-channel.ts';

const STEP_MS = 100;
const STEPS = 40;

const channel = openStationChannel();
if (channel === null) throw new Error('started without a channel');
const pause = new Int32Array(new SharedArrayBuffer(4));
const isStuck = process.env['GUARDROOM_STUCK'] !== undefined;

channel.onMessage((message) => {
  if (message.t === 'ping') channel.send({ t: 'pong', n: message.n });
  if (message.t === 'stop') void channel.sendLast({ t: 'stopped' }).then(() => process.exit(0));
  if (message.t !== 'start') return;
  for (let step = 0; step <= STEPS; step += 1) {
    channel.send({ t: 'busy', done: isStuck ? 1 : step, of: STEPS });
    Atomics.wait(pause, 0, 0, STEP_MS);
  }
  channel.send({ t: 'ready', port: 1, panelPort: 2, url: 'http://127.0.0.1:1/' });
});
