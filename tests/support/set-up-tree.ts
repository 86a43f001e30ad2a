/** A tree of the project as a newcomer has it: the real set-up scripts, a handful of packages, and an npm that writes down what it was asked. */
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const tooling = path.resolve(import.meta.dirname, '../../resources/tooling');
const windows = process.platform === 'win32';
export const nodeName = windows ? 'node.exe' : 'node';
const version = process.versions.node;

const madeForHere = { os: [process.platform], cpu: [process.arch], optional: true };
/** The lock file: one package that must be there, one for this machine, one for another, one that npm may leave out. */
const packages = {
  node: { version },
  plain: { version: '1.0.0', integrity: 'sha512-plain' },
  'for-here': { version: '1.0.0', integrity: 'sha512-here', ...madeForHere },
  'for-elsewhere': { version: '1.0.0', integrity: 'sha512-else', os: ['aix'], cpu: ['ppc64'], optional: true },
  extra: { version: '1.0.0', integrity: 'sha512-extra', optional: true },
};
const left = new Set(['for-elsewhere', 'extra']);

const lockOf = (entries: readonly (readonly [string, object])[]): string =>
  JSON.stringify({ packages: Object.fromEntries(entries.map(([name, entry]) => [`node_modules/${name}`, entry])) });

/** What stands in for npm: installs what `store` holds, as far as there is a network. */
const npm = `
import { appendFileSync, cpSync, existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
const [verb, ...args] = process.argv.slice(2);
const node = args.find((name) => /^node(-bin)?-.*@/.test(name));
appendFileSync(process.env.FAKE_CALLS, (node === undefined ? verb : verb + ' ' + node) + '\\n');
if (verb === 'ci') rmSync('node_modules', { recursive: true, force: true });
if (existsSync(process.env.FAKE_OFFLINE)) {
  console.error('npm error code ENOTFOUND');
  process.exit(1);
}
if (node === undefined) cpSync(process.env.FAKE_STORE, 'node_modules', { recursive: true });
else {
  const folder = path.join('node_modules', node.split('@')[0], 'bin');
  mkdirSync(folder, { recursive: true });
  linkSync(process.env.FAKE_NODE, path.join(folder, '${nodeName}'));
}
`;

export interface SetUpTree {
  readonly folder: string;
  /** Moves the tree to another place; `innerNode` and `folder` are of the old one. */
  readonly moveTo: (place: string) => void;
  /** Removes the network. */
  readonly unplug: () => void;
  /** Makes the registry's packages these, and the lock file name them. */
  readonly publish: (
    changed: Readonly<Record<string, { readonly version: string; readonly integrity: string }>>,
  ) => void;
  /** The registry does not give this optional package out. */
  readonly withhold: (name: string) => void;
  /** Puts the station's Node, and npm's link to it, where `npm ci` by hand puts them where packages may run scripts. */
  readonly addNode: () => void;
  /** Runs a program as npm's scripts do, under the Node named. Resolves with what it came to and what npm was asked meanwhile. */
  readonly run: (
    node?: string,
    env?: NodeJS.ProcessEnv,
  ) => Promise<{
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
    readonly npm: readonly string[];
  }>;
  /** A Node in the folder of packages, as npm's scripts find it first. */
  readonly innerNode: string;
}

const link = (source: string, target: string): void => {
  mkdirSync(path.dirname(target), { recursive: true });
  rmSync(target, { force: true });
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
};

/** The tree in `scratch/project`, installed but for Node, as `npm ci` by hand leaves it where packages run no scripts. */
export const makeSetUpTree = (scratch: string): SetUpTree => {
  const folder = path.join(scratch, 'project');
  const modules = path.join(folder, 'node_modules');
  const store = path.join(scratch, 'store');
  const calls = path.join(scratch, 'calls');
  const offline = path.join(scratch, 'offline');
  const innerNode = path.join(modules, 'node', 'bin', nodeName);
  // Beside the tree, so that it can be linked into it.
  const spareNode = path.join(scratch, nodeName);
  link(process.execPath, spareNode);

  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const publish: SetUpTree['publish'] = (changed) => {
    const entries = Object.entries({ ...packages, ...changed });
    write(path.join(folder, 'package-lock.json'), lockOf(entries));
    const given = entries.filter(([name]) => !left.has(name));
    write(path.join(store, '.package-lock.json'), lockOf(given));
    for (const [name] of given) write(path.join(store, name, 'package.json'), '{}');
  };

  publish({});
  cpSync(store, modules, { recursive: true });
  write(path.join(folder, 'hello.mjs'), "console.log('hello from', process.version);");
  write(path.join(scratch, 'npm-cli.js'), npm);
  write(path.join(scratch, 'package.json'), '{"type":"module"}');
  for (const file of ['run.mjs', 'follow.mjs', 'setup.mjs', 'install.mjs', 'installed.mjs'])
    cpSync(path.join(tooling, file), path.join(folder, 'resources', 'tooling', file));

  let place = folder;
  return {
    folder,
    moveTo: (target) => {
      renameSync(folder, target);
      place = target;
    },
    innerNode,
    unplug: () => writeFileSync(offline, ''),
    publish,
    withhold: (name) => {
      const file = path.join(store, '.package-lock.json');
      const given = Object.entries(packages).filter(([other]) => other !== name && !left.has(other));
      write(file, lockOf(given));
      rmSync(path.join(store, name), { recursive: true });
    },
    addNode: () => {
      link(spareNode, innerNode);
      link(spareNode, path.join(modules, '.bin', nodeName));
    },
    run: async (node = process.execPath, env = {}) => {
      rmSync(calls, { force: true });
      const child = spawn(node, [path.join(place, 'resources', 'tooling', 'run.mjs'), 'hello.mjs'], {
        cwd: place,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          npm_execpath: path.join(scratch, 'npm-cli.js'),
          npm_node_execpath: process.execPath,
          FAKE_CALLS: calls,
          FAKE_OFFLINE: offline,
          FAKE_STORE: store,
          FAKE_NODE: spareNode,
          ...env,
        },
      });
      const said = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
      const status = await new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
      const asked = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
      return { status, ...said, npm: asked };
    },
  };
};
