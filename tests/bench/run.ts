/** `npm run bench [-- name …]`: every measure, or the named ones (`journal`, `intake`, `alarm`, `start`). One JSON line each on standard output. */
import { benchAlarm } from './alarm.bench.ts';
import { benchIntake } from './intake.bench.ts';
import { benchJournal } from './journal.bench.ts';
import { benchStart } from './start.bench.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  journal: benchJournal,
  intake: benchIntake,
  alarm: benchAlarm,
  start: benchStart,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no measure named ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.\n`,
  );
  process.exitCode = 2;
} else {
  for (const [name, bench] of Object.entries(benches)) {
    if (wanted.length === 0 || wanted.includes(name)) await bench();
  }
}
