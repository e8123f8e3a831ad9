import { cLike, upTo } from './hidden.ts';
import type { ImportStatement } from './imports.ts';
import { type Grammar, scan } from './scan.ts';

const grammar: Grammar = {
  // `using var x = …;` and `using (…)` in bodies have no such shape.
  pattern:
    /^[ \t]*(?:global[ \t]+)?using[ \t]+(?:static[ \t]+)?(?:unsafe[ \t]+)?(?:([A-Za-z_]\w*)[ \t]*=[ \t]*)?(?:global::)?([A-Za-z_][\w.]*)[ \t]*(?:<[^;\n]{0,500})?;/gm,
  hidden: cLike(['"""', '@"'], upTo('"""', '"""'), '@"(?:[^"]|"")*"?'),
  read([, alias, source = '']) {
    const name = source.slice(source.lastIndexOf('.') + 1);
    return [{ source, names: alias ? [{ name, local: alias }] : [] }];
  },
};

/** Finds the `using` directives of a C# text. Only an alias brings in a name. */
export function importsOfCsharp(text: string): ImportStatement[] {
  return text.includes('using') ? scan(text, grammar) : [];
}
