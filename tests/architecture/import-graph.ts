import { parseSync } from 'oxc-parser';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One import as it is written. `target` is a path from the root for files of the project, else the package's name. */
export interface Import {
  readonly from: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

export const root = path.resolve(import.meta.dirname, '../..');
const toPosix = (file: string): string => file.split(path.sep).join('/');

/** Source files below `folder`, as POSIX paths from the root, without planted violations. */
export const sourceFiles = (folder: string): readonly string[] =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
        .map((entry) => toPosix(path.relative(root, path.join(entry.parentPath, entry.name))))
        .filter((file) => !file.includes('/planted/') && !file.includes('node_modules/'))
        .sort()
    : [];

const packageOf = (specifier: string): string => {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
};

/** Every static import, re-export and literal dynamic import of a source text that is taken to stand at `file`. */
export const importsOf = (file: string, source: string): readonly Import[] => {
  const { module } = parseSync(file, source);
  const found: { specifier: string; typeOnly: boolean }[] = [
    ...module.staticImports.map((entry) => ({
      specifier: entry.moduleRequest.value,
      typeOnly: entry.entries.length > 0 && entry.entries.every((name) => name.isType),
    })),
    ...module.staticExports.flatMap((entry) =>
      entry.entries.flatMap((name) =>
        name.moduleRequest === null ? [] : [{ specifier: name.moduleRequest.value, typeOnly: name.isType }],
      ),
    ),
    ...module.dynamicImports.map((entry) => ({
      specifier: source.slice(entry.moduleRequest.start, entry.moduleRequest.end).replaceAll(/['"`]/g, ''),
      typeOnly: false,
    })),
  ];
  return found.map(({ specifier, typeOnly }) => ({
    from: file,
    typeOnly,
    target: specifier.startsWith('.')
      ? (toPosix(path.join(path.dirname(file), specifier)).split('?')[0] ?? specifier)
      : packageOf(specifier),
  }));
};

/** All imports of the given files. */
export const readImports = (files: readonly string[]): readonly Import[] =>
  files.flatMap((file) => importsOf(file, readFileSync(path.join(root, file), 'utf8')));

/** Cycles among run-time imports, each as the files on the way round. */
export const findCycles = (imports: readonly Import[]): readonly (readonly string[])[] => {
  const next = new Map<string, string[]>();
  for (const entry of imports) {
    if (!entry.typeOnly) next.set(entry.from, [...(next.get(entry.from) ?? []), entry.target]);
  }
  const cycles: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      cycles.push([...trail.slice(at), file]);
      return;
    }
    if (done.has(file)) return;
    for (const target of next.get(file) ?? []) walk(target, [...trail, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return cycles;
};

const folderOf = (file: string): string => path.posix.dirname(file);

/**
 * Folders that import each other, on whatever way round, as sorted groups; types count as well. A folder is that of the file itself: a folder and
 * one inside it are two. Files that stand beside the folders they compose (`electron/*.ts`) are no folder.
 */
export const folderCycles = (imports: readonly Import[]): readonly (readonly string[])[] => {
  const next = new Map<string, Set<string>>();
  for (const { from, target } of imports) {
    const [here, there] = [folderOf(from), folderOf(target)];
    if (here !== there && target.includes('/')) next.set(here, (next.get(here) ?? new Set()).add(there));
  }
  const reach = (start: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const waiting = [...(next.get(start) ?? [])];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      if (seen.has(folder)) continue;
      seen.add(folder);
      waiting.push(...(next.get(folder) ?? []));
    }
    return seen;
  };
  const reached = new Map([...next.keys()].map((folder) => [folder, reach(folder)] as const));
  const groups = [...reached]
    .filter(([folder, all]) => all.has(folder))
    .map(([folder, all]) =>
      [...all]
        .filter((other) => reached.get(other)?.has(folder))
        .toSorted()
        .join(' '),
    );
  return [...new Set(groups)].toSorted().map((group) => group.split(' '));
};

/** Imports from one feature into another, in a ring that has a folder per feature. */
export const acrossFeatures = (imports: readonly Import[]): readonly string[] =>
  imports.flatMap(({ from, target }) => {
    const here = /^(.*\/features)\/([^/]+)\//.exec(from);
    const there = /^(.*\/features)\/([^/]+)\//.exec(target);
    const across = here !== null && there !== null && here[1] === there[1] && here[2] !== there[2];
    return across ? [`${from} imports ${target}`] : [];
  });
