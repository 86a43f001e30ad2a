/**
 * Type-checks every ring under its own configuration, so that a ring which must not know Node or the DOM
 * does not compile when it names them. Exit status 1 when any ring fails.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const rings = [
  'electron/domain',
  'electron/contract',
  'electron/words',
  'electron/station',
  'electron',
  'electron/shell',
  'native',
  'renderer',
  'resources',
  'tests',
];

const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const wanted = process.argv.slice(2);
let failed = 0;
for (const ring of rings.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  const code = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, [tsc, '-p', path.join(root, ring)], { stdio: 'inherit', cwd: root });
    child.on('close', (status) => resolve(status ?? 1));
  });
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} types ${ring}`);
  if (code !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
