/**
 * 5,000 panel signals from 5,000 help points at once, on a real journal, with a seat connected: what one costs at the beginning and at the end, and
 * how long a call for help among them takes to reach the seat, against one at rest in the same run.
 */
import {
  connect,
  createTestStation,
  createWorld,
  PINS,
  settle,
  valueOf,
  type TestSeat,
} from '../support/station-harness.ts';
import { makeJournalFolder } from '../support/journal-folder.ts';
import { percentile, print, progress } from './bench.ts';

const SOURCES = 5000;
const LIFE_EVERY = SOURCES / 20;
const AT_REST = 20;
const ACCOUNT = 'F100';

const zoneOf = (source: number): string => String(source + 1).padStart(5, '0');

/** How long from the panel's frame to the seat's message; the frame is answered in between. */
const signalUntilSeen = (
  panels: Awaited<ReturnType<typeof createTestStation>>['panels'],
  seat: TestSeat,
  source: number,
  meaning: 'help' | 'burglary',
): number => {
  const before = seat.received.length;
  const start = performance.now();
  const code = meaning === 'help' ? 'QA' : 'BA';
  const taken = panels.sendEvent({
    account: ACCOUNT,
    code,
    protocol: 'SIA-DCS',
    meaning,
    restored: false,
    zone: zoneOf(source),
  });
  if (taken !== 'ACK') throw new Error(`the signal of ${source} was ${taken}`);
  const isSeen = seat.received
    .slice(before)
    .some((message) => message.t === 'patch' && message.rows.some((row) => row.collection === 'alarms'));
  if (!isSeen) throw new Error(`the signal of ${source} did not reach the seat`);
  return performance.now() - start;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const benchFlood = async (): Promise<void> => {
  const folder = makeJournalFolder();
  try {
    const journal = folder.open();
    const test = await createTestStation(createWorld({ wrapJournal: () => journal }));
    progress(`setting up ${SOURCES} help points`);
    for (let source = 0; source < SOURCES + AT_REST; source += 1) {
      valueOf(
        await test.manager.command('addHelpPoint', {
          helpPointId: `hp-${source}`,
          place: `${source}`,
          residentName: null,
          account: ACCOUNT,
          zone: zoneOf(source),
          supervisionMs: 86_400_000,
          cameraIds: [],
        }),
      );
    }
    test.manager.leave();
    const seat = connect(test.station, test.clock, test.ids, { fresh: false });
    if (!(await seat.signIn('li', PINS.volunteer))) throw new Error('nobody was signed in');
    await settle();
    const atRest = Array.from({ length: AT_REST }, (_, index) =>
      signalUntilSeen(test.panels, seat, SOURCES + index, 'help'),
    );
    progress('the flood');
    const ordinary: number[] = [];
    const life: number[] = [];
    const start = performance.now();
    for (let source = 0; source < SOURCES; source += 1) {
      const isLife = source % LIFE_EVERY === LIFE_EVERY - 1;
      (isLife ? life : ordinary).push(signalUntilSeen(test.panels, seat, source, isLife ? 'help' : 'burglary'));
      seat.received.length = 0;
    }
    const tookMs = performance.now() - start;
    const open = new Set(seat.rows('alarms').map(({ sourceId }) => sourceId));
    const lost = Array.from({ length: SOURCES }, (_, source) => `hp-${source}`).filter((id) => !open.has(id)).length;
    const [first, last] = [mean(ordinary.slice(0, 500)), mean(ordinary.slice(-500))];
    print({
      name: 'flood of 5,000 signals',
      value: tookMs / 1000,
      unit: 's',
      ratio: tookMs / 60_000,
      against: 'the minute in which they come',
      aim: 'none lost, within the minute',
      note: `${lost} lost`,
    });
    print({
      name: 'one signal at the end of the flood',
      value: last,
      unit: 'ms',
      ratio: last / first,
      against: `one at its beginning (${first.toFixed(2)} ms)`,
      aim: '≤ 1.5',
    });
    print({
      name: 'a call for help in the flood, p95',
      value: percentile(life, 0.95),
      unit: 'ms',
      ratio: percentile(life, 0.95) / percentile(atRest, 0.95),
      against: `one at rest (p95 ${percentile(atRest, 0.95).toFixed(2)} ms)`,
      aim: '≤ 2',
    });
  } finally {
    folder.remove();
  }
};
