import type { Edit, MalformedEdit } from './edits/edit.ts';
import { createEditParser } from './edits/editParser.ts';

/** The edits in an answer, and what could not be read. */
export interface ParsedEdits {
  /** All edits, in the order of the answer. */
  readonly edits: readonly Edit[];
  readonly malformed: readonly MalformedEdit[];
  /** True where the answer ended inside an edit. */
  readonly incomplete: boolean;
}

/** Reads the edits out of a model's whole answer. An edit without a path of its own is for the file before. */
export function parseEditBlocks(answer: string): ParsedEdits {
  const parser = createEditParser();
  const events = [...parser.push(answer), ...parser.finish()];
  const edits = events.flatMap((event) => (event.type === 'finished' ? [event.edit] : []));
  const malformed = events.flatMap((event) => (event.type === 'malformed' ? [event.malformed] : []));
  return {
    edits,
    malformed,
    incomplete: malformed.some(({ reason }) => reason === 'cut off'),
  };
}
