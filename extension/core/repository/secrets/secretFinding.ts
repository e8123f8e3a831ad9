/** A place in a text that must not reach a model. */
export interface SecretFinding {
  /** What was found, in plain words of the user's language; never the value. */
  readonly kind: string;
  /** UTF-16 offset of the first character. */
  readonly start: number;
  /** UTF-16 offset behind the last character. */
  readonly end: number;
}
