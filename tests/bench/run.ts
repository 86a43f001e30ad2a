/** `npm run bench [-- name …]`: every measure, or the named ones (`journal`, `log`, `intake`, `alarm`, `flood`, `seat`, `start`, `vault`). One JSON line each on standard output. */
import path from 'node:path';
import { build } from 'vite';
import { benchAlarm } from './alarm.bench.ts';
import { progress } from './bench.ts';
import { benchFlood } from './flood.bench.ts';
import { benchIntake } from './intake.bench.ts';
import { benchJournal } from './journal.bench.ts';
import { benchLog } from './log.bench.ts';
import { benchSeat } from './seat.bench.ts';
import { benchStart } from './start.bench.ts';
import { benchVault } from './vault.bench.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  journal: benchJournal,
  log: benchLog,
  intake: benchIntake,
  alarm: benchAlarm,
  flood: benchFlood,
  seat: benchSeat,
  start: benchStart,
  vault: benchVault,
};

/** Those that open the room in a browser. */
const onThePage: ReadonlySet<string> = new Set(['alarm', 'start']);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no measure named ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.\n`,
  );
  process.exitCode = 2;
} else {
  const chosen = Object.entries(benches).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  if (chosen.some(([name]) => onThePage.has(name))) {
    progress('building the page as it is now');
    await build({ configFile: path.resolve(import.meta.dirname, '../../vite.config.ts'), logLevel: 'warn' });
  }
  for (const [, bench] of chosen) await bench();
}
