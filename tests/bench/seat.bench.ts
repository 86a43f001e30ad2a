/**
 * What one fact costs the thread that paints, in a seat that has been open for a month: its store alone. On the room screen no log line comes; with
 * the log open its tail does. Against a store that keeps every line it was ever sent, in the same run.
 */
import type { RowChange, StationMessage } from '../../electron/contract/messages.schema.ts';
import { createSeatStore } from '../../renderer/store/seat-store.ts';
import { emptyTables } from '../../renderer/store/tables.ts';
import { median, print, progress } from './bench.ts';

/** 5,000 facts a day. */
const MONTH = 150_000;
const MEASURED = 200;

const line = (seq: number): RowChange => ({
  collection: 'log',
  key: String(seq).padStart(12, '0'),
  doc: {
    seq,
    type: 'v1.BarrierPositionReported',
    kind: 'barrier',
    entityId: 'north',
    at: seq,
    recordedAt: seq,
    actor: 'device:north',
    seat: null,
    shiftNumber: 3,
    body: { position: 'open', source: 'sensor' },
    managerNotes: [],
  },
});
const camera = (seq: number): RowChange => ({
  collection: 'cameras',
  key: `camera-${seq % 48}`,
  doc: {
    cameraId: `camera-${seq % 48}`,
    number: 1 + (seq % 48),
    name: '3号楼',
    place: '3号楼',
    onvifAddress: null,
    mainUrl: '',
    subUrl: null,
    username: null,
    hasPassword: true,
    state: 'live',
    since: seq,
    fault: null,
    lastLiveAt: seq,
  },
});

/** The median time of one patch after a month of them, milliseconds. */
const perFact = (patch: (seq: number) => readonly RowChange[]): number => {
  const store = createSeatStore();
  const receive = (seq: number): void => {
    const message: StationMessage = { t: 'patch', after: seq - 1, seq, rows: [...patch(seq)] };
    if (!store.receive(message)) throw new Error(`patch ${seq} did not join on`);
  };
  store.set({ tables: emptyTables });
  for (let seq = 1; seq <= MONTH; seq += 1) receive(seq);
  const times: number[] = [];
  for (let seq = MONTH + 1; seq <= MONTH + MEASURED; seq += 1) {
    const start = performance.now();
    receive(seq);
    times.push(performance.now() - start);
  }
  return median(times);
};

/** A table of a month's lines that is copied for each patch: what a store costs that keeps everything. */
const perFactKeptWhole = (): number => {
  let table = new Map<string, RowChange>(
    Array.from({ length: MONTH }, (_, index) => [String(index).padStart(12, '0'), line(index)] as const),
  );
  const times = Array.from({ length: 20 }, (_, index) => {
    const start = performance.now();
    table = new Map(table);
    table.set(String(MONTH + index), line(MONTH + index));
    return performance.now() - start;
  });
  return median(times);
};

export const benchSeat = async (): Promise<void> => {
  progress('a month of facts in a seat');
  const whole = perFactKeptWhole();
  const against = `a table that keeps all ${MONTH} lines (${whole.toFixed(1)} ms)`;
  const room = perFact((seq) => [camera(seq)]);
  print({ name: 'store per fact, room', value: room, unit: 'ms', ratio: room / whole, against, aim: '≤ 0.5 ms' });
  const log = perFact((seq) => [camera(seq), line(seq)]);
  print({ name: 'store per fact, log open', value: log, unit: 'ms', ratio: log / whole, against, aim: '≤ 4 ms' });
};
