/** A file and edits of it, each of text that stands in it once. */
export interface Sample {
  /** As after a fence. */
  readonly language: string;
  readonly path: string;
  readonly text: string;
  readonly edits: readonly (readonly [search: string, replace: string])[];
}
