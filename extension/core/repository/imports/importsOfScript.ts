import type { ImportStatement } from './imports.ts';

// Clauses are bounded, so that a text made to mislead costs a constant factor and not its square.
const declarations = /^[ \t]*(import|export)\b(?:\s+type\b(?!\s*,|\s+from\b))?([^'"`;()=]{0,4000})['"]([^'"\n]+)['"]/gm;
const calls =
  /(?:\b(?:const|let|var|import)\s+(\{[^{}]{0,2000}\}|[\w$]+)\s*=\s*(?:await\s+)?)?\b(?:require|import)\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** `{ a, b as c, type d }` and `{ a: b }`, the way that destructuring renames. */
function namesIn(braces: string): { name: string; local: string }[] {
  return braces.split(',').flatMap((part) => {
    const words = part
      .replace(/\/\*.*?\*\/|\/\/.*$/gms, '')
      .trim()
      .replace(/^type\s+(?!as\b)/, '')
      .split(/\s*:\s*|\s+as\s+/);
    const [name = '', local = name] = words;
    return /^[\w$]+$/.test(name) && /^[\w$]+$/.test(local) ? [{ name, local }] : [];
  });
}

/** `Default, { named } `, `* as whole`, or what stands before `= require(…)`. */
function clause(text: string): Pick<ImportStatement, 'names' | 'whole'> {
  const braces = /\{([^}]*)\}/.exec(text);
  const whole = /\*\s*as\s+([\w$]+)/.exec(text)?.[1];
  const leading = /^\s*([\w$]+)\s*(?:,|$)/.exec(text.replace(/\{[^}]*\}/, ''))?.[1];
  const names = braces ? namesIn(braces[1] ?? '') : [];
  if (leading) names.unshift({ name: 'default', local: leading });
  return { names, ...(whole ? { whole } : {}) };
}

/** Finds the imports and re-exports of a TypeScript or JavaScript text, `require` and `import()` included. */
export function importsOfScript(text: string): ImportStatement[] {
  const found: (ImportStatement & { at: number; length: number })[] = [];
  const note = (match: RegExpExecArray, statement: Omit<ImportStatement, 'line'>): void => {
    found.push({ ...statement, line: 0, at: match.index, length: match[0].length });
  };
  for (const match of text.matchAll(declarations)) {
    const [, keyword, between = '', source = ''] = match;
    // `import 'x'` has nothing between; anything else has `from` at its end, or is no import.
    const named = between.replace(/\bfrom\s*$/, '');
    if (named === between && (keyword === 'export' || between.trim() !== '')) continue;
    note(match, { source, ...clause(named), ...(keyword === 'export' ? { reExport: true as const } : {}) });
  }
  if (text.includes('require(') || text.includes('import(')) {
    for (const match of text.matchAll(calls)) {
      const [, target = '', source = ''] = match;
      const names = target.startsWith('{') ? namesIn(target.slice(1, -1)) : [];
      note(match, { source, names, ...(/^[\w$]+$/.test(target) ? { whole: target } : {}) });
    }
  }

  found.sort((a, b) => a.at - b.at);
  let line = 1;
  let from = 0;
  return found.map(({ at, length, ...statement }) => {
    const start = at + (/^\s*/.exec(text.slice(at, at + 200))?.[0].length ?? 0);
    for (let next = text.indexOf('\n', from); next >= 0 && next < start; next = text.indexOf('\n', from)) {
      line++;
      from = next + 1;
    }
    const more = text.slice(start, at + length).split('\n').length - 1;
    return { ...statement, line, ...(more > 0 ? { lastLine: line + more } : {}) };
  });
}
