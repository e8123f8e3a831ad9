import { tokens, upTo } from './hidden.ts';
import type { ImportStatement } from './imports.ts';
import { joinPath } from './paths.ts';
import { type Grammar, type Located, scan } from './scan.ts';

const here =
  /^(?:File\.(?:expand_path|join)\(?[ \t]*)?(?:(?:File\.dirname\(__FILE__\)|__dir__)[ \t]*[,+][ \t]*['"]([^'"\n#]+)['"]|['"]([^'"\n#]+)['"][ \t]*,[ \t]*(?:(__FILE__)|__dir__|File\.dirname))/;

/** A path relative to the file's folder, with `./` or `../` at its beginning. */
function relative(path: string): string {
  const joined = joinPath('', path);
  return joined.startsWith('../') ? joined : `./${joined}`;
}

/** The path after a `require`, relative where it is said relative to the file. */
function target(keyword: string, argument: string): string | undefined {
  const [, after, before, isFile] = here.exec(argument) ?? [];
  // As seen from `__FILE__`, the first `..` is the file's own folder.
  if (isFile && before) return relative(before.replace(/^\.\.\//, ''));
  if (after ?? before) return relative(after ?? before ?? '');
  const path = /^['"]([^'"\n#]+)['"]/.exec(argument)?.[1];
  return path && keyword === 'require_relative' ? relative(path) : path;
}

const grammar: Grammar = {
  pattern:
    /^[ \t]*(?:(require_relative|require|load)\b[ \t]*\(?[ \t]*([^\n]{1,500})|autoload[ \t(]+:(\w+)[ \t]*(?:,[ \t]*([^\n]{1,500}))?)/gm,
  hidden: { openers: ['=begin'], token: tokens(upTo(String.raw`^=begin\b`, String.raw`^=end\b`)) },
  read([, keyword = '', argument = '', constant, path]): Located[] {
    if (constant) {
      const source = path === undefined ? `:${constant}` : target('autoload', path);
      return source ? [{ source, names: [{ name: constant, local: constant }] }] : [];
    }
    const source = target(keyword, argument);
    return source ? [{ source, names: [] }] : [];
  },
};

/**
 * Finds `require`, `require_relative`, `load` and `autoload` in a Ruby text. The sources of those relative to the file
 * begin with `./` or `../`; that of `autoload :Name` without a path is `:Name`.
 */
export function importsOfRuby(text: string): ImportStatement[] {
  return scan(text, grammar);
}
