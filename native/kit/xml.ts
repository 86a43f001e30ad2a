import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';

/** One element, names without prefix, namespaces resolved. */
export interface XmlNode {
  readonly name: string;
  /** Empty where the element is in none, or its prefix was never declared and is not one of the usual ones. */
  readonly namespace: string;
  /** By name without prefix; namespace declarations are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** The element's own text, trimmed, predefined entities decoded. */
  readonly text: string;
  /** Prefixes in force here, for names that stand in text (`tns1:VideoSource/MotionAlarm`). The empty prefix is the default. */
  readonly scope: ReadonlyMap<string, string>;
}

export type XmlFault = { readonly kind: 'malformed'; readonly detail: string };

/** Elements inside one another; ONVIF needs about 15. */
const maxDepth = 48;
/** Elements in one document. The largest honest reply, the profiles of 64 channels, has about 12,000. */
const maxElements = 40_000;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: maxDepth,
});

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five predefined entities and character references; any other reference stays as it is written. */
const decodeText = (text: string): string =>
  text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return predefined[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    },
  );

/** Text made safe for element content and attribute values. */
export const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const splitName = (qualified: string): readonly [prefix: string, local: string] => {
  const colon = qualified.indexOf(':');
  return colon < 0 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)];
};

/** Namespaces by prefix. */
export type Scope = ReadonlyMap<string, string>;

/** An ampersand that begins no reference: addresses in replies hold them bare. */
const bareAmpersand = /&(?!(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);)/g;

/** The text, mended where only ampersands make it not well formed; null where more is wrong. */
const wellFormed = (text: string): string | null => {
  if (XMLValidator.validate(text) === true) return text;
  const mended = text.replaceAll(bareAmpersand, '&amp;');
  return mended !== text && XMLValidator.validate(mended) === true ? mended : null;
};

/** Reads the `:@` record of the parser: attributes by local name, and the scope with this element's declarations. */
const readAttributes = (
  raw: unknown,
  outer: Scope,
): { readonly attributes: ReadonlyMap<string, string>; readonly scope: Scope } => {
  if (!isRecord(raw)) return { attributes: new Map(), scope: outer };
  const attributes = new Map<string, string>();
  let scope: Map<string, string> | null = null;
  for (const [qualified, value] of Object.entries(raw)) {
    const text = decodeText(String(value));
    const [prefix, local] = splitName(qualified);
    if (prefix === 'xmlns' || qualified === 'xmlns') {
      scope ??= new Map(outer);
      scope.set(prefix === 'xmlns' ? local : '', text);
    } else attributes.set(local, text);
  }
  return { attributes, scope: scope ?? outer };
};

const textIn = (parts: readonly unknown[]): string =>
  parts
    .map((part) => {
      if (!isRecord(part)) return '';
      if (typeof part['#text'] === 'string') return decodeText(part['#text']);
      const cdata = part['#cdata'];
      return Array.isArray(cdata)
        ? cdata.map((piece) => (isRecord(piece) ? String(piece['#text'] ?? '') : '')).join('')
        : '';
    })
    .join('');

const toNode = (item: unknown, outer: Scope, count: { left: number }): XmlNode | null => {
  if (!isRecord(item)) return null;
  const qualified = Object.keys(item).find((key) => key !== ':@');
  if (qualified === undefined || qualified.startsWith('#')) return null;
  count.left -= 1;
  if (count.left < 0) return null;
  const { attributes, scope } = readAttributes(item[':@'], outer);
  const [prefix, name] = splitName(qualified);
  const inner = item[qualified];
  const parts: readonly unknown[] = Array.isArray(inner) ? inner : [];
  const children = parts.map((part) => toNode(part, scope, count)).filter((child) => child !== null);
  return { name, namespace: scope.get(prefix) ?? '', attributes, children, text: textIn(parts).trim(), scope };
};

/**
 * Reads one document. Refused: a DOCTYPE or entity declaration (nothing is ever expanded or fetched), more than 48 levels, more than
 * 40,000 elements, text that is not well formed for another reason than bare ampersands. The caller bounds the bytes. Never throws.
 * @param usual prefixes that count as declared; a declaration in the document goes before.
 */
export const parseXml = (text: string, usual: Scope = new Map()): Result<XmlNode, XmlFault> => {
  const fault = (detail: string): Result<XmlNode, XmlFault> => err({ kind: 'malformed', detail });
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return fault('document type declaration');
  try {
    const readable = wellFormed(text);
    if (readable === null) return fault('not well formed');
    const parsed: unknown = parser.parse(readable);
    const count = { left: maxElements };
    const roots = (Array.isArray(parsed) ? parsed : [])
      .map((item) => toNode(item, usual, count))
      .filter((node) => node !== null);
    if (count.left < 0) return fault('too many elements');
    const [root] = roots;
    return root === undefined || roots.length > 1 ? fault('no single root') : ok(root);
  } catch (error) {
    // The parser throws on too deep nesting and on reserved names.
    return fault(error instanceof Error && error.message.includes('nested') ? 'nested too deep' : 'not well formed');
  }
};

/** The first child of this name, in one of the namespaces when any are given. */
export const child = (node: XmlNode | null, name: string, ...namespaces: readonly string[]): XmlNode | null =>
  node?.children.find(
    (item) => item.name === name && (namespaces.length === 0 || namespaces.includes(item.namespace)),
  ) ?? null;

/** All children of this name, in one of the namespaces when any are given. */
export const children = (node: XmlNode | null, name: string, ...namespaces: readonly string[]): readonly XmlNode[] =>
  node?.children.filter(
    (item) => item.name === name && (namespaces.length === 0 || namespaces.includes(item.namespace)),
  ) ?? [];

/** The descendant at a path of local names, the first at each step. */
export const at = (node: XmlNode | null, ...path: readonly string[]): XmlNode | null =>
  path.reduce<XmlNode | null>((current, name) => child(current, name), node);
