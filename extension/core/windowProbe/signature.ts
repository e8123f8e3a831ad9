/** A parameter, and the literal that it is by default. */
export interface Parameter {
  readonly name: string;
  readonly literal?: Literal;
}

/** A value that an answer can be compared with. */
export type Literal =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'text'; readonly value: string };

const opening = '([{<';
const closing = ')]}>';

/** Splits a list at the commas that stand in no brackets. */
export function splitAtTop(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at++) {
    const character = list[at] ?? '';
    // The arrow of a function type closes nothing.
    const isArrow = character === '>' && /[=-]/.test(list[at - 1] ?? '');
    if (opening.includes(character)) depth++;
    else if (closing.includes(character) && !isArrow) depth--;
    else if (character === ',' && depth === 0) {
      parts.push(list.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, list.slice(from)];
}

/** Reads a literal that is a number of two digits or more, or a short plain string; others could be guessed or are code. */
export function literalOf(source: string): Literal | undefined {
  const text = source.trim();
  if (/^-?\d[\d_]*(?:\.\d+)?$/.test(text)) {
    const value = Number(text.replaceAll('_', ''));
    return text.replace(/\D/g, '').length >= 2 && Number.isFinite(value) ? { type: 'number', value } : undefined;
  }
  const value = /^(["'])([^"'`\\$]{3,60})\1$/.exec(text)?.[2];
  return value === undefined ? undefined : { type: 'text', value };
}

/** What follows a name where it stands as a word of its own. */
function behind(name: string, text: string): string | undefined {
  const isWord = (character: string | undefined): boolean => character !== undefined && /[\w$]/.test(character);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + name.length])) return text.slice(at + name.length);
  }
  return undefined;
}

/** The languages whose parameters begin with their name. */
const nameFirst = /\.(?:[cm]?[jt]sx?|pyi?|go|rs|kt)$/;

const words = /^(?:(?:public|private|protected|readonly|override|mut|ref|const|val|var)\s+|@\w+\s+|\.\.\.|\*{1,2})*/;

/**
 * The parameters of a function, by the text of its signature; undefined where they cannot be told from it without doubt:
 * in languages that begin with the type, and where one is taken apart.
 */
export function parametersOf(path: string, name: string, head: string): readonly Parameter[] | undefined {
  if (!nameFirst.test(path)) return undefined;
  const rest = behind(name, head);
  if (rest === undefined) return undefined;
  const open = rest.indexOf('(');
  // Only a list of type parameters may stand between.
  if (open < 0 || !/^\s*(?:<[^()]*>)?\s*$/.test(rest.slice(0, open))) return undefined;
  let depth = 0;
  let close = open;
  for (; close < rest.length; close++) {
    if (rest[close] === '(') depth++;
    else if (rest[close] === ')' && --depth === 0) break;
  }
  if (depth !== 0) return undefined;
  const list = rest.slice(open + 1, close);
  // A comment may hold commas.
  if (/\/\/|\/\*|#/.test(list)) return undefined;
  const parameters: Parameter[] = [];
  for (const part of splitAtTop(list)) {
    const own = part.trim().replace(words, '');
    if (own === '' || own === '*' || own === '/') continue;
    if (/^&?\s*(?:mut\s+)?self\b|^cls\b/.test(own)) continue;
    const parameter = /^([A-Za-z_$][\w$]*)\??\s*(?=$|[:=\s])(?:[^=]|=>)*?(?:(?<![=!<>])=(?![=>])\s*(.+))?$/s.exec(own);
    if (!parameter?.[1]) return undefined;
    const literal = parameter[2] === undefined ? undefined : literalOf(parameter[2]);
    parameters.push({ name: parameter[1], ...(literal ? { literal } : {}) });
  }
  return parameters;
}

/** The literal that a line gives a name: `const limit = 8_192;`, `LIMIT: int = 8192`, `limit := 10`. */
export function assignedLiteral(name: string, line: string): Literal | undefined {
  const rest = behind(name, line) ?? '';
  const value = /^\s*(?::[^=]*)?:?=\s*(.+?)\s*(?:as const)?;?\s*$/.exec(rest)?.[1];
  return value === undefined ? undefined : literalOf(value);
}
