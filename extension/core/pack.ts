/** How much of a file a pack holds. */
export type Level = 'full' | 'skeleton' | 'excerpt' | 'name';

/** The levels, from the least of a file to all of it. */
export const levels: readonly Level[] = ['name', 'skeleton', 'excerpt', 'full'];

/** One file's part of a pack. `ranges` are 1-based, inclusive line ranges. */
export interface PackedFile {
  readonly path: string;
  readonly level: Level;
  /** Exact tokens of this part, its heading included. */
  readonly tokens: number;
  readonly ranges: readonly (readonly [startLine: number, endLine: number])[];
  /** Why it is in, in words that can be shown. */
  readonly reason?: string;
}

/** A file or folder that has to be in packs. */
export interface Pin {
  /** Relative to the root, with `/`; a folder stands for every file below it. */
  readonly path: string;
  /** `full` unless given. */
  readonly level?: Level;
}

/**
 * What the user decides about a folder's packs: plain JSON, paths relative to the root. A folder's rule holds for all
 * below it; where several rules hold for a file, the one with the longest path counts, and an exclusion before a pin.
 */
export interface Steering {
  /** Let in first, in this order, as long as they fit. */
  readonly pinned?: readonly Pin[];
  /** Files and folders that are never in. */
  readonly excluded?: readonly string[];
  /** How much of a file there is wherever it gets in. */
  readonly levels?: Readonly<Record<string, Level>>;
}

/** A file left out, and why, in words that can be shown. */
export interface Omission {
  readonly path: string;
  readonly reason: string;
}

/** A place in a file; line and column are 1-based, the column counts UTF-16 units. */
export interface Cursor {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** What to pack. */
export interface PackRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Tokens the pack may take, at the most. */
  readonly budget: number;
  readonly question?: string;
  readonly cursor?: Cursor;
  /** Files that the user had before their eyes or changed lately, the latest first; relative to the root. */
  readonly recent?: readonly string[];
  /** Unsaved buffers: text by path relative to the root, in place of what is on disk. */
  readonly overlay?: Readonly<Record<string, string>>;
  /** Only what lies in this folder, relative to the root and without a slash at its end; whole files, where there is no question. */
  readonly within?: string;
  /** Extra ignore patterns on top of `.gitignore` and `.glmignore` (the editor's `files.exclude`). */
  readonly exclude?: readonly string[];
  /** Nothing on disk has changed since the last request for this folder, so the disk need not be looked at. */
  readonly unchanged?: boolean;
  readonly steering?: Steering;
}

/** Files left out for one reason. */
export interface LeftOut {
  /** In words that can be shown. */
  readonly reason: string;
  readonly count: number;
  /** One a line, by path; no more than the first few thousand. */
  readonly paths: string;
  /** Whether another request could have them: a rule keeps the others out. */
  readonly mayBeRead: boolean;
}

/** The repository that a pack was made of. */
export interface RepositoryShare {
  /** Files that may be read. */
  readonly files: number;
  /** Tokens of all of them, whole; what is not in the pack is estimated. */
  readonly tokens: number;
  readonly leftOut: readonly LeftOut[];
}

/** Files left out, in a form that crosses threads and processes fast: a repository has tens of thousands. */
export interface OmissionTable {
  /** Joined by line breaks, which no path in a repository has. */
  readonly paths: string;
  readonly reasons: readonly string[];
  /** For each path, the position of its reason. */
  readonly reasonOf: readonly number[];
}

/** A packed repository: the CLI's `pack --json` prints exactly this (DESIGN.md section 6). */
export interface Pack {
  readonly budget: number;
  /** Exact tokens of `text`; never over `budget`. */
  readonly tokens: number;
  readonly encoding: string;
  readonly files: readonly PackedFile[];
  readonly omitted: readonly Omission[];
  readonly text: string;
  /** What it is a part of; the CLI does not print it. Absent from packs for a cursor. */
  readonly repository?: RepositoryShare;
  /** What the user had decided when it was made; absent where that was nothing. */
  readonly steering?: Steering;
  /** Every omission, where `omitted` may have been cut short on its way from another thread. */
  readonly omissions?: OmissionTable;
}
