import { blockComment, doubleQuoted, hashComment, singleQuoted, slashComment, tokens, upTo } from './hidden.ts';
import type { ImportStatement } from './imports.ts';
import { joinPath } from './paths.ts';
import { type Grammar, type Located, scan, upToSemicolon } from './scan.ts';

const part = /^(?:(?:function|const)\s+)?\\?([\w\\\u0080-\uffff]+)(?:\s+as\s+([\w\u0080-\uffff]+))?$/;

/** The classes and functions of `use A\B, C as D;` or `use A\{B, C as D};`. */
function used(list: string): Omit<ImportStatement, 'line'>[] {
  const bare = list.replaceAll(/\/\/[^\n]*|#[^\n]*|\/\*[^*]*\*\//g, '').trim();
  const group = bare.indexOf('\\{');
  const prefix = group < 0 ? '' : bare.slice(0, group + 1).replace(/^(?:function|const)\s+|^\\/, '');
  // What a trait's `use` has in braces says how it is used.
  const parts = group < 0 ? bare.replace(/\{[\s\S]*/, '') : bare.slice(group + 2).replace(/\}[\s\S]*/, '');
  return parts.split(',').flatMap((each) => {
    const [, path, alias] = part.exec(each.trim()) ?? [];
    if (!path) return [];
    const name = path.slice(path.lastIndexOf('\\') + 1);
    return [{ source: prefix + path, names: [{ name, local: alias ?? name }] }];
  });
}

/** A path said relative to the file's folder. */
function included(path: string, beginning: string | undefined): string {
  if (!beginning) return path;
  const levels = Number(/,\s*(\d+)/.exec(beginning)?.[1] ?? 1) - (beginning.includes('__FILE__') ? 1 : 0);
  const above = beginning.startsWith('dirname') ? '../'.repeat(Math.max(0, Math.min(levels, 20))) : '';
  const joined = joinPath('', above + path);
  return joined.startsWith('../') ? joined : `./${joined}`;
}

const grammar: Grammar = {
  pattern:
    /^[ \t]*(?:<\?php[ \t]+)?(?:use[ \t]+(?=[\w\\])|(?:return[ \t]+|\$\w+[ \t]*=[ \t]*|\()?(?:require|include)(?:_once)?\b[ \t(]*(?:(__DIR__|dirname\([ \t]*(?:__FILE__|__DIR__)[ \t]*(?:,[ \t]*\d+[ \t]*)?\))[ \t]*\.[ \t]*)?(?:'([^'\n]+)'|"([^"$\n]+)"))/gm,
  hidden: {
    openers: ['/*', '<<<'],
    token: tokens(
      slashComment,
      hashComment,
      blockComment,
      upTo(String.raw`<<<[ \t]*(["']?)([A-Za-z_]\w*)\1\r?\n`, String.raw`^[ \t]*\2\b`),
      doubleQuoted,
      singleQuoted,
    ),
  },
  read(match, text): Located[] {
    const [all, beginning, single, double] = match;
    const path = single ?? double;
    if (path) return [{ source: included(path, beginning), names: [] }];
    const { code, end } = upToSemicolon(text, match.index + all.length);
    return used(code).map((statement) => ({ ...statement, end }));
  },
};

/**
 * Finds `use`, `require` and `include` in a PHP text, one statement for each class or function that a `use` names,
 * traits included. Paths that are said relative to the file begin with `./` or `../`.
 */
export function importsOfPhp(text: string): ImportStatement[] {
  return scan(text, grammar);
}
