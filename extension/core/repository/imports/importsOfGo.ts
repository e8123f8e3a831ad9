import { blockComment, cLike, slashComment, tokens } from './hidden.ts';
import type { ImportStatement } from './imports.ts';
import { type Grammar, type Located, scan } from './scan.ts';

/** The name that a package most likely has, going by its path: versions and `go-` are no part of it. */
export function goPackageName(path: string): string {
  const parts = path.split('/');
  const last = parts.pop() ?? '';
  const name = /^v\d+$/.test(last) && parts.length > 0 ? (parts.pop() ?? '') : last;
  return name
    .replace(/\.v\d+$/, '')
    .replace(/^go[-.]|[-.]go$/, '')
    .replaceAll(/\W/g, '');
}

const spec = tokens(
  String.raw`(?:([\w.]+)[ \t]+)?(?:"([^"\n]+)"|\x60([^\x60\n]+)\x60)`,
  slashComment,
  blockComment,
  String.raw`([^\s;])`,
);

/** Reads specs from an offset, to the end of the block or, where there is none, of the statement. */
function specs(text: string, from: number, isBlock: boolean): Located[] {
  const found: Located[] = [];
  const reader = new RegExp(spec);
  reader.lastIndex = from;
  for (let match = reader.exec(text); match; match = reader.exec(text)) {
    const [all, alias, quoted, raw, other] = match;
    // `)` ends the block; anything else that does not belong here shows that it was not closed.
    if (other) break;
    const source = quoted ?? raw;
    if (!source) continue;
    const whole = alias ?? goPackageName(source);
    const at = match.index;
    found.push({ source, names: [], ...(/^[._]$/.test(whole) ? {} : { whole }), at, end: at + all.length });
    if (!isBlock) break;
  }
  return found;
}

const grammar: Grammar = {
  pattern: /^import[ \t]*(\(|(?=[\w."`]))/gm,
  hidden: cLike(['`'], '`[^`]*`?'),
  read: (match, text) => specs(text, match.index + match[0].length, match[1] === '('),
};

/** Finds the imports of a Go text. Each is known by its alias, or by the name that its path gives it. */
export function importsOfGo(text: string): ImportStatement[] {
  return scan(text, grammar);
}
