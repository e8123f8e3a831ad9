/** Tokens within which nothing is a statement. Only looked for where a text has one of the openers of those that may run over lines. */
export interface Hidden {
  readonly openers: readonly string[];
  readonly token: RegExp;
}

/**
 * The pattern of what runs from one pattern to another, or to the end of the text where it is not closed: so every token
 * matches where it begins, and no text is read twice.
 */
export const upTo = (open: string, close: string): string => String.raw`${open}[\s\S]*?(?:${close}|(?![\s\S]))`;

export const blockComment = upTo(String.raw`\/\*`, String.raw`\*\/`);
export const slashComment = String.raw`\/\/[^\n]*`;
export const hashComment = String.raw`#[^\n]*`;
export const doubleQuoted = String.raw`"(?:[^"\\\n]|\\[\s\S])*"?`;
export const singleQuoted = String.raw`'(?:[^'\\\n]|\\[\s\S])*'?`;
const character = String.raw`'(?:[^'\\\n]|\\[\s\S])'`;

/** One expression for several tokens; earlier ones are tried first. */
export const tokens = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'), 'gm');

/** What hides statements in languages with comments like C's, and the raw strings that they have besides. */
export const cLike = (openers: readonly string[], ...rawStrings: readonly string[]): Hidden => ({
  openers: ['/*', ...openers],
  token: tokens(slashComment, blockComment, ...rawStrings, doubleQuoted, character),
});

/** Tells whether an offset lies within a token that began before it. Offsets must not fall from call to call. */
export function createCover(text: string, { openers, token }: Hidden): (offset: number) => boolean {
  if (!openers.some((opener) => text.includes(opener))) return () => false;
  const found = text.matchAll(token);
  let start = -1;
  let end = -1;
  return (offset) => {
    while (end <= offset) {
      const next = found.next();
      if (next.done) return false;
      start = next.value.index;
      end = start + Math.max(1, next.value[0].length);
    }
    return start < offset;
  };
}
