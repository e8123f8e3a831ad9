import type { CitationView } from './citation.ts';

/** What an answer was made from, what it lacks, and how far a question about every file is: parts of a turn, plain JSON. */

/** Files left out for one reason. */
export interface LeftOutView {
  /** In the user's language. */
  readonly reason: string;
  readonly count: number;
  /** The first few; the host has the others. */
  readonly paths: readonly string[];
  /** Whether another request could have them: a rule keeps the others out. */
  readonly mayBeRead: boolean;
}

/** What share of the repository an answer was made from. */
export interface CoverageView {
  readonly tokens: number;
  /** Tokens of everything that may be read, about. */
  readonly wholeTokens: number;
  /** Files that may be read; of these so many were read whole, in part, and by their name only. */
  readonly files: number;
  readonly whole: number;
  readonly inPart: number;
  readonly nameOnly: number;
  readonly leftOut: readonly LeftOutView[];
  /** US dollars for which as much is read once more; absent where nothing is charged or the price is not known. */
  readonly price?: number;
  /** Whether the model has room for more. */
  readonly canWiden: boolean;
}

/** What an answer says it lacks. */
export interface MissingView {
  /** In the model's words; empty where it does not say what. */
  readonly what: readonly string[];
  /** The words that files were searched for. */
  readonly terms: readonly string[];
  /** Files that may hold it, the likeliest first, and what they take in tokens. */
  readonly likely: readonly { readonly path: string; readonly tokens: number }[];
}

/** One part of a question about every file. */
export interface PartView {
  readonly state: 'queued' | 'reading' | 'found' | 'nothing' | 'failed';
  readonly files: number;
  readonly tokens: number;
  /** Paths of its first and its last file. */
  readonly first: string;
  readonly last: string;
  /** What the server has read of it, where it tells. */
  readonly percent?: number;
  /** Why it failed, or is waited for, in the user's language. */
  readonly why?: string;
}

/** A question about every file. */
export interface SurveyView {
  /** `asking`: the user has not said yet whether to go on. */
  readonly state: 'asking' | 'reading' | 'merging' | 'done';
  readonly requests: number;
  readonly tokens: number;
  /** US dollars, about; absent where nothing is charged or the price is not known. */
  readonly cost?: number;
  readonly files: number;
  readonly parts: readonly PartView[];
  /** What the parts found, as Markdown; until they are put together it is the turn's own text. */
  readonly findings?: string;
  /** The places in that. */
  readonly citations?: readonly CitationView[];
}

/** In what way a question is asked again. */
export const waysToAskAgain = ['widen', 'choose', 'exclude', 'likely', 'everything'] as const;

/** One of {@link waysToAskAgain}. */
export type WayToAskAgain = (typeof waysToAskAgain)[number];

/** What the page asks for about an answer's reading. */
export type ReadingMessage =
  /** The last question once more, with more, other or fewer files. */
  | { readonly type: 'askAgain'; readonly way: WayToAskAgain }
  /** Shows every file that was left out of an answer. */
  | { readonly type: 'leftOut'; readonly turn: string }
  /** What the user says to the plan of a question about every file. */
  | { readonly type: 'survey'; readonly decision: 'all' | 'best' };

/** Whether an object from the page is one of {@link ReadingMessage}. */
export function isReadingMessage(value: Readonly<Record<string, unknown>>): value is ReadingMessage {
  switch (value.type) {
    case 'askAgain':
      return waysToAskAgain.some((way) => way === value.way);
    case 'leftOut':
      return typeof value.turn === 'string';
    case 'survey':
      return value.decision === 'all' || value.decision === 'best';
    default:
      return false;
  }
}
