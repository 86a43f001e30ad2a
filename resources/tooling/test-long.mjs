/** `npm run test:long [-- FILTER]`: the long form of every test that has one (`tests/support/long.ts`), one file after the other. Hours, not minutes. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureDependencies, run, stationNode, stop } from './install.mjs';
import { root } from './installed.mjs';
import { ensureBuilt, requireNode } from './setup.mjs';

requireNode();
await ensureDependencies();
const node = stationNode();
await ensureBuilt(node);

const [filter = ''] = process.argv.slice(2);
const files = ['electron', 'native', 'renderer', 'tests']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
      .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name))),
  )
  .filter((file) => file.includes(filter) && readFileSync(path.join(root, file), 'utf8').includes('support/long.ts'))
  .sort();
if (files.length === 0) stop(`No test with a long form has "${filter}" in its name.`);

// Chosen here and said, so that all files share it and a failure can be run again.
const seed = process.env.GUARDROOM_SEED ?? String(Date.now() % 2 ** 32);
console.log(`Seed ${seed}; GUARDROOM_SEED=${seed} npm run test:long runs the same again.`);
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
const hours = 6 * 3_600_000;
const args = [vitest, 'run', '--no-file-parallelism', `--testTimeout=${hours}`, ...files];
process.exit(await run(node, args, { env: { ...process.env, GUARDROOM_LONG: '1', GUARDROOM_SEED: seed } }));
