import { doubleQuoted, hashComment, singleQuoted, tokens, upTo } from './hidden.ts';
import type { ImportStatement } from './imports.ts';
import { type Grammar, type Located, scan } from './scan.ts';

/** Characters of one statement, at the most. */
const longest = 10_000;

/** The code from an offset to the end of its logical line, without comments, and where it ends. */
function logicalLine(text: string, from: number): { code: string; end: number } {
  let code = '';
  let inParentheses = false;
  let at = from;
  for (; at < Math.min(text.length, from + longest); at++) {
    const char = text[at] ?? '';
    if (char === '\n' && !inParentheses) break;
    if (char === '#') {
      const newline = text.indexOf('\n', at);
      at = (newline < 0 ? text.length : newline) - 1;
    } else if (char === '\\') {
      at = text.startsWith('\r\n', at + 1) ? at + 2 : at + 1;
      code += ' ';
    } else if (char === '(' || char === ')') {
      // Where a parenthesis is not closed, as while it is being typed, another one shows it.
      if (inParentheses === (char === '(')) break;
      inParentheses = char === '(';
      code += ' ';
    } else if (inParentheses && /[^\w\s.,\u0080-\uffff]/.test(char)) {
      break;
    } else {
      code += char;
    }
  }
  return { code, end: at };
}

const importFrom = /^\s*from\s+([.\w\u0080-\uffff]{1,300}?)\s*\bimport\b(.*)$/s;
const importWhole = /^\s*import\s(.*)$/s;
const item = /^\s*([\w.\u0080-\uffff]+)(?:\s+as\s+([\w\u0080-\uffff]+))?\s*$/;

const items = (list: string): { name: string; local: string | undefined }[] =>
  list.split(',').flatMap((each) => {
    const [, name, local] = item.exec(each) ?? [];
    return name ? [{ name, local }] : [];
  });

function statementsIn(code: string): Omit<ImportStatement, 'line'>[] {
  const [, source, list = ''] = importFrom.exec(code) ?? [];
  if (source) {
    if (list.trim() === '*') return [{ source, names: [], reExport: true }];
    return items(list).map(({ name, local = name }) => ({ source, names: [{ name, local }] }));
  }
  const [, modules = ''] = importWhole.exec(code) ?? [];
  return items(modules).map(({ name, local }) => ({
    source: name,
    names: [],
    whole: local ?? name.slice(name.lastIndexOf('.') + 1),
  }));
}

const grammar: Grammar = {
  pattern:
    /^([ \t]*(?:(?:try|else|finally|(?:if|elif|except|with)\b[^\n:]{0,200}):[ \t]*)?)(?:from[ \t]+[.\w\u0080-\uffff]|import[ \t]+[\w\u0080-\uffff])/gm,
  hidden: {
    openers: ['"""', "'''"],
    token: tokens(hashComment, upTo('"""', '"""'), upTo("'''", "'''"), doubleQuoted, singleQuoted),
  },
  read(match, text): Located[] {
    const { code, end } = logicalLine(text, match.index + (match[1]?.length ?? 0));
    return code.split(';').flatMap((each) => statementsIn(each).map((statement) => ({ ...statement, end })));
  },
};

/**
 * Finds the imports of a Python text, those within functions and blocks too. `from a import b, c` becomes one for each
 * name, since each may be a module of its own. `import a.b` is known by `b`, which its uses mention.
 */
export function importsOfPython(text: string): ImportStatement[] {
  return text.includes('import') ? scan(text, grammar) : [];
}
