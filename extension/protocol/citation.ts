/** A place that an answer refers to, and what became of the check against the files. Lines are 1-based and inclusive. */
export interface CitationView {
  /** As the answer has it, lines included. */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Whether the place is there, with what the answer says stands at it. */
  readonly verified: boolean;
  readonly status: 'verified' | 'moved' | 'wrong';
  /** Where a place that is `moved` is, or a `verified` one whose path is written in another way; relative to the folder. */
  readonly to?: { readonly path: string; readonly startLine: number; readonly endLine: number };
  /** Why it is `moved` or `wrong`, in the user's language, without a full stop. */
  readonly reason?: string;
  /** The first lines of the place, long ones cut; absent where they may not be shown. */
  readonly preview?: string;
}
