/**
 * What a bare machine lacks, shared by `npm start` and `npm test`. Plain JavaScript of Node 20: it runs before anything is installed.
 * Every step is quick the second time.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { quietOutput, run, say, stop } from './install.mjs';
import { root } from './installed.mjs';

const hashOf = (...files) => {
  const hash = createHash('sha256');
  // By name below the project's folder: a folder that was moved is the same.
  for (const file of files) hash.update(path.relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
};

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();

const stampHolds = (stamp, value) => existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
const setStamp = (stamp, value) => {
  try {
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, value);
  } catch (error) {
    // A folder that somebody else installed: the step is done, and will be done again the next time.
    say(`Not remembered: ${error.message}`);
  }
};

export const requireNode = () => {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    stop(`Guardroom needs Node 20 or newer; this is ${process.versions.node}. 需要 Node 20 或更新的版本。`);
};

/** Builds the seat's page (and the shell) when a source has changed since the last time. */
export const ensureBuilt = async (node) => {
  const sources = [
    'renderer',
    path.join('electron', 'contract'),
    path.join('electron', 'domain'),
    path.join('electron', 'words'),
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

const fileOrNull = (file) => (existsSync(file) ? file : null);

/** The Electron binary, or `null`. It is fetched once; where its host is out of reach that is remembered for a day. */
export const findElectron = async (node) => {
  const folder = path.join(root, 'node_modules', 'electron');
  const installer = path.join(folder, 'install.js');
  const where = path.join(folder, 'path.txt');
  const name =
    { win32: 'electron.exe', darwin: path.join('Electron.app', 'Contents', 'MacOS', 'Electron') }[process.platform] ??
    'electron';
  const binary = () => {
    // A folder that was copied from another system holds that system's Electron.
    if (!existsSync(where) || path.normalize(readFileSync(where, 'utf8').trim()) !== name) return null;
    return fileOrNull(path.join(folder, 'dist', name));
  };
  // The variable names the folder of an unpacked Electron.
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given !== undefined) return fileOrNull(path.join(given, name));
  const found = binary();
  if (found !== null || !existsSync(installer)) return found;
  const missed = path.join(root, 'node_modules', '.guardroom-no-electron');
  if (existsSync(missed) && Date.now() - statSync(missed).mtimeMs < 86_400_000) return null;
  say('Fetching Electron … 正在下载 Electron');
  await run(node, [installer], { stdio: 'ignore', timeout: 300_000 });
  if (binary() === null) setStamp(missed, '');
  return binary();
};
