/** The set-up of a fresh, foreign, moved, half-installed or unplugged folder: what is missing is installed once, what is there is taken as it is. */
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeSetUpTree, nodeName, type SetUpTree } from '../support/set-up-tree.ts';

let scratch: string;
let tree: SetUpTree;
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'guardroom 安装 '));
  tree = makeSetUpTree(scratch);
});
afterEach(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

const hello = { status: 0, stdout: `hello from ${process.version}\n` };
const onlyNode = [expect.stringMatching(/^install node(-bin)?-/)];
/** A stack names its places like this. */
const stack = /^\s+at /m;

test('what `npm ci` by hand installed counts as installed, under whatever Node npm starts the scripts', async () => {
  tree.addNode();
  const inBin = path.join(tree.folder, 'node_modules', '.bin', nodeName);
  expect(await tree.run(inBin)).toMatchObject({ ...hello, stderr: '', npm: [] });
  // From now on npm's scripts run under the machine's own Node.
  expect(existsSync(inBin)).toBe(false);
  expect(await tree.run()).toMatchObject({ ...hello, npm: [] });
});

test('where no package ran its script, the Node that is missing is fetched, once, and nothing else', async () => {
  const other = path.join(tree.folder, 'node_modules', 'elsewhere', nodeName);
  tree.addNode();
  renameSync(path.dirname(tree.innerNode), path.dirname(other));
  expect(await tree.run(other)).toMatchObject({ ...hello, npm: onlyNode });
  expect(existsSync(tree.innerNode)).toBe(true);
  expect(await tree.run(other)).toMatchObject({ ...hello, npm: [] });
  // Its package is still there: only the place is taken anew.
  rmSync(tree.innerNode);
  expect(await tree.run(other)).toMatchObject({ ...hello, npm: [] });
});

test('a lock file that changed is installed while the Node that goes away with it runs the set-up', async () => {
  tree.addNode();
  tree.publish({ plain: { version: '2.0.0', integrity: 'sha512-next' } });
  expect(await tree.run(path.join(tree.folder, 'node_modules', '.bin', nodeName))).toMatchObject({
    ...hello,
    npm: ['install'],
  });
  expect(await tree.run()).toMatchObject({ ...hello, npm: [] });
});

test('an install that was cut short begins anew, also when its own Node runs the set-up', async () => {
  tree.addNode();
  rmSync(path.join(tree.folder, 'node_modules', '.package-lock.json'));
  expect(await tree.run(tree.innerNode)).toMatchObject({ ...hello, npm: ['ci', ...onlyNode] });
  expect(await tree.run()).toMatchObject({ ...hello, npm: [] });
});

test('a package that somebody deleted is put back', async () => {
  tree.addNode();
  rmSync(path.join(tree.folder, 'node_modules', 'plain'), { recursive: true });
  expect(await tree.run()).toMatchObject({ ...hello, npm: ['install'] });
  expect(existsSync(path.join(tree.folder, 'node_modules', 'plain'))).toBe(true);
});

test('the packages of another system are found out, and what this one cannot have is asked for once', async () => {
  tree.addNode();
  rmSync(path.join(tree.folder, 'node_modules', 'for-here'), { recursive: true });
  tree.withhold('for-here');
  expect(await tree.run()).toMatchObject({ ...hello, npm: ['install'] });
  expect(await tree.run()).toMatchObject({ ...hello, npm: [] });
});

test('the Node of another system is replaced, and nothing else', async () => {
  tree.addNode();
  const other = path.join(tree.folder, 'node_modules', 'elsewhere', nodeName);
  renameSync(path.dirname(tree.innerNode), path.dirname(other));
  tree.addNode();
  rmSync(tree.innerNode);
  writeFileSync(tree.innerNode, 'not of this machine', { mode: 0o755 });
  expect(await tree.run(other)).toMatchObject({ ...hello, npm: onlyNode });
});

test('a folder that was moved is installed', async () => {
  tree.addNode();
  tree.moveTo(path.join(scratch, '新的 place'));
  expect(await tree.run()).toMatchObject({ ...hello, stderr: '', npm: [] });
});

test('without the network it says so in a sentence, and leaves what is there', async () => {
  tree.addNode();
  tree.publish({ plain: { version: '2.0.0', integrity: 'sha512-next' } });
  tree.unplug();
  const before = readdirSync(path.join(tree.folder, 'node_modules'), { recursive: true });
  const result = await tree.run(tree.innerNode);
  expect(result).toMatchObject({ status: 1, stdout: '', npm: ['install'] });
  expect(result.stderr).toMatch(/Is the npm registry in reach\? 依赖没有装好[^\n]*\n$/);
  expect(result.stderr).not.toMatch(stack);
  expect(readdirSync(path.join(tree.folder, 'node_modules'), { recursive: true })).toEqual(before);
});

test('without the network a fresh folder, and one that only lacks Node, say so in a sentence', async () => {
  tree.unplug();
  const other = path.join(tree.folder, 'node_modules', 'elsewhere', nodeName);
  tree.addNode();
  renameSync(path.dirname(tree.innerNode), path.dirname(other));
  const withoutNode = await tree.run(other);
  expect(withoutNode).toMatchObject({ status: 1, npm: onlyNode });
  expect(withoutNode.stderr).toMatch(/could not be fetched[^\n]*没有下载成功[^\n]*\n$/);
  rmSync(path.join(tree.folder, 'node_modules'), { recursive: true });
  const fresh = await tree.run();
  expect(fresh).toMatchObject({ status: 1, npm: ['ci'] });
  expect(withoutNode.stderr + fresh.stderr).not.toMatch(stack);
});

test('a lock file that is damaged, and an npm that is not there, are each said in a sentence', async () => {
  rmSync(path.join(tree.folder, 'node_modules'), { recursive: true });
  const nobody = await tree.run(undefined, { npm_execpath: '/opt/yarn.js', PATH: scratch });
  expect(nobody.status).toBe(1);
  writeFileSync(path.join(tree.folder, 'package-lock.json'), '<<<<<<< mine');
  const damaged = await tree.run();
  expect(damaged).toMatchObject({ status: 1, npm: [] });
  expect(damaged.stderr).toMatch(/^The file package-lock\.json is missing or damaged/);
  expect(nobody.stderr + damaged.stderr).not.toMatch(stack);
});
