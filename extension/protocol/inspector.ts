/**
 * What crosses between the extension host and the inspector's page: plain JSON, two discriminated unions.
 * The page says `ready` first; before that the host sends nothing.
 */

import type { ErrorView } from './chat.ts';
import type { WindowProbeResult } from './windowProbe.ts';

/** How much of a file is sent, from nothing on. */
export const detailLevels = ['name', 'skeleton', 'excerpt', 'full'] as const;
export type DetailLevel = (typeof detailLevels)[number];

/** What a server is likely to have of a file: all of it; all of it, but behind something that has changed; or nothing. */
export const reuses = ['cached', 'moved', 'new'] as const;
export type Reuse = (typeof reuses)[number];

/** What is shown: what would be sent for a question, or at the cursor, or what the chat that is open sends. */
export type InspectorSource = 'question' | 'cursor' | 'conversation';

/** A repository's files, column by column: ten thousand of them cross as a few strings and lists of numbers. */
export interface PackTable {
  /** The files of the pack, their paths joined by line breaks. */
  readonly paths: string;
  readonly tokens: readonly number[];
  /** Positions in {@link detailLevels}. */
  readonly levels: readonly number[];
  /** Positions in {@link reuses}; empty where nothing is known of the server's cache. */
  readonly reuses: readonly number[];
  /** The files that are not in it. */
  readonly omitted: string;
  /** Every reason once, and for each file of the pack, then for each that is not in it, the position of its reason. */
  readonly reasons: readonly string[];
  readonly reasonOf: readonly number[];
}

/** What was decided about files and folders, by their paths. */
export interface Decisions {
  readonly pinned: readonly string[];
  readonly excluded: readonly string[];
  readonly levels: Readonly<Record<string, DetailLevel>>;
}

/** What would be sent, all of it at once. */
export interface InspectedPack {
  readonly source: InspectorSource;
  readonly table: PackTable;
  readonly decisions: Decisions;
  readonly budget: number;
  readonly tokens: number;
  readonly backend: { readonly label: string; readonly kind: 'hosted' | 'local' | 'embedded'; readonly window: number };
  /** Tokens that the server is likely to have read before, and how many seconds ago; absent where that is not known. */
  readonly cached?: { readonly tokens: number; readonly secondsAgo: number };
  /** US dollars for reading it; absent where none is charged or known. */
  readonly price?: number;
  /** What a probe has measured of this window; absent where there was none. */
  readonly measured?: WindowProbeResult;
  /** What else there is to know, in the user's language. */
  readonly notes: readonly string[];
}

/** What can be chosen, and what for. */
export interface InspectorChoices {
  readonly source: InspectorSource;
  readonly question: string;
  /** The place of the cursor, for the user; absent where no file of the workspace is open. */
  readonly cursor?: string;
  readonly hasConversation: boolean;
}

/** From the host to the page. */
export type InspectorHostMessage =
  | { readonly type: 'start'; readonly l10n: Readonly<Record<string, string>>; readonly language: string }
  | { readonly type: 'choices'; readonly choices: InspectorChoices }
  /** A pack is being made; so many of the files to read have been read. */
  | { readonly type: 'packing'; readonly done?: number; readonly total?: number }
  | { readonly type: 'pack'; readonly pack: InspectedPack }
  /** There is nothing to show, and why. */
  | { readonly type: 'nothing'; readonly why: string }
  | { readonly type: 'failed'; readonly error: ErrorView }
  | { readonly type: 'stopped' };

/** From the page to the host. */
export type InspectorPageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'show'; readonly source: InspectorSource; readonly question?: string }
  | { readonly type: 'stop' }
  | { readonly type: 'steer'; readonly how: 'pin' | 'exclude' | 'reset'; readonly path: string }
  /** How much of a file there is to be; one that is not in it yet is pinned. */
  | { readonly type: 'level'; readonly path: string; readonly level: DetailLevel; readonly pins: boolean }
  | { readonly type: 'openFile'; readonly path: string }
  | { readonly type: 'openText' }
  /** Has the window measured. */
  | { readonly type: 'probe' };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isOneOf = (all: readonly string[], value: unknown): boolean => all.some((each) => each === value);

/** Whether something that arrived from the page is one of its messages, whole. */
export function isInspectorPageMessage(value: unknown): value is InspectorPageMessage {
  if (!isObject(value)) return false;
  switch (value.type) {
    case 'ready':
    case 'stop':
    case 'openText':
    case 'probe':
      return true;
    case 'show':
      return (
        isOneOf(['question', 'cursor', 'conversation'], value.source) &&
        (value.question === undefined || typeof value.question === 'string')
      );
    case 'steer':
      return isOneOf(['pin', 'exclude', 'reset'], value.how) && typeof value.path === 'string';
    case 'level':
      return typeof value.path === 'string' && isOneOf(detailLevels, value.level) && typeof value.pins === 'boolean';
    case 'openFile':
      return typeof value.path === 'string';
    default:
      return false;
  }
}
