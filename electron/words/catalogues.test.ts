import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOfAllowances } from '../domain/cameras/camera.rules.ts';
import { helpProcedure } from '../domain/incidents/help.procedure.ts';
import { joinCatalogues } from './kernel/catalogue.ts';
import { catalogues } from './texts.ts';

const root = path.resolve(import.meta.dirname, '../..');

const flatten = (value: unknown, at = ''): (readonly [key: string, text: string])[] =>
  typeof value === 'string'
    ? [[at, value]]
    : Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
        flatten(inner, at === '' ? key : `${at}.${key}`),
      );

const chinese = new Map(flatten(catalogues['zh-CN']));
const english = new Map(flatten(catalogues.en));
const placeholders = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1] ?? '').toSorted();
/** Placeholders, and the names that an installer reads on the camera's own page. */
const withoutPlaceholders = (text: string): string => text.replaceAll(/\{\{\w+\}\}|H\.26[45]|SRTP|TLS|RTSP|ONVIF/g, '');

/** Source of the seat, tests left out. */
const sources = globSync('renderer/**/*.{ts,tsx}', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  .join('\n');

/** Keys named in the source: whole ones, and templates as patterns. */
const named = [
  ...sources.matchAll(/(?<![\w.])(?:words\.)?(?:t|either)\(\s*(?:[^'`()]*\? )?(['`])([a-zA-Z][\w.${}+()!? '-]*?)\1/g),
].map((found) => found[2] ?? '');

describe('catalogues of several features', () => {
  it('are joined key by key, and never have two texts under one key', () => {
    const log = { log: { says: { A: 'a' } } };
    expect(joinCatalogues([log, { log: { says: { B: 'b' } } }])).toEqual({ log: { says: { A: 'a', B: 'b' } } });
    expect(() => joinCatalogues([log, log])).toThrow('two texts are called log.says.A');
    expect(() => joinCatalogues([log, { log: { says: 'x' } }])).toThrow('two texts are called log.says');
  });
});

describe('the two catalogues', () => {
  it('have the same keys', () => {
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted());
  });

  it('name the same placeholders', () => {
    const differing = [...chinese]
      .filter(([key, text]) => placeholders(text).join() !== placeholders(english.get(key)).join())
      .map(([key]) => key);
    expect(differing).toEqual([]);
  });

  it('keep English out of the Chinese and Chinese out of the English', () => {
    expect([...chinese].filter(([, text]) => /[A-Za-z]/.test(withoutPlaceholders(text)))).toEqual([]);
    expect([...english].filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it('use straight quotation marks in English: the Chinese font draws the curved ones as wide as a character', () => {
    expect([...english].filter(([, text]) => /[‘’“”]/.test(text))).toEqual([]);
  });

  it('write in English the names given to what has none as they stand inside a sentence', () => {
    const given = ['common.somebody', 'common.theStation', 'common.aDevice', 'camera.unknown', 'gate.aGate']
      .concat('alarm.somewhere', 'alarm.resident', 'log.something', 'log.aVisitor', 'log.unknownButton')
      .concat(['ofPlace', 'ofPlaces', 'ofAccount'].map((name) => `alarm.panel.${name}`));
    for (const key of given) expect(english.get(key), key).toMatch(/^(?:an?|the|some\w*)(?: |$)/);
    const clauses = [...english].filter(([key]) => key.startsWith('log.cause.'));
    expect(clauses.filter(([, text]) => /^[A-Z]/.test(text))).toEqual([]);
  });

  it('leave nothing empty', () => {
    const empty = [...chinese, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it('ask questions of at most 20 words or 24 characters', () => {
    const questions = helpProcedure.steps.map(({ step }) => `procedure.help.${step}.question`);
    for (const key of questions) {
      expect(english.get(key)?.split(/\s+/).length, key).toBeLessThanOrEqual(20);
      expect(Array.from(withoutPlaceholders(chinese.get(key) ?? 'x'.repeat(99))).length, key).toBeLessThanOrEqual(24);
    }
  });

  it.each([
    [chinese, '管理员'],
    [english, 'manager'],
  ] as const)('say of what a camera asks to be allowed who can allow it, and where', (words, manager) => {
    for (const [allowance, fault] of Object.entries(faultsOfAllowances)) {
      const sentence = words.get(`camera.fault.${fault}`);
      expect(sentence, fault).toContain(manager);
      expect(sentence, fault).toContain(words.get('nav.people'));
      expect(sentence?.toLowerCase(), fault).toContain(words.get('common.edit')?.toLowerCase());
      for (const key of [`device.allow.${allowance}`, `log.allow.${allowance}`, `log.cameraAsks.${fault}`])
        expect(words.has(key), key).toBe(true);
    }
  });

  it('have every question and answer of the help procedure', () => {
    const texts = helpProcedure.steps.flatMap(({ step }) => [
      `procedure.help.${step}.question`,
      `procedure.help.${step}.hint`,
      `log.step.${step}`,
    ]);
    const answers = helpProcedure.steps.flatMap(({ step, answers: given }) =>
      given.map(({ answer }) => `procedure.help.${step}.answer.${answer}`),
    );
    const wanted = texts.concat(answers);
    expect(wanted.filter((key) => !chinese.has(key))).toEqual([]);
  });

  it('have a sentence for every fact that the station writes', () => {
    const facts = globSync('electron/{domain,station}/**/*.ts', { cwd: root })
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) =>
        [...readFileSync(path.join(root, file), 'utf8').matchAll(/'v\d+\.([A-Z]\w+)'/g)].map((found) => found[1] ?? ''),
      );
    expect(facts.length).toBeGreaterThan(30);
    expect([...new Set(facts)].filter((name) => !chinese.has(`log.says.${name}`))).toEqual([]);
  });

  it('have a sentence for every refusal that a person may meet', () => {
    const kinds = globSync('electron/{domain,station}/**/*.ts', { cwd: root })
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const text = readFileSync(path.join(root, file), 'utf8');
        return [
          ...text.matchAll(/refuse\('(\w+)'/g),
          ...text.matchAll(/(?:err|refusal:|error:|return|\?|:)\s*\(?\{ kind: '(\w+)'(?:, details| \})/g),
        ].map((found) => found[1] ?? '');
      });
    expect(kinds.length).toBeGreaterThan(20);
    const notRefusals = new Set(['unknown', 'empty']);
    expect([...new Set(kinds)].filter((kind) => !notRefusals.has(kind) && !chinese.has(`refusal.${kind}`))).toEqual([]);
  });

  it('hold every key that the seat names', () => {
    expect(named.length).toBeGreaterThan(250);
    const missing = named.filter((name) => {
      if (!name.includes('${')) return !chinese.has(name);
      const pattern = new RegExp(
        `^${name.replaceAll('.', String.raw`\.`).replaceAll(/\$\{[^}]*\}/g, String.raw`[\w.]+`)}$`,
      );
      return ![...chinese.keys()].some((key) => pattern.test(key));
    });
    expect(missing).toEqual([]);
  });
});
