/** The one right answer to a question, as far as a machine can tell. */
export type Expected =
  | { readonly type: 'number'; readonly value: number }
  /** A string's content, to the letter. */
  | { readonly type: 'text'; readonly value: string }
  /** Where something stands; the line is 1-based, and may be missed by `tolerance` lines. */
  | { readonly type: 'place'; readonly path: string; readonly line: number; readonly tolerance: number }
  /** Names, in this order. */
  | { readonly type: 'names'; readonly names: readonly string[] };

/** A question about something at one depth of a prompt. */
export interface Question {
  readonly about: 'planted' | 'real';
  /** One of the depths that are probed, in per cent. */
  readonly depth: number;
  /** The name that it asks about: what an answer repeats of it proves nothing. */
  readonly name: string;
  readonly text: string;
  readonly expected: Expected;
}

/** What a prompt begins with. The mark is its first word, so that no two prompts share a beginning in a server's cache. */
export const probeRules = (mark: string): string => `Probe ${mark}. \
The files of a repository follow, each after a line "###PATH: path". At the end come numbered questions about them. \
Answer every question from these files alone, each on a line of its own that begins with the question's number: \
"1. answer". Write the bare answer: a value, or names separated by commas, or \`path:line\`. Explain nothing. \
Where the files do not tell, write "unknown".`;

/** The message that asks. */
export const askedTogether = (questions: readonly Question[]): string =>
  questions.map(({ text }, i) => `${i + 1}. ${text}`).join('\n');

/** Tokens that the answers may take together; a list of twenty takes a fifth of it. */
export const answerTokens = (questions: number): number => 64 + 40 * questions;
