import type { ParsedEdits } from '../editBlocks.ts';
import { type Blotted, unblotted } from './blots.ts';
import type { Edit, MalformedEdit, Refusal, TextFailure } from './edit.ts';
import { editText } from './editText.ts';
import type { Rung } from './findLines.ts';

/** What becomes of one file. Done in the order of the list, each finds the files that it needs. */
export type FileChange =
  | { readonly kind: 'make'; readonly path: string; readonly after: string }
  | { readonly kind: 'change'; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: 'delete'; readonly path: string; readonly before: string }
  | {
      readonly kind: 'rename';
      readonly path: string;
      readonly to: string;
      readonly before: string;
      readonly after: string;
    };

/** What the edits of an answer come to. */
export interface FileChanges {
  /** Files of which no edit was refused; those that stay as they are are left out. */
  readonly changes: readonly FileChange[];
  /** In the order of the answer, edits before what could not be read. */
  readonly refusals: readonly Refusal[];
}

/** What {@link fileChanges} knows beside the texts, and whom it tells. */
export interface ChangeOptions {
  /** Files of which a model was not shown their secrets: by path, what it was shown. */
  readonly shown?: ReadonlyMap<string, string>;
  /** Told of each edit, in order: how strictly it fitted, or that it was refused. */
  readonly judged?: (edit: Edit | MalformedEdit, outcome: Rung | 'refused') => void;
}

/** A file on its way through the edits. */
interface FileState {
  /** Its path and text before; undefined for a file that is new. */
  readonly origin: { readonly path: string; readonly text: string } | undefined;
  path: string;
  /** Undefined where there is no file, or none any more. */
  text: string | undefined;
}

/** Deletions make room, renamings need the old names, and what is made may have a name that became free. */
const order: readonly FileChange['kind'][] = ['delete', 'rename', 'change', 'make'];

/** Paths that the edits speak of: their texts, where they exist, are what {@link fileChanges} needs. */
export const pathsOf = (edits: readonly (Edit | MalformedEdit)[]): string[] => [
  ...new Set(edits.flatMap((edit) => ('to' in edit ? [edit.path, edit.to] : [edit.path]))),
];

function changeOf({ origin, path, text }: FileState): FileChange | undefined {
  if (!origin) return text === undefined ? undefined : { kind: 'make', path, after: text };
  const before = origin.text;
  if (text === undefined) return { kind: 'delete', path: origin.path, before };
  if (path !== origin.path) return { kind: 'rename', path: origin.path, to: path, before, after: text };
  return text === before ? undefined : { kind: 'change', path, before, after: text };
}

/**
 * Applies the edits of an answer, in order, to the texts of the files that exist. All or nothing for each file: where an
 * edit of it is refused, or could not be read, it stays as it is. Nothing is written.
 */
export function fileChanges(
  { edits, malformed }: Pick<ParsedEdits, 'edits' | 'malformed'>,
  texts: ReadonlyMap<string, string>,
  { shown = new Map(), judged }: ChangeOptions = {},
): FileChanges {
  const states: FileState[] = [];
  const byPath = new Map<string, FileState>();
  const refusals: Refusal[] = [];

  function stateOf(path: string): FileState {
    const known = byPath.get(path);
    if (known) return known;
    const text = texts.get(path);
    const state = { origin: text === undefined ? undefined : { path, text }, path, text };
    states.push(state);
    byPath.set(path, state);
    return state;
  }

  function refuse(refused: Edit | MalformedEdit, failure: Omit<Refusal, 'path' | 'refused'>): void {
    refusals.push({ ...failure, path: refused.path, refused });
    judged?.(refused, 'refused');
  }

  const blottedOf = (path: string): Blotted => {
    const text = texts.get(path) ?? '';
    return { text, shown: shown.get(path) ?? text };
  };
  const otherThan = (path: string): Blotted[] => [...shown.keys()].filter((each) => each !== path).map(blottedOf);

  function rename(state: FileState, edit: Edit & { kind: 'rename' }): void {
    // A name that was taken at the beginning stays so: two files that change places cannot be done one after the other.
    const taken = texts.has(edit.to) || stateOf(edit.to).text !== undefined;
    if (state.text === undefined || taken) {
      refuse(edit, { reason: state.text === undefined ? 'no such file' : 'file exists already' });
      return;
    }
    judged?.(edit, 'exact');
    byPath.set(edit.to, state);
    state.path = edit.to;
    // Renamings are done in the order in which they were asked for.
    states.splice(states.indexOf(state), 1);
    states.push(state);
    // What is made at the old name from now on is a file of its own.
    const vacant = { origin: undefined, path: edit.path, text: undefined };
    states.push(vacant);
    byPath.set(edit.path, vacant);
  }

  for (const edit of edits) {
    const state = stateOf(edit.path);
    if (edit.kind === 'rename') {
      rename(state, edit);
    } else if (edit.kind === 'delete') {
      if (state.text === undefined) {
        refuse(edit, { reason: 'no such file' });
        continue;
      }
      state.text = undefined;
      judged?.(edit, 'exact');
    } else {
      const origin = state.origin?.path ?? edit.path;
      const own = unblotted(edit, blottedOf(origin), otherThan(origin));
      const edited = own ? editText(state.text, own) : ({ problem: 'secret not shown' } as const);
      if ('text' in edited) {
        state.text = edited.text;
        judged?.(edit, edited.rung);
      } else {
        refuse(edit, reasonOf(edited));
      }
    }
  }
  for (const each of malformed) refuse(each, { reason: each.reason });

  const refused = new Set(refusals.flatMap(({ refused }) => pathsOf([refused])));
  const whole = states.filter(({ origin, path }) => !refused.has(path) && !refused.has(origin?.path ?? path));
  const changes = whole.map(changeOf).filter((change) => change !== undefined);
  changes.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return { changes, refusals };
}

const reasonOf = ({ problem, ...rest }: TextFailure): Omit<Refusal, 'path' | 'refused'> => ({
  reason: problem,
  ...rest,
});
