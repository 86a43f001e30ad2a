/** What of the lock file stands in `node_modules`. Judged by content, so that it does not matter who installed it, or where. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');
export const modules = path.join(root, 'node_modules');
export const windows = process.platform === 'win32';
/** npm writes it when an install has ended well, and only then. */
const outcome = path.join(modules, '.package-lock.json');

/** The packages of a lock file by place, or none where it is missing or cut short. */
const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
};

const wantedPackages = () => packagesOf(path.join(root, 'package-lock.json'));

/** Whether an install ended well here at some time: then npm mends what differs, and puts it back where it cannot. */
export const wasInstalled = () => existsSync(outcome);

const allows = (list, value) =>
  list === undefined ||
  (!list.includes(`!${value}`) && (list.includes(value) || list.every((name) => name.startsWith('!'))));

const libraryHere = () =>
  process.platform !== 'linux' || process.report.getReport().header.glibcVersionRuntime !== undefined
    ? 'glibc'
    : 'musl';

/** Whether a package is made for some machines and this is one of them. */
const isForThisMachine = ({ os, cpu, libc }, library) =>
  (os !== undefined || cpu !== undefined) &&
  allows(os, process.platform) &&
  allows(cpu, process.arch) &&
  allows(libc, library);

/**
 * Places whose package is missing or another one than the lock file's. A package that may be missing counts only where it is made for this
 * machine: so `node_modules` of another system are found out, and what npm leaves out on purpose is not missed.
 */
const lackingPlaces = () => {
  const found = packagesOf(outcome);
  const library = libraryHere();
  return Object.entries(wantedPackages())
    .filter(([place, wanted]) => {
      if (place === '' || (wanted.optional === true && !isForThisMachine(wanted, library))) return false;
      const { version, integrity } = found[place] ?? {};
      const isSame = version === wanted.version && integrity === wanted.integrity;
      return !isSame || !existsSync(path.join(root, place, 'package.json'));
    })
    .map(([place]) => place);
};

/** Names what npm left out in its last good install though it is made for this machine: it is not tried again at each start. */
const leftOut = path.join(modules, '.guardroom-left-out');
const leavingsOf = (places) =>
  createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update([process.platform, process.arch, ...places].join(' '))
    .digest('hex');
const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Whether every package that has to be there is there, as the lock file names it. */
export const packagesHold = () => {
  const lacking = lackingPlaces();
  return lacking.length === 0 || read(leftOut) === leavingsOf(lacking);
};

/** After an install: accepts that optional packages are missing. Answers whether nothing else is. */
export const acceptLeftOut = () => {
  const wanted = wantedPackages();
  const lacking = lackingPlaces();
  if (lacking.some((place) => wanted[place].optional !== true)) return false;
  if (lacking.length > 0) writeFileSync(leftOut, leavingsOf(lacking));
  else rmSync(leftOut, { force: true });
  return true;
};

/** The package of the station's own Node, which brings it in a package of its own for each system. */
export const nodePackage = path.join(modules, 'node');
export const stationNodeFile = path.join(nodePackage, 'bin', windows ? 'node.exe' : 'node');

/** The version of the station's Node, for example `24.21.0`. */
export const wantedNode = () => wantedPackages()['node_modules/node']?.version ?? '';

/** Whether a file is a Node of this version that runs on this machine. */
export const isNode = (file, version) => {
  const probe = existsSync(file) ? spawnSync(file, ['--version'], { encoding: 'utf8' }) : null;
  return probe?.status === 0 && probe.stdout.trim() === `v${version}`;
};
