import type { Refusal } from '../../../../extension/core/conversation/edits/edit.ts';

/** Texts of files by path. */
export type Files = Readonly<Record<string, string>>;

/** An answer of a model and what has to come of it. */
export interface Case {
  readonly name: string;
  readonly before: Files;
  readonly answer: string;
  /** All files afterwards; those of `before` where everything is refused. */
  readonly after: Files;
  /** Every refusal, as path and reason, in order; none for an answer that applies. */
  readonly refused: readonly (readonly [path: string, reason: Refusal['reason']])[];
}

/** A case that applies. */
export const applies = (name: string, before: Files, answer: string, after: Files): Case => ({
  name,
  before,
  answer,
  after,
  refused: [],
});

/** A case of which nothing applies, for one reason. */
export const refuses = (
  name: string,
  before: Files,
  answer: string,
  path: string,
  reason: Refusal['reason'],
): Case => ({ name, before, answer, after: before, refused: [[path, reason]] });

/** A block in the form that we ask for. */
export const block = (path: string, search: string, replace: string): string =>
  `${path}\n<<<<<<< SEARCH\n${search && `${search}\n`}=======\n${replace && `${replace}\n`}>>>>>>> REPLACE\n`;

/** A whole file in the form that we ask for. */
export const whole = (path: string, text: string): string => `${path}\n<<<<<<< FILE\n${text}\n>>>>>>> FILE\n`;
