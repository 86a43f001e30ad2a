import { connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { PanelListening, PanelPort } from '../../electron/station/ports/devices.port.ts';
import { createSiaReceiver } from '../../native/panels/sia-receiver.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { connectSia } from '../support/sia-client.ts';
import { createMemoryLog, until } from '../support/system-clock.ts';

const loop = { host: '127.0.0.1', port: 0, sources: ['127.0.0.1'] };
const alive = '"NULL"0001L0#1409[]';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const start = (addresses: readonly string[] = []) => {
  const clock = createManualClock();
  const own = [...addresses];
  const panel: PanelPort = createSiaReceiver({
    clock,
    log: createMemoryLog(),
    addresses: () => own.map((address) => ({ address, name: 'eth0' })),
  });
  closers.push(panel.close);
  const states: PanelListening[] = [];
  panel.onListening((state) => states.push(state));
  panel.onReport(() => 'committed');
  panel.configure([{ account: '1409', supervisionMs: 3_600_000, lenient: false }]);
  return { clock, panel, states, own };
};

const occupy = async (): Promise<{ readonly port: number; readonly free: () => Promise<void> }> => {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const free = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  closers.push(free);
  return { port: typeof address === 'object' && address !== null ? address.port : 0, free };
};

const refused = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(true));
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });

describe('the place where panels reach the receiver', () => {
  it('is nowhere before it is told, and moves without a restart: the old one is closed, with its connections', async () => {
    const { panel, states } = start();
    expect([panel.port(), panel.listening().state]).toEqual([0, 'off']);
    await panel.listen(loop);
    const first = panel.port();
    const client = await connectSia(first);
    expect(await client.send(alive)).toContain('"ACK"');
    await panel.listen(loop);
    await until('the old connection is closed', client.closed);
    expect(panel.port()).not.toBe(first);
    expect(await refused(first)).toBe(true);
    const later = await connectSia(panel.port());
    expect(await later.send(alive)).toContain('"ACK"');
    later.close();
    expect(states.map(({ state }) => state)).toEqual(['listening', 'listening']);
  });

  it('that another program holds is said, and taken as soon as it is free', async () => {
    const { panel, clock } = start();
    const { port, free } = await occupy();
    expect(await panel.listen({ ...loop, port })).toEqual({ state: 'failed', fault: 'portTaken' });
    expect(panel.port()).toBe(0);
    await free();
    clock.advance(10_000);
    await until('it listens', () => panel.listening().state === 'listening');
    expect(panel.port()).toBe(port);
  });

  it('that this machine does not have is said, without trying', async () => {
    const { panel } = start(['192.0.2.77']);
    expect(await panel.listen({ ...loop, host: '203.0.113.9' })).toEqual({ state: 'failed', fault: 'addressGone' });
  });

  it('that goes away while it is listened to is said, and so is its return', async () => {
    const { panel, own, clock, states } = start(['127.0.0.2']);
    const there = { ...loop, host: '127.0.0.2', sources: ['127.0.0.0/8'] };
    expect(await panel.listen(there)).toMatchObject({ state: 'listening', host: '127.0.0.2' });
    own.pop();
    clock.advance(10_000);
    await until('it is said', () => panel.listening().state === 'failed');
    own.push('127.0.0.2');
    clock.advance(10_000);
    await until('it listens again', () => panel.listening().state === 'listening');
    expect(states).toEqual([
      expect.objectContaining({ state: 'listening' }),
      { state: 'failed', fault: 'addressGone' },
      expect.objectContaining({ state: 'listening' }),
    ]);
  });

  it('lets in whom the newest setting names, and remembers who was kept out', async () => {
    const { panel } = start();
    await panel.listen({ ...loop, sources: ['192.0.2.50'] });
    const client = await connectSia(panel.port());
    await until('it is closed', client.closed);
    expect(panel.seen()).toMatchObject([{ source: '127.0.0.1', readAs: 'notAllowed' }]);
    await panel.listen(loop);
    const allowed = await connectSia(panel.port());
    expect(await allowed.send('"SIA-DCS"0002L0#7777[#7777|Nri1/QA5]')).toContain('"NAK"');
    allowed.close();
    expect(panel.seen()[0]).toMatchObject({ account: '7777', readAs: 'unknownAccount', meaning: 'help', zone: '5' });
  });

  it('is the newest of two that are asked for at once', async () => {
    const { panel } = start();
    const { port } = await occupy();
    await Promise.all([panel.listen({ ...loop, port }), panel.listen(loop)]);
    await until('it listens', () => panel.listening().state === 'listening');
    expect(panel.port()).not.toBe(port);
  });
});
