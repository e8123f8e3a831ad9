import { cLike, upTo } from './hidden.ts';
import type { ImportStatement } from './imports.ts';
import { type UsedPath, usedPaths } from './rustUses.ts';
import { type Grammar, type Located, scan, upToSemicolon } from './scan.ts';

const pattern =
  /^([ \t]*)(?:#\[path[ \t]*=[ \t]*"([^"\n]+)"\][ \t]*(?:\r?\n[ \t]*)?)?(pub(?:\([^)\n]{0,100}\))?[ \t]+)?(?:(use)[ \t]+|mod[ \t]+(?:r#)?(\w+)[ \t]*([;{])|extern[ \t]+crate[ \t]+(\w+)(?:[ \t]+as[ \t]+(\w+))?[ \t]*;)/gm;

function useStatement({ path, local }: UsedPath): Omit<ImportStatement, 'line'> {
  const [name = ''] = path.slice(-1);
  const source = path.slice(0, -1).join('::');
  if (name === '*') return { source, names: [] };
  return path.length === 1 ? { source: name, names: [], whole: local } : { source, names: [{ name, local }] };
}

/**
 * Finds `use`, `mod x;` and `extern crate` in a Rust text, one statement for each path that a group names. `mod x;` is
 * read as `self::x`, and one with a `#[path]` as that file.
 */
export function importsOfRust(text: string): ImportStatement[] {
  // Within `mod tests {` of the same file, `super` is the file itself.
  let inlineDepth = Number.POSITIVE_INFINITY;
  const grammar: Grammar = {
    pattern,
    hidden: cLike(['r"', 'r#'], upTo(String.raw`\br(#*)"`, String.raw`"\1`)),
    read(match, text): Located[] {
      const [all, indent = '', file, isPublic, use, module, after, crate, alias] = match;
      if (crate) return [{ source: crate, names: [], whole: alias ?? crate }];
      if (after === '{') inlineDepth = Math.min(inlineDepth, indent.length);
      if (module) return after === ';' ? [{ source: file ?? `self::${module}`, names: [], whole: module }] : [];
      if (!use) return [];
      const { code, end } = upToSemicolon(text, match.index + all.length);
      return usedPaths(code).map(({ path, local }) => {
        const isFromInline = path[0] === 'super' && indent.length > inlineDepth;
        const outer = path[1] === 'super' ? path.slice(1) : ['self', ...path.slice(1)];
        const statement = useStatement({ path: isFromInline ? outer : path, local });
        return { ...statement, ...(isPublic ? { reExport: true as const } : {}), end };
      });
    },
  };
  return scan(text, grammar);
}
