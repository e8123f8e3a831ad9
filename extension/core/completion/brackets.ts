import { commentPattern, type Lexicon, lexiconOf } from './lexicon.ts';

/** A bracket of code, outside of strings and comments. */
export interface Bracket {
  readonly character: string;
  readonly at: number;
}

const opposite: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Strings over several lines, to their end or that of the text. */
const longStrings = String.raw`"""[\s\S]*?(?:"""|(?![\s\S]))|'''[\s\S]*?(?:'''|(?![\s\S]))`;

/** A quote that is not closed on its line is taken for an apostrophe or a lifetime. */
const strings = `${String.raw`"(?:[^"\\\n]|\\.)*"|`}\`(?:[^\`\\\\]|\\\\[\\s\\S])*(?:\`|(?![\\s\\S]))`;
const quoted = String.raw`'(?:[^'\\\n]|\\.)*'`;
const characters = String.raw`'(?:[^'\\\n]|\\[^\n']{1,9}|\\')'`;

const patterns = new Map<Lexicon, RegExp>();

function patternOf(lexicon: Lexicon): RegExp {
  const known = patterns.get(lexicon);
  if (known) return known;
  const single = lexicon.hasCharacters ? characters : quoted;
  const parts = [longStrings, strings, single, commentPattern(lexicon), String.raw`[()[\]{}]`];
  const pattern = new RegExp(parts.filter((part) => part !== '').join('|'), 'gu');
  patterns.set(lexicon, pattern);
  return pattern;
}

/** The brackets of a text in their order, as its language tells them from strings and comments. */
export function* brackets(text: string, languageId?: string): Generator<Bracket> {
  for (const match of text.matchAll(patternOf(lexiconOf(languageId)))) {
    const [token] = match;
    if (/^[()[\]{}]$/.test(token)) yield { character: token, at: match.index };
  }
}

/** Openers of a text that it does not close, the outermost first. Closers of what stands before it are passed over. */
export function unclosed(text: string, languageId?: string): string[] {
  const open: string[] = [];
  for (const { character } of brackets(text, languageId)) {
    const opener = opposite[character];
    if (opener === undefined) open.push(character);
    else if (open.at(-1) === opener) open.pop();
  }
  return open;
}

/** Openers that the closers of a text belong to and that stand before it, the innermost first. */
export function closedBefore(text: string, languageId?: string): string[] {
  const open: string[] = [];
  const before: string[] = [];
  for (const { character } of brackets(text, languageId)) {
    const opener = opposite[character];
    if (opener === undefined) open.push(character);
    else if (open.length > 0) {
      if (open.pop() !== opener) break;
    } else before.push(opener);
  }
  return before;
}

/**
 * Where a text closes a bracket that is not its to close: `available` are the openers before it that nothing after it
 * closes, the outermost first. Undefined where it closes only its own and those.
 */
export function firstStrayCloser(text: string, available: readonly string[], languageId?: string): number | undefined {
  const open = [...available];
  for (const { character, at } of brackets(text, languageId)) {
    const opener = opposite[character];
    if (opener === undefined) open.push(character);
    else if (open.pop() !== opener) return at;
  }
  return undefined;
}

/** Whether a text closes all of the brackets that are open before it. */
export function closes(text: string, openers: readonly string[], languageId?: string): boolean {
  const open = [...openers];
  let left = open.length;
  for (const { character } of brackets(text, languageId)) {
    const opener = opposite[character];
    if (opener === undefined) open.push(character);
    else if (open.pop() !== opener) return left === 0;
    left = Math.min(left, open.length);
  }
  return left === 0;
}

/** The openers that a run of closers belongs to, the outermost first. */
export const openersOf = (closers: string): string[] =>
  [...closers].flatMap((closer) => opposite[closer] ?? []).reverse();
