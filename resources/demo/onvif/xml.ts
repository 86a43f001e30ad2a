/** SOAP in, bounded and with namespaces resolved; XML out, escaped. No document types, no entities but the five of XML. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface Element {
  /** Namespace URI, empty for none. */
  readonly ns: string;
  /** Local name. */
  readonly name: string;
  /** By local name; namespace declarations are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The element's own prefixes, to read qualified names in its text. */
  readonly scope: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  readonly text: string;
}

const depthLimit = 24;
export const bodyLimit = 65_536;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
});

const unescape = (text: string): string =>
  text.replace(
    /&(lt|gt|amp|quot|apos);/g,
    (_, name: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" })[name] ?? '',
  );

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const split = (name: string): [string, string] => {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
};

const elementsOf = (list: unknown, scope: ReadonlyMap<string, string>, depth: number): Element[] | undefined => {
  if (!Array.isArray(list) || depth > depthLimit) return undefined;
  const found: Element[] = [];
  for (const node of list) {
    if (!isRecord(node)) return undefined;
    const tag = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
    if (tag === undefined || tag.startsWith('?') || tag.startsWith('#')) continue;
    const own = new Map(scope);
    const attributes = new Map<string, string>();
    const given = node[':@'];
    for (const [key, value] of isRecord(given) ? Object.entries(given) : []) {
      const [prefix, local] = split(key);
      if (key === 'xmlns') own.set('', String(value));
      else if (prefix === 'xmlns') own.set(local, String(value));
      else attributes.set(local, unescape(String(value)));
    }
    const [prefix, name] = split(tag);
    const ns = own.get(prefix);
    if (ns === undefined && prefix !== '') return undefined;
    const inner = node[tag];
    const children = elementsOf(inner, own, depth + 1);
    if (!children || !Array.isArray(inner)) return undefined;
    const text = inner
      .map((one: unknown) => (isRecord(one) && typeof one['#text'] === 'string' ? one['#text'] : ''))
      .join('');
    found.push({ ns: ns ?? '', name, attributes, scope: own, children, text: unescape(text) });
  }
  return found;
};

/** The parser throws on what it will not read, such as tags nested too deeply. */
const parsed = (text: string): unknown => {
  try {
    return parser.parse(text);
  } catch {
    return undefined;
  }
};

/** The root element, or undefined where the text is not well-formed, too deep, or declares a document type. */
export const parseXml = (text: string): Element | undefined => {
  if (text.length > bodyLimit || /<!DOCTYPE|<!ENTITY/i.test(text) || XMLValidator.validate(text) !== true)
    return undefined;
  const roots = elementsOf(parsed(text), new Map(), 0);
  return roots?.length === 1 ? roots[0] : undefined;
};

/** The first child with this local name. */
export const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((one) => one.name === name);

/** Text of the element reached by these local names, empty where it is not there. */
export const textAt = (element: Element | undefined, ...names: string[]): string => {
  let at = element;
  for (const name of names) at = child(at, name);
  return at?.text ?? '';
};

export const escape = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
