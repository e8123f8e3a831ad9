import type { PathProblem } from './paths.ts';

/** One replacement that a model asks for. */
export interface EditBlock {
  readonly kind: 'replace';
  readonly path: string;
  /** Lines to find, joined by `\n`, without a final line break; empty for a new file. */
  readonly search: string;
  readonly replace: string;
}

/** The whole text of a file, new or in place of the one before. */
export interface WholeFile {
  readonly kind: 'whole';
  readonly path: string;
  /** Lines joined by `\n`, without a final line break. */
  readonly text: string;
}

/** A file to delete. */
export interface Deletion {
  readonly kind: 'delete';
  readonly path: string;
}

/** A file to rename or move. */
export interface Renaming {
  readonly kind: 'rename';
  readonly path: string;
  readonly to: string;
}

/** An edit of the text of one file. */
export type TextEdit = EditBlock | WholeFile;

/** What a model can ask for; paths are relative, with slashes. */
export type Edit = TextEdit | Deletion | Renaming;

/** Why a part of an answer that has an edit's marks is no edit. */
export type MalformedReason =
  | PathProblem
  | 'no path'
  | 'no opening mark'
  | 'no divider'
  | 'more than one divider'
  | 'no end mark'
  /** It began before the block above it had ended: one of the two may be a text that the other one quotes. */
  | 'inside another block'
  | 'wrong mark'
  | 'cut off';

/** A part of an answer that cannot be read as an edit. */
export interface MalformedEdit {
  readonly reason: MalformedReason;
  /** The path it has; empty where it has none. */
  readonly path: string;
  /** The lines as they stand in the answer, joined by `\n`. */
  readonly text: string;
  /** 1-based line of the answer at which it begins. */
  readonly line: number;
}

/** Why an edit was not applied to a text. */
export type TextProblem =
  | 'not found'
  | 'found more than once'
  | 'file exists already'
  | 'no such file'
  /** Lines were left out and a sign stands for them, as in `// ... existing code ...`. */
  | 'lines left out'
  | 'file too long to replace'
  /** It would write what a model was shown in place of a secret over the secret. */
  | 'secret not shown';

/** Lines of a file, numbered from 1. */
export interface Passage {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly text: string;
}

/** What is known of a failed attempt to edit a text. */
export interface TextFailure {
  readonly problem: TextProblem;
  /** The lines most like those that were not found; absent where nothing is like them. */
  readonly nearest?: Passage;
  /** 1-based lines of all places, of what was found more than once. */
  readonly lines?: readonly number[];
}

/** An edit that was refused. Its file is left as it is. */
export interface Refusal {
  readonly reason: MalformedReason | TextProblem;
  readonly path: string;
  /** The edit, or what stands in its place in the answer. */
  readonly refused: Edit | MalformedEdit;
  /** As in {@link TextFailure}; lines are those of the file with the edits before this one. */
  readonly nearest?: Passage;
  readonly lines?: readonly number[];
}
