/**
 * Draws every domain machine as a Mermaid state diagram with the descriptions of its states, into `docs/design/machines/`.
 * Run by hand after a change of a machine: `node resources/tooling/diagrams.ts`. A test compares the pages with the machines.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { stationFeatures } from '../../electron/station/features.ts';
import type { DomainMachine } from '../../electron/domain/kernel/machine.ts';

const childrenOf = (node: AnyStateNode): readonly AnyStateNode[] => Object.values(node.states);

/** Mermaid takes letters, figures and underscores only; names are unique by their path. */
const idOf = (node: AnyStateNode): string => node.path.join('_');

const oneLine = (text: string): string => text.replaceAll(/[:;#]/g, ',').replaceAll(/\s+/g, ' ');

const leafOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? leafOf(Object.values(value)[0]) : String(value);

/** XState's own guards (`and`, `not`, `stateIn`) are functions that carry what they were made of. */
const guardOf = (guard: unknown): string => {
  if (typeof guard !== 'function') return typeof guard === 'string' ? guard : '';
  if ('stateValue' in guard) return `in ${leafOf(guard.stateValue)}`;
  if (!('guards' in guard) || !Array.isArray(guard.guards)) return '';
  const names = guard.guards.map(guardOf).join(' and ');
  return guard.name === 'not' ? `not ${names}` : names;
};

const labelOf = ({ eventType, guard }: AnyTransitionDefinition): string => {
  const condition = guardOf(guard);
  return `${eventType === '' ? 'always' : eventType}${condition === '' ? '' : ` [${condition}]`}`;
};

/** From the machine down to the node. */
const lineOf = (node: AnyStateNode): readonly AnyStateNode[] =>
  node.parent === undefined ? [node] : [...lineOf(node.parent), node];

type Arrow = { readonly within: AnyStateNode; readonly text: string };

/**
 * Mermaid joins states of one level only. So an arrow is drawn where both its ends have a level in common, and says the rest in words; what a
 * state does wherever it is inside, begins at a box "anywhere".
 */
const arrowOf = (source: AnyStateNode, definition: AnyTransitionDefinition): Arrow => {
  const targets = definition.target ?? [source];
  const [target = source] = targets;
  const from = lineOf(source);
  const to = lineOf(target);
  const differs = from.findIndex((node, index) => node !== to[index]);
  const inside = differs === -1 && target !== source;
  const level = inside ? from.length : differs === -1 ? from.length - 1 : differs;
  const within = from[level - 1] ?? source;
  const begins = inside ? `${idOf(source)}_anywhere` : idOf(from[level] ?? source);
  const rests = targets
    .map((node) =>
      lineOf(node)
        .slice(level + 1)
        .map(({ key }) => key)
        .join('.'),
    )
    .filter((rest) => rest !== '');
  const where = from.slice(level + 1).map(({ key }) => key);
  const words = [
    labelOf(definition),
    where.length > 0 ? `from ${where.join('.')}` : '',
    rests.length > 0 ? `to ${rests.join(' and ')}` : '',
    definition.target === undefined ? 'stays' : '',
  ];
  return {
    within,
    text: `${begins} --> ${idOf(to[level] ?? target)} : ${oneLine(words.filter((word) => word !== '').join(' '))}`,
  };
};

const arrowsFrom = (node: AnyStateNode): readonly Arrow[] =>
  [...node.transitions.values(), node.always ?? []].flat().map((definition) => {
    const arrow = arrowOf(node, definition);
    const region = node.parent?.type === 'parallel' && definition.target === undefined;
    return region ? { within: node, text: arrow.text.replaceAll(idOf(node), `${idOf(node)}_anywhere`) } : arrow;
  });

const drawn = (node: AnyStateNode, arrows: readonly Arrow[], indent: string): readonly string[] => {
  const inner = `${indent}  `;
  const children = childrenOf(node);
  const body = (child: AnyStateNode): readonly string[] =>
    childrenOf(child).length === 0
      ? []
      : [`${inner}state ${idOf(child)} {`, ...drawn(child, arrows, inner), `${inner}}`];
  const box = (child: AnyStateNode): string => `${inner}state "${child.key}" as ${idOf(child)}`;
  if (node.type === 'parallel') {
    const regions = children.map((child) => [box(child), ...body(child)]);
    return regions.flatMap((region, index) => (index === 0 ? region : [`${inner}--`].concat(region)));
  }
  const here = arrows.filter(({ within }) => within === node).map(({ text }) => text);
  const anywhere = `${idOf(node)}_anywhere`;
  const first = node.initial.target[0];
  return [
    ...children.map(box),
    ...(here.some((text) => text.startsWith(anywhere)) ? [`${inner}state "anywhere" as ${anywhere}`] : []),
    ...(first === undefined ? [] : [`${inner}[*] --> ${idOf(first)}`]),
    ...children.flatMap(body),
    ...here.map((text) => `${inner}${text}`),
    ...children.filter((child) => child.type === 'final').map((child) => `${inner}${idOf(child)} --> [*]`),
  ];
};

const allNodes = (node: AnyStateNode): readonly AnyStateNode[] =>
  childrenOf(node).flatMap((child) => [child].concat(allNodes(child)));

const row = (node: AnyStateNode): string =>
  `| ${node.path.map((name) => `\`${name}\``).join(' › ')} | ${node.description ?? ''} |`;

/** The page of one machine, with `\n` at the end of every line. */
const machineToPage = ({ kind, startedBy, machine }: DomainMachine): string => {
  const nodes = allNodes(machine.root);
  return [
    `# Machine: ${kind}`,
    '',
    `Generated by \`resources/tooling/diagrams.ts\` from the machine itself; do not edit. Begun by \`${startedBy}\`.`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...drawn(machine.root, nodes.flatMap(arrowsFrom), ''),
    '```',
    '',
    '| state | what it means |',
    '| --- | --- |',
    ...nodes.map(row),
    '',
  ].join('\n');
};

/** Pages by file name. */
export const machinePages = (): ReadonlyMap<string, string> =>
  new Map(
    stationFeatures
      .flatMap(({ machines }) => machines)
      .map((machine) => [`${machine.kind}.md`, machineToPage(machine)]),
  );

/** The folder of the pages. */
export const pagesFolder = path.resolve(import.meta.dirname, '../../docs/design/machines');

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === import.meta.filename) {
  await mkdir(pagesFolder, { recursive: true });
  for (const [file, page] of machinePages()) await writeFile(path.join(pagesFolder, file), page);
  console.log(`${String(machinePages().size)} machines drawn`);
}
