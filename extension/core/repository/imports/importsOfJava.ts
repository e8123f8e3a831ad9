import { cLike, upTo } from './hidden.ts';
import type { ImportStatement } from './imports.ts';
import { type Grammar, scan } from './scan.ts';

const grammar: Grammar = {
  pattern: /^[ \t]*import[ \t]+(static[ \t]+)?([\w$\u0080-\uffff]+(?:\.[\w$\u0080-\uffff]+)*)(\.\*)?[ \t]*;/gm,
  hidden: cLike(['"""'], upTo('"""', '"""')),
  read([, isStatic, path = '', all]) {
    const last = path.slice(path.lastIndexOf('.') + 1);
    if (all) return [{ source: path, names: [] }];
    const source = isStatic ? path.slice(0, Math.max(0, path.length - last.length - 1)) : path;
    return [{ source, names: [{ name: last, local: last }] }];
  },
};

/** Finds the imports of a Java text. The source is the class or, for `import a.b.*`, the package. */
export function importsOfJava(text: string): ImportStatement[] {
  return text.includes('import') ? scan(text, grammar) : [];
}
