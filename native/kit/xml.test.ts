import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { child, children, escapeXml, parseXml, type XmlNode } from './xml.ts';

const read = (text: string): XmlNode => {
  const result = parseXml(text);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};

describe('parseXml', () => {
  it('resolves namespaces, whatever the prefixes', () => {
    const root = read('<a:R xmlns:a="urn:one" xmlns="urn:two"><C k="v"/><b:C xmlns:b="urn:one">x</b:C><z:C/></a:R>');
    expect(root).toMatchObject({ name: 'R', namespace: 'urn:one' });
    expect(children(root, 'C').map(({ namespace }) => namespace)).toEqual(['urn:two', 'urn:one', '']);
    expect(child(root, 'C', 'urn:one')?.text).toBe('x');
    expect(child(root, 'C')?.attributes.get('k')).toBe('v');
    expect(child(root, 'C', 'urn:three')).toBeNull();
  });

  it('decodes the five entities and character references once, and CDATA not at all', () => {
    expect(read('<r>a&amp;lt; &#x4E2D;&#26; &unknown; <![CDATA[&amp;]]></r>').text).toBe(
      'a&lt; 中\u{1A} &unknown;&amp;',
    );
    expect(read('<r k="&quot;&apos;&gt;"/>').attributes.get('k')).toBe('"\'>');
  });

  it('refuses document types, with and without entities', () => {
    const bomb = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;</r>';
    const external = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>';
    for (const text of [bomb, external, '<!doctype html><html></html>']) {
      expect(parseXml(text)).toEqual({ ok: false, error: { kind: 'malformed', detail: 'document type declaration' } });
    }
  });

  it('refuses nesting without end, millions of elements and what is not well formed', () => {
    expect(parseXml('<a>'.repeat(60) + '</a>'.repeat(60))).toMatchObject({
      ok: false,
      error: { detail: 'nested too deep' },
    });
    expect(parseXml(`<r>${'<a/>'.repeat(200_000)}</r>`)).toMatchObject({
      ok: false,
      error: { detail: 'too many elements' },
    });
    for (const text of ['', 'hello', '<a><b></a>', '<a/><b/>', '<a', '<a k=v/>'])
      expect(parseXml(text).ok, text).toBe(false);
  });

  it('refuses names that mean something to JavaScript', () => {
    for (const name of ['constructor', '__proto__', 'prototype']) {
      expect(parseXml(`<r><${name}><x>1</x></${name}></r>`).ok, name).toBe(false);
    }
  });

  it('never throws, and reads back any text that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(parseXml(text)).toHaveProperty('ok');
      }),
      fuzz(100, 50_000),
    );
    const marks = fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      'a',
      '中',
      '/',
      '!',
      '[',
      ']',
      '=',
      '?',
      '-',
      ' ',
      '<a',
      '</a>',
      'xmlns',
    );
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        expect(parseXml(text)).toHaveProperty('ok');
        expect(read(`<r k="${escapeXml(text)}">${escapeXml(text)}</r>`).text).toBe(text.trim());
      }),
      fuzz(100, 50_000),
    );
  });
});
