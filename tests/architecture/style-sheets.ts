import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './import-graph.ts';

/** One rule of a sheet: its selectors, and the conditions and layers it stands in, outermost first. */
export interface StyleRule {
  readonly file: string;
  readonly within: readonly string[];
  readonly selectors: readonly string[];
}

/** Splits where no bracket is open. */
const split = (text: string, at: RegExp): string[] => {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '(' || char === '[') depth += 1;
    if (char === ')' || char === ']') depth -= 1;
    if (depth === 0 && at.test(char)) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
};

/** The rules of a sheet, those in conditions and layers too; steps of an animation are none. */
export const rulesOf = (file: string, source: string): readonly StyleRule[] => {
  const rules: StyleRule[] = [];
  const open: string[] = [];
  for (const [, before = '', bracket = ''] of source.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]*)([{}])/g)) {
    if (bracket === '}') {
      open.pop();
      continue;
    }
    const head = (before.split(';').at(-1) ?? '').replaceAll(/\s+/g, ' ').trim();
    if (!head.startsWith('@') && !open.some((one) => one.startsWith('@keyframes')))
      rules.push({ file, within: [...open], selectors: split(head, /,/) });
    open.push(head);
  }
  return rules;
};

/** What a selector styles: its last part, after every space and sign between parts. */
export const subjectOf = (selector: string): string =>
  split(selector.replaceAll(/\s*[>+~]\s*/g, ' '), /\s/).at(-1) ?? '';

/** The classes that a selector styles: of its last part, what stands in `:not()` and `:has()` left out. */
export const styledClasses = (selector: string): readonly string[] =>
  [
    ...subjectOf(selector)
      .replaceAll(/:(not|has)\([^()]*(\([^()]*\))?[^()]*\)/g, '')
      .matchAll(/\.([a-z][\w-]*)/gi),
  ].map((found) => found[1] ?? '');

export const readSheet = (file: string): string => readFileSync(path.join(root, file), 'utf8');
