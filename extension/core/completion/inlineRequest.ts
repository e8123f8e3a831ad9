import type { Usage } from '../backend/backend.ts';
import type { Cursor } from '../pack.ts';

/** A request for an inline completion. */
export interface InlineRequest {
  /** Absolute path of the folder that the file belongs to; undefined where it belongs to none. */
  readonly root: string | undefined;
  readonly cursor: Cursor;
  readonly languageId: string;
  /** The whole text before and after the cursor, its lines ended by `\n`. */
  readonly prefix: string;
  readonly suffix: string;
  /** Files that the user had before their eyes or changed lately, the latest first. */
  readonly recent?: readonly string[];
  readonly exclude?: readonly string[];
  /** The user asked for it: alternatives are looked for, and what was refused is shown again. */
  readonly isManual?: boolean;
  /** A list of words is open, and one of them in the text: only what is known already is shown beside it. */
  readonly isKnownOnly?: boolean;
}

/** A text to show at the cursor. */
export interface Suggestion {
  readonly text: string;
  /** Characters behind the cursor that it replaces: closers, which it has itself. */
  readonly replaces: number;
  /** Characters before the cursor that the text says anew, or that stand in its way. */
  readonly before?: number;
}

/** What there is to show at a place. */
export interface Completion {
  /** The best first; several only where the user asked. */
  readonly suggestions: readonly Suggestion[];
  /** What would be shown again if the last characters were deleted. The editor is to have it beforehand: it asks late. */
  readonly behind?: readonly Suggestion[];
  /** Why there is nothing, in the user's language. */
  readonly why?: string;
  /** It needed no request. */
  readonly isReused: boolean;
}

/** What a prompt held besides the file: so many tokens of the repository, a conversation, or nothing. */
export type InlineContext = { readonly tokens: number; readonly budget: number } | 'conversation' | 'none';

/** What happens beside the answers to {@link InlineRequest}s. */
export type InlineEvent =
  /** A model has answered: what it took, and the milliseconds to its first token. */
  | {
      readonly type: 'answered';
      readonly usage?: Usage;
      readonly milliseconds: number;
      /** The backend that stood in for the one that was asked. */
      readonly answeredBy?: string;
      readonly context: InlineContext;
    }
  /** A suggestion was accepted whole. */
  | { readonly type: 'accepted'; readonly text: string }
  /** More can be shown than was returned for the latest request. */
  | { readonly type: 'grown' };
