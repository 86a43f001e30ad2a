/** Every port of the station has one conformance suite that runs on a fake and on the real thing, and stands in the table of `testing.md`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from './import-graph.ts';

const read = (...parts: readonly string[]): string => readFileSync(path.join(root, ...parts), 'utf8');

/** Rows `ports | real | fake | suite` of the design document. */
const rows = [
  ...read('docs/design/testing.md').matchAll(/^\| (`\w+`(?:, `\w+`)*) \| [^|]+ \| `([\w-]+\.ts)` \| `([\w-]+)` \|$/gm),
].map(([, ports = '', fake = '', suite = '']) => ({
  ports: [...ports.matchAll(/\w+/g)].map(([name]) => name),
  fake,
  suite,
}));

/** What the station asks for, and what the gateway gives it. */
const deps = /interface StationDeps \{([\s\S]*?)\n\}/.exec(read('electron/station/core/station-deps.ts'))?.[1] ?? '';
const asked = [...deps.matchAll(/readonly \w+: ([A-Z]\w+);/g)].map(([, type = '']) => type);
const given = [...read('electron/station/ports/seat.port.ts').matchAll(/export interface (\w+)/g)].map(
  ([, type = '']) => type,
);

/** Ports that only one feature needs stand in its folder. */
const featured = readdirSync(path.join(root, 'electron/station/features'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.port.ts'))
  .flatMap((file) => read('electron/station/features', file).match(/(?<=export interface )\w+Port\b/g) ?? []);

it('names every port of the station, and no other', () => {
  expect(asked.length).toBeGreaterThan(10);
  expect(featured).not.toEqual([]);
  expect(rows.flatMap(({ ports }) => ports).toSorted()).toEqual([...asked, ...featured, ...given].toSorted());
});

it.each(rows)('has one suite for fake and real: $suite', ({ fake, suite }) => {
  expect(existsSync(path.join(root, 'tests/support', fake))).toBe(true);
  const both = readdirSync(path.join(root, 'tests/conformance', suite)).filter((file) => {
    const text = file.endsWith('.test.ts') ? read('tests/conformance', suite, file) : '';
    return text.includes('describe.each(') && text.includes(`/support/${fake}'`) && text.includes('/native/');
  });
  expect(both).toHaveLength(1);
});
