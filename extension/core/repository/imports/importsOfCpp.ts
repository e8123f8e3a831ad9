import { cLike, upTo } from './hidden.ts';
import type { ImportStatement } from './imports.ts';
import { type Grammar, scan } from './scan.ts';

const grammar: Grammar = {
  pattern: /^[ \t]*#[ \t]*(?:include(?:_next)?|import)[ \t]*(?:"([^"\n]+)"|(<[^>\n]+>))/gm,
  hidden: cLike(['R"'], upTo(String.raw`\bR"([^()\s\\]{0,16})\(`, String.raw`\)\1"`)),
  read: ([, quoted, angled = '']) => [{ source: quoted ?? angled, names: [] }],
};

/** Finds the includes of a C or C++ text. Headers in angle brackets keep these: they are looked for elsewhere. */
export function importsOfCpp(text: string): ImportStatement[] {
  return scan(text, grammar);
}
