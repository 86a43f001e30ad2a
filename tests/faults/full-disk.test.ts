/** The disk under a running station fills up, for real: the room stays, refuses in words, and goes on by itself when there is space. */
import path from 'node:path';
import { afterEach, describe, expect, test, type TestContext } from 'vitest';
import { failureText } from '../../electron/failure-text.ts';
import { StationFailed } from '../../electron/supervisor.ts';
import { connectSia } from '../support/sia-client.ts';
import { addGate, connectSoon, establishCommunity, valueOf } from '../support/real-community.ts';
import { eventually, runProgram } from '../support/real-process.ts';
import { leaveOut } from '../support/requires.ts';
import type { SeatClient } from '../support/seat-client.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';

let disk: SmallDisk | null = null;
let station: SupervisedStation | null = null;
afterEach(async () => {
  await station?.stop();
  station = null;
  disk?.remove();
  disk = null;
});

const smallDisk = (context: TestContext): SmallDisk => {
  disk = mountSmallDisk(12) ?? leaveOut(context, 'a small file system cannot be mounted here (it takes root on Linux)');
  return disk;
};
const healthOf = (seat: SeatClient) => seat.received.findLast((message) => message.t === 'tick')?.health;
const press = (sequence: number) => `"SIA-DCS"${String(sequence).padStart(4, '0')}L0#4F39[#4F39|Nri3/QA3]`;

describe('a station on a full disk', () => {
  test('stays: pictures and listeners too; says so, refuses, and recovers without a restart', async (context) => {
    const { folder, fill, empty } = smallDisk(context);
    station = await startSupervisedStation({ dataDir: path.join(folder, 'data') });
    const pid = station.pid();
    const seat = await connectSoon({ port: station.address.port, token: station.token });
    await establishCommunity(seat);
    await addGate(seat, 'http://127.0.0.1:9/onvif/device_service');
    const wire = { account: '4F39', zone: '3', supervisionMs: 3_600_000, cameraIds: [] };
    valueOf(
      await seat.command('addHelpPoint', { helpPointId: 'help-1', place: '3-1-502', residentName: null, ...wire }),
    );
    const panel = await connectSia(station.address.panelPort);

    fill();

    // Busy: each command is answered with a sentence's kind, and each of them is logged.
    for (let count = 0; count < 80; count += 1) {
      expect(await seat.command('addNote', { text: `第 ${count} 条` })).toMatchObject({
        ok: false,
        refusal: { kind: 'storageFailed', details: { fault: 'diskFull' } },
      });
    }
    // A help button is not told that it was heard, and is not turned away either.
    for (const sequence of [1, 2, 3]) expect(await panel.send(press(sequence))).toContain('NAK');
    const late = await connectSia(station.address.panelPort);
    expect(await late.send(press(4))).toContain('NAK');
    await eventually('the seats hear of it', () => healthOf(seat)?.storage === 'failed');
    expect(seat.rows('cameras')).toHaveLength(1);
    const another = await connectSoon({ port: station.address.port, token: station.token });
    expect(another.rows('barriers')).toHaveLength(1);
    const ticket = await seat.query({ type: 'videoTicket' });
    expect(ticket.ok).toBe(true);

    empty();
    await eventually('it recovers', () => healthOf(seat)?.storage !== 'failed');
    valueOf(await seat.command('addNote', { text: '有空间了' }));
    expect(await panel.send(press(5))).toContain('ACK');
    expect([station.restarts(), station.pid()]).toEqual([0, pid]);
    for (const each of [seat, another]) each.terminate();
    for (const each of [panel, late]) each.close();
    await station.stop();
    const verified = await runProgram('journal-cli.ts', ['verify', '--data', path.join(folder, 'data')]);
    expect(verified.status).toBe(0);
  });

  test('stays while nobody does anything: heads, heartbeats and their complaints end nothing', async (context) => {
    const { folder, fill } = smallDisk(context);
    station = await startSupervisedStation({ dataDir: folder });
    const seat = await connectSoon({ port: station.address.port, token: station.token });
    await establishCommunity(seat);
    fill();
    await eventually('three heartbeats failed', () => {
      const failed = seat.received.filter((message) => message.t === 'tick' && message.health.storage === 'failed');
      return failed.length >= 12;
    });
    expect(station.restarts()).toBe(0);
    seat.terminate();
  });

  test.for([{ kind: 'empty' }, { kind: 'used' }])(
    'that is started on it (a folder that is $kind) says so in a sentence, once',
    async ({ kind }, context) => {
      const { folder, fill, empty } = smallDisk(context);
      const dataDir = path.join(folder, 'data');
      if (kind === 'used') {
        station = await startSupervisedStation({ dataDir });
        const seat = await connectSoon({ port: station.address.port, token: station.token });
        await establishCommunity(seat);
        seat.terminate();
        await station.stop();
      }
      fill();
      const refusal = await startSupervisedStation({ dataDir }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(StationFailed);
      expect(refusal instanceof StationFailed ? failureText(refusal) : '').toMatch(
        /^磁盘已满[^\n]*\nThe disk is full[^\n]*$/,
      );
      empty();
      station = await startSupervisedStation({ dataDir });
      const seat = await connectSoon({ port: station.address.port, token: station.token });
      expect(seat.welcome.empty).toBe(kind === 'empty');
      seat.terminate();
    },
  );
});
