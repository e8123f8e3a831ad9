/** What a model is asked for first. It stands at the end of the user's message: the head of the prompt is that of the edits, too. */
export const planRequest = `Do not write edits yet. First answer with a plan of exactly this form and nothing else:

One to three sentences on how you do it.

FILES
- path/to/file: what changes in it, in one line
- path/to/new/file (new): what it will hold
- path/to/old/file (delete): why it goes
- old/path -> new/path: what changes in it

RISKS
- what may break, in one line; leave this part out where nothing may

List every file that has to change, each once, with its path as given above, tests and documents too. You will be given the \
whole text of each of them before you write the edits. If nothing has to change, say so and leave the list out.`;

/** What stands before the texts of the files that are edited next. */
export interface EditRequest {
  /** Paths whose edits are to be written now; those that are there come with their texts. */
  readonly paths: readonly string[];
  /** Paths of the plan that the user took out. */
  readonly leftOut: readonly string[];
  /** Paths that the user added to the plan. */
  readonly added: readonly string[];
  /** Edits of files of the same plan that were written before. */
  readonly written: string;
  /** Paths whose edits come later. */
  readonly later: readonly string[];
}

const list = (paths: readonly string[]): string => paths.map((path) => `- ${path}`).join('\n');

/** What a model is told to write the edits of some files of its plan. The texts of the files stand before it. */
export function editRequest({ paths, leftOut, added, written, later }: EditRequest): string {
  return [
    ...(written === '' ? [] : [`These edits of your plan were written before; do not write them again:\n\n${written}`]),
    ...(leftOut.length === 0 ? [] : [`I took these files out of the plan; do not change them:\n${list(leftOut)}`]),
    ...(added.length === 0 ? [] : [`I added these files to the plan:\n${list(added)}`]),
    ...(later.length === 0 ? [] : [`The edits of these files come later; do not write them now:\n${list(later)}`]),
    `Now write the edits of these files, as blocks of the form that you were given. The texts above are the files as they are \
now; copy SEARCH lines from them:\n${list(paths)}`,
  ].join('\n\n');
}
