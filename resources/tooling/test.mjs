/** `npm test`: installs what is missing, then types, lint, and every test project. Closes with `N passed, N failed, N skipped`. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureDependencies, run, stationNode, stop } from './install.mjs';
import { root } from './installed.mjs';
import { ensureBuilt, requireNode } from './setup.mjs';

requireNode();
await ensureDependencies();
const node = stationNode();
const tool = (...parts) => path.join(root, 'node_modules', ...parts);

/** A Chromium for the journeys: an installed one, else Playwright's own, else the distribution's package when root. */
const ensureChromium = async () => {
  const find = () => run(node, [path.join(root, 'resources', 'tooling', 'find-chromium.ts')], { stdio: 'ignore' });
  if ((await find()) === 0) return true;
  console.log('Fetching a Chromium for the journeys … 正在下载测试用的浏览器');
  await run(node, [tool('playwright', 'cli.js'), 'install', 'chromium'], { timeout: 600_000 });
  if ((await find()) === 0) return true;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  return (await find()) === 0;
};

if (!(await ensureChromium())) {
  stop(
    'The journeys need a Chromium and none could be installed. Install Chrome or Chromium, or name one in CHROMIUM_BIN. 请安装 Chrome 或 Chromium。',
  );
}
await ensureBuilt(node);

const filters = process.argv.slice(2);
const checks =
  filters.length > 0
    ? []
    : [
        ['types', [path.join(root, 'resources', 'tooling', 'types.ts')]],
        ['format', [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
        ['lint', [tool('oxlint', 'bin', 'oxlint'), '--deny-warnings']],
        ['unused code', [tool('knip', 'bin', 'knip.js'), '--no-progress']],
      ];
let passed = 0;
let failed = 0;
for (const [name, args] of checks) {
  const code = await run(node, args);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  if (code === 0) passed += 1;
  else failed += 1;
}

const scratch = mkdtempSync(path.join(tmpdir(), 'guardroom-test-'));
const reporter = path.join(root, 'resources', 'tooling', 'closing-reporter.ts');
const skippedTests = [];
const broken = [];

/** Runs some of the test projects and adds what they came to. */
const runTests = async (name, args) => {
  const summaryFile = path.join(scratch, `${name}.json`);
  const status = await run(
    node,
    [tool('vitest', 'vitest.mjs'), 'run', '--reporter=default', `--reporter=${reporter}`, ...args],
    {
      env: { ...process.env, GUARDROOM_SUMMARY: summaryFile },
    },
  );
  if (!existsSync(summaryFile)) stop('The tests ended without a result: see the lines above. 测试没有给出结果。');
  const summary = JSON.parse(readFileSync(summaryFile, 'utf8'));
  passed += summary.passed;
  failed += summary.failed === 0 && status !== 0 ? 1 : summary.failed;
  skippedTests.push(...summary.skipped);
  broken.push(...summary.broken);
};

const projects = (...names) => names.flatMap((name) => ['--project', name]);
if (filters.length > 0) await runTests('named', filters);
else {
  await runTests('quick', projects('unit', 'architecture', 'conformance'));
  // These start whole stations and browsers: one after the other, so that they have the machine to themselves.
  await runTests('whole', [...projects('faults', 'journeys'), '--no-file-parallelism']);
}
rmSync(scratch, { recursive: true });

for (const { name, reason } of skippedTests) console.log(`skipped: ${name}: ${reason}`);
for (const name of broken) console.log(`broken: ${name}`);
const skipped = skippedTests.length === 0 ? '' : `, ${skippedTests.length} skipped`;
console.log(`${passed} passed, ${failed} failed${skipped}`);
process.exit(failed === 0 ? 0 : 1);
