import { doubleQuoted, tokens, upTo } from './hidden.ts';
import type { ImportStatement } from './imports.ts';
import { joinPath } from './paths.ts';
import { type Grammar, type Located, scan } from './scan.ts';

/** Characters of a path, and of what stands before it in its line, at the most. */
const longest = 500;

/** `$(…)` within one another, at the most. */
const deepest = 4;

const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/** The word at an offset, quotes taken out, with what stands in `$(…)` and `${…}` in it. */
function wordAt(text: string, from: number): string {
  let word = '';
  const open: string[] = [];
  let isQuoted = false;
  for (let at = from; at < Math.min(text.length, from + longest); at++) {
    const char = text[at] ?? '';
    if (char === '\n' || open.length > deepest || (open.length === 0 && !isQuoted && /[\s;&|<>)]/.test(char))) break;
    const inner = char === '$' ? closing[text[at + 1] ?? ''] : undefined;
    if (inner) {
      open.push(inner);
      word += char + text[++at];
    } else if (char === '"' || char === "'") {
      // Quotes within `$(…)` are balanced and do not matter.
      if (open.length === 0) isQuoted = !isQuoted;
    } else {
      if (char === open.at(-1)) open.pop();
      word += char;
    }
  }
  return word;
}

/** The path of a script as far as it is written out; one that is said relative to the script begins with `./` or `../`. */
function pathIn(word: string): string | undefined {
  const end = Math.max(word.lastIndexOf(')'), word.lastIndexOf('}'));
  const begins = word.startsWith('$');
  const variable = begins && end < 0 ? (/^\$\w+/.exec(word)?.[0] ?? '') : word.slice(0, begins ? end + 1 : 0);
  const path = word.slice(variable.length);
  if (!path || /[$`*]/.test(path)) return undefined;
  if (!begins) return path;
  const relative = joinPath('', path);
  if (relative === '') return undefined;
  const isOwnFolder = /dirname|BASH_SOURCE|%\/|\$0|:h\b/.test(variable);
  return isOwnFolder && !relative.startsWith('../') ? `./${relative}` : relative;
}

const grammar: Grammar = {
  pattern:
    /^[ \t]*#[ \t]*shellcheck[ \t]+source=(\S+)|(?:^|&&|\|\||[;{(]|\b(?:then|do|else))[ \t]*(?:source|\.)[ \t]+(?=[\w"'$./~-])/gm,
  hidden: {
    openers: ['<<'],
    token: tokens(
      String.raw`\(\([^\n]*|(?:^|[ \t])#[^\n]*`,
      upTo(String.raw`(?<!<)<<(?!<)-?[ \t]*(["']?)([A-Za-z_]\w*)\1[^\n]*\n`, String.raw`^\t*\2\r?$`),
      doubleQuoted,
      String.raw`'[^'\n]*'?`,
    ),
  },
  read(match, text): Located[] {
    const [all, told] = match;
    if (told) return told.startsWith('/dev/') ? [] : [{ source: told, names: [] }];
    const start = match.index + all.length;
    const before = text.slice(Math.max(0, match.index - longest), match.index);
    if (before.includes('#') && /(?:^|\s)#/.test(before.slice(before.lastIndexOf('\n') + 1))) return [];
    const source = pathIn(wordAt(text, start));
    return source && /[\w/]/.test(source) ? [{ source, names: [], end: start }] : [];
  },
};

/** Finds `source` and `.` in a shell script, and what ShellCheck is told that they load. */
export function importsOfBash(text: string): ImportStatement[] {
  return scan(text, grammar);
}
