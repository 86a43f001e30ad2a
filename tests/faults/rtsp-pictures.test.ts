import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CameraBehaviour } from '../support/rtsp-camera.ts';
import { startIntake, stopIntakes } from '../support/rtsp-bench-stream.ts';
import { createPictureSource, interleave, makeH264Sps, makeRtp, makeSlice } from '../support/rtsp-media.ts';

afterEach(stopIntakes);

/** Bytes of one picture as they stand on the wire. */
const onWire = (packets: readonly Buffer[]): Buffer => Buffer.concat(packets.map((packet) => interleave(0, packet)));
const mangled = (mangle: (packets: Buffer[], picture: number) => Buffer[]): CameraBehaviour => ({
  play: (wire) => {
    let picture = 0;
    wire.stream(createPictureSource(), 5, (packets) => mangle(packets, (picture += 1)));
  },
});

test('a stall with a living connection is noticed, and ended by a new connection', async () => {
  const intake = await startIntake(
    {
      play: (wire, connection) => {
        wire.stream(createPictureSource());
        if (connection === 0) setTimeout(wire.stop, 200);
      },
    },
    5,
  );
  await intake.reaches('stalled/noFrames');
  await intake.shows(3);
  expect(intake.statuses.map((status) => status.state)).toEqual(['live', 'stalled', 'live']);
  expect(intake.camera.connections()).toBe(2);
  await vi.waitFor(() => expect(intake.camera.open()).toBe(1));
  const stalled = intake.statuses[1];
  const lastBefore = intake.units.findLast((unit) => unit.arrivedAtMs <= (stalled?.sinceMs ?? 0));
  expect(stalled?.sinceMs).toBe(lastBefore?.arrivedAtMs);
});

const intakeTimers: NodeJS.Timeout[] = [];
afterEach(() => {
  for (const timer of intakeTimers.splice(0)) clearInterval(timer);
});

test('one byte at a time', async () => {
  const intake = await startIntake(
    {
      play: (wire) => {
        const source = createPictureSource({ bytes: 60, packetBytes: 40 });
        let queue: Buffer = Buffer.alloc(0);
        let at = 0;
        const timer = setInterval(() => {
          if (at >= queue.length) {
            queue = onWire(source.next());
            at = 0;
          }
          for (let count = 0; count < 20; count += 1) wire.raw(queue.subarray(at + count, at + count + 1));
          at += 20;
        }, 1);
        intakeTimers.push(timer);
      },
    },
    1,
  );
  await intake.shows(12);
  expect(intake.pattern()).toMatch(/^KppppKppppK/);
});
describe('damage ends at the next key frame, on the same connection', () => {
  test.for<[string, CameraBehaviour]>([
    ['gaps', mangled((packets, picture) => (picture % 7 === 3 ? packets.slice(1) : packets))],
    ['everything twice', mangled((packets) => packets.flatMap((packet) => [packet, packet]))],
    [
      'fragments without a start',
      mangled((packets, picture) => (picture % 9 === 2 ? packets.map((packet) => stripped(packet, 0x7f)) : packets)),
    ],
    ['fragments without an end', mangled((packets) => packets.map((packet) => stripped(packet, 0xbf)))],
    [
      'unknown units',
      mangled((packets, picture) =>
        picture % 9 === 2
          ? packets.map((packet) => makeRtp(fieldsOf(packet), Buffer.from([picture % 2 === 0 ? 0x1e : 0, 9, 9, 9])))
          : packets,
      ),
    ],
    [
      'nested aggregates',
      mangled((packets, picture) =>
        picture % 9 === 2
          ? packets.map((packet) => makeRtp(fieldsOf(packet), Buffer.from([24, 0, 5, 24, 0, 2, 0x41, 0x80])))
          : packets,
      ),
    ],
    [
      'flipped bits',
      mangled((packets, picture) => packets.map((packet) => (picture % 4 === 1 ? flipped(packet, picture) : packet))),
    ],
    [
      'time stamps backwards',
      mangled((packets, picture) =>
        packets.map((packet) => restamped(packet, picture % 3 === 0 ? 1000 : 4_000_000_000 - picture * 900_000)),
      ),
    ],
    ['no marker bits', mangled((packets) => packets.map((packet) => unmarked(packet)))],
  ])('%s', async ([, behaviour]) => {
    const intake = await startIntake(behaviour, 1);
    await intake.shows(25);
    expect(intake.pattern()).toMatch(/^(Kp*)+$/);
    expect(intake.camera.connections()).toBe(1);
    const times = intake.units.map((unit) => unit.timestampUs);
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
    expect(intake.statuses.map((status) => status.state)).toEqual(['live']);
  });

  test.for<[string, Buffer]>([
    ['garbage', Buffer.from('\0\u0001RTSP$$\0\0$$ any text')],
    ['a length of 0xFFFF', Buffer.from([0x24, 0, 0xff, 0xff, 0x80, 96, 0, 0])],
    ['an empty packet', Buffer.from([0x24, 0, 0, 0])],
    ['half an answer', Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 99\r\n\r\n')],
    ['another channel', interleave(9, makeRtp({ sequence: 7, timestamp: 7, payloadType: 8 }, Buffer.alloc(160)))],
  ])('%s between the packets', async ([, garbage]) => {
    const intake = await startIntake(
      {
        play: (wire) => {
          const source = createPictureSource({ bytes: 9000 });
          intakeTimers.push(setInterval(() => wire.raw(Buffer.concat([onWire(source.next()), garbage])), 3));
        },
      },
      1,
    );
    await intake.shows(40);
    expect(intake.pattern()).toMatch(/^(Kp*)+$/);
    expect(intake.camera.connections()).toBe(1);
  });
});

test('channels swapped: the payload type decides', async () => {
  const intake = await startIntake({
    play: (wire) => {
      const source = createPictureSource();
      const report = Buffer.from('80c800061234567800000000000000000000000000000000000000', 'hex');
      intakeTimers.push(
        setInterval(
          () =>
            wire.raw(Buffer.concat([interleave(0, report), ...source.next().map((packet) => interleave(1, packet))])),
          5,
        ),
      );
    },
  });
  await intake.shows(12);
  expect(intake.pattern()).toMatch(/^KppppKppppK/);
});

describe('parameter sets', () => {
  test('another size at dusk is announced before its first picture', async () => {
    const intake = await startIntake(
      {
        play: (wire) => {
          const source = createPictureSource();
          wire.stream(source, 5);
          setTimeout(() => source.resize(1280, 720), 100);
        },
      },
      1,
    );
    await vi.waitFor(() =>
      expect(intake.formats.map(({ width, height }) => `${width}x${height}`)).toEqual(['640x352', '1280x720']),
    );
    await intake.shows(5);
    expect(intake.statuses.map((status) => status.state)).toEqual(['live']);
  });

  test('a picture of 8192 x 8192 is refused, and what follows it is not', async () => {
    const intake = await startIntake({
      play: (wire, connection) => {
        if (connection > 0) wire.stream(createPictureSource());
        else
          wire.raw(
            onWire([
              makeRtp({ sequence: 1, timestamp: 1 }, makeH264Sps(8192, 8192)),
              makeRtp({ sequence: 2, timestamp: 1, marker: true }, makeSlice(true, 99, 1)),
            ]),
          );
      },
    });
    await intake.reaches('offline/unsupported');
    await intake.shows(3);
    expect(intake.formats).toHaveLength(1);
  });

  test('no key frame for a minute: waited for, and then shown', async () => {
    const intake = await startIntake(
      {
        play: (wire, connection) => {
          const source = createPictureSource({ group: 1_000_000 });
          const late = createPictureSource();
          source.next();
          wire.stream(source, 5);
          // 60 s on the intake's clock; the connection that is made anew after 10 s must not be given up as quickly.
          if (connection === 1) setTimeout(() => wire.stream(late, 5), 2900);
        },
      },
      20,
    );
    await intake.reaches('offline/noFrames');
    await intake.shows(3);
    expect(intake.camera.connections()).toBe(2);
  });
});

test('a burst after five seconds of nothing is taken in whole', async () => {
  const intake = await startIntake({
    play: (wire) => {
      const source = createPictureSource({ group: 400 });
      setTimeout(() => wire.raw(Buffer.concat(Array.from({ length: 400 }, () => onWire(source.next())))), 250);
    },
  });
  await vi.waitFor(() => expect(intake.units).toHaveLength(400), { timeout: 10_000 });
  expect(intake.units.every((unit, index) => unit.sequence === index)).toBe(true);
});

test('a flood that never makes a picture costs no memory', async () => {
  const middle = Buffer.concat([Buffer.from([0x7c, 0x05]), Buffer.alloc(60_000, 9)]);
  let sequence = 0;
  let sent = 0;
  const intake = await startIntake(
    {
      play: (wire) => {
        intakeTimers.push(
          setInterval(() => {
            for (let count = 0; count < 40; count += 1)
              wire.raw(interleave(0, makeRtp({ sequence: (sequence += 1), timestamp: 7 }, middle)));
            sent += 40 * middle.length;
          }, 5),
        );
      },
    },
    1,
  );
  await vi.waitFor(() => expect(sent).toBeGreaterThan(60_000_000), { timeout: 10_000 });
  const before = process.memoryUsage().arrayBuffers;
  await vi.waitFor(() => expect(sent).toBeGreaterThan(200_000_000), { timeout: 15_000 });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
  expect(intake.units).toEqual([]);
});

const fieldsOf = (packet: Buffer) => ({
  sequence: packet.readUInt16BE(2),
  timestamp: packet.readUInt32BE(4),
  marker: ((packet[1] ?? 0) & 0x80) !== 0,
});

/** The fragment with flags masked away; other packets as they are. */
const stripped = (packet: Buffer, mask: number): Buffer => {
  const copy = Buffer.from(packet);
  if (((packet[12] ?? 0) & 0x1f) === 28) copy[13] = (packet[13] ?? 0) & mask;
  return copy;
};

const flipped = (packet: Buffer, seed: number): Buffer => {
  const copy = Buffer.from(packet);
  const at = 12 + ((seed * 7919) % (packet.length - 12));
  copy[at] = (copy[at] ?? 0) ^ (1 << (seed % 8));
  return copy;
};

const restamped = (packet: Buffer, timestamp: number): Buffer => {
  const copy = Buffer.from(packet);
  copy.writeUInt32BE(timestamp >>> 0, 4);
  return copy;
};

const unmarked = (packet: Buffer): Buffer => {
  const copy = Buffer.from(packet);
  copy[1] = (packet[1] ?? 0) & 0x7f;
  return copy;
};
