/** What a plan does to a file. */
export type PlannedKind = 'change' | 'make' | 'delete' | 'rename';

/** One file of a plan. */
export interface PlannedFile {
  readonly path: string;
  readonly kind: PlannedKind;
  /** The new path of a file that is renamed. */
  readonly to?: string;
  /** What is to be done in it, on one line; empty where the model does not say. */
  readonly what: string;
}

/** What a model wants to do before it writes any edit. */
export interface Plan {
  /** What it says before the list, in Markdown. */
  readonly summary: string;
  /** Each file once, in the order of the list. */
  readonly files: readonly PlannedFile[];
  readonly risks: readonly string[];
}
