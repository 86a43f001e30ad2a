import { parseSync, Visitor } from 'oxc-parser';

/** Keys that make an XState machine keep time or start work by itself: lost when it is restored from a snapshot (seen on 5.33). */
const forbidden = new Set(['after', 'invoke']);

/** Every forbidden key in a source text, as `<file>: <key>`. */
export const timerKeysIn = (file: string, source: string): readonly string[] => {
  const found: string[] = [];
  const visitor = new Visitor({
    Property: (node) => {
      const name =
        node.key.type === 'Identifier' ? node.key.name : node.key.type === 'Literal' ? String(node.key.value) : '';
      if (forbidden.has(name)) found.push(`${file}: ${name}`);
    },
  });
  visitor.visit(parseSync(file, source).program);
  return found;
};
