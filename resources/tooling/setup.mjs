/**
 * What a bare machine lacks, shared by `npm start` and `npm test`. Plain JavaScript of Node 20: it runs before anything is installed.
 * Every step is quick the second time.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');
const windows = process.platform === 'win32';

/** Ends with one clear sentence instead of a stack. */
export const stop = (sentence) => {
  console.error(sentence);
  process.exit(1);
};

const hashOf = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
};

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();

const stampHolds = (stamp, value) => existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
const setStamp = (stamp, value) => {
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, value);
};

/** Progress for whoever waits. Standard output belongs to what was asked for: `npm run probe` prints one line there. */
const say = (sentence) => console.error(sentence);
const quietOutput = ['inherit', 2, 2];

/** Runs a program to its end with its output shown; resolves with the exit status. */
export const run = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });

/** How to run npm without a shell: its own script under this Node, where npm says where that is. */
const runNpm = (args) => {
  const script = process.env.npm_execpath;
  if (script !== undefined && /\.c?js$/.test(script))
    return run(process.execPath, [script, ...args], { stdio: quietOutput });
  return run(windows ? 'npm.cmd' : 'npm', args, { shell: windows, stdio: quietOutput });
};

export const requireNode = () => {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    stop(`Guardroom needs Node 20 or newer; this is ${process.versions.node}. 需要 Node 20 或更新的版本。`);
};

/** Installs the dependencies when the lock file has changed since the last time. */
export const ensureDependencies = async () => {
  const lock = path.join(root, 'package-lock.json');
  const stamp = path.join(root, 'node_modules', '.guardroom-installed');
  const wanted = hashOf(lock);
  if (stampHolds(stamp, wanted)) return;
  say('Installing dependencies (a few minutes the first time) … 正在安装依赖（第一次需要几分钟）');
  // No package may run a script of its own: better-sqlite3 brings its binaries along and npm would try to compile it all the same.
  // The one script that is needed fetches Node 24.
  const code = await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  const nodePackage = path.join(root, 'node_modules', 'node');
  if (
    code !== 0 ||
    (await run(process.execPath, ['installArchSpecificPackage.js'], { cwd: nodePackage, stdio: quietOutput })) !== 0
  )
    stop(
      'The dependencies could not be installed: see the lines above. Is the npm registry in reach? 依赖没有装好，请检查网络。',
    );
  setStamp(stamp, wanted);
};

/** The Node 24 that came with the dependencies: the one the station needs, whatever runs this script. */
export const stationNode = () => {
  const file = path.join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  const probe = existsSync(file) ? spawnSync(file, ['--version'], { encoding: 'utf8' }) : null;
  if (probe?.status === 0) return file;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return stop(
    'Node 24 did not come with the dependencies. Delete the folder node_modules and try again. 请删除 node_modules 文件夹后重试。',
  );
};

/** Builds the seat's page (and the shell) when a source has changed since the last time. */
export const ensureBuilt = async (node) => {
  const sources = [
    'renderer',
    path.join('electron', 'contract'),
    path.join('electron', 'domain'),
    path.join('resources', 'sounds'),
  ]
    .map((folder) => path.join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => filesBelow(folder));
  const stamp = path.join(root, 'dist', '.built');
  const wanted = hashOf(path.join(root, 'package-lock.json'), path.join(root, 'vite.config.ts'), ...sources);
  if (stampHolds(stamp, wanted) && existsSync(path.join(root, 'dist', 'renderer', 'index.html'))) return;
  say('Building the seat … 正在生成界面');
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const code = await run(node, [vite, 'build', '--logLevel', 'warn'], { stdio: quietOutput });
  if (code !== 0) stop('The seat could not be built: see the lines above. 界面没有生成，请看上面的说明。');
  setStamp(stamp, wanted);
};

/** The Electron binary, or `null`. It is fetched once; where its host is out of reach that is remembered for a day. */
export const findElectron = async (node) => {
  const folder = path.join(root, 'node_modules', 'electron');
  const installer = path.join(folder, 'install.js');
  const where = path.join(folder, 'path.txt');
  const binary = () => {
    const file = existsSync(where) ? path.join(folder, 'dist', readFileSync(where, 'utf8').trim()) : null;
    return file !== null && existsSync(file) ? file : null;
  };
  // The variable names the folder of an unpacked Electron.
  const name =
    { win32: 'electron.exe', darwin: path.join('Electron.app', 'Contents', 'MacOS', 'Electron') }[process.platform] ??
    'electron';
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const found = given === undefined ? binary() : path.join(given, name);
  if (found !== null || !existsSync(installer)) return found;
  const missed = path.join(root, 'node_modules', '.guardroom-no-electron');
  if (existsSync(missed) && Date.now() - statSync(missed).mtimeMs < 86_400_000) return null;
  say('Fetching Electron … 正在下载 Electron');
  await run(node, [installer], { stdio: 'ignore', timeout: 300_000 });
  if (binary() === null) writeFileSync(missed, '');
  return binary();
};

/** Ends with the child, passes on the wish to stop, and stops the child when whoever started us is gone (npm does not always say so). */
export const follow = (child) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
  const parent = process.ppid;
  const watch = windows
    ? null
    : setInterval(() => {
        if (process.ppid !== parent) child.kill('SIGTERM');
      }, 1000);
  child.on('close', (code) => {
    if (watch !== null) clearInterval(watch);
    process.exit(code ?? 1);
  });
};
