import type { ParsedEdits } from '../editBlocks.ts';
import type { Edit, Refusal } from './edit.ts';
import { pathsOf } from './fileChanges.ts';

/** Longest passage, in lines, that is sent back: what differs lies at its beginning or can be found from there. */
const longestPassage = 40;

/** What is wrong, said to the model. */
const said: Readonly<Record<Refusal['reason'], string>> = {
  'not found': 'the SEARCH lines are not in the file; copy them exactly',
  'found more than once': 'the SEARCH lines occur more than once; add lines around them until they occur once',
  'file exists already': 'a file of this name exists already; to change it use SEARCH lines',
  'no such file': 'there is no such file; to make one leave SEARCH empty',
  'lines left out': 'lines were left out with "..." or a comment; write every line',
  'file too long to replace': 'the file is too long for FILE; use SEARCH/REPLACE blocks',
  'secret not shown':
    'it changes a line with a secret that you were not shown; leave lines with ****** or [secret removed] out of SEARCH and REPLACE',
  'empty path': 'the path is empty',
  'absolute path': 'the path is absolute; write it relative to the folder, as listed',
  'path with a drive letter': 'the path has a drive letter; write it relative to the folder, as listed',
  'path with a backslash': 'write the path with /',
  'path outside of the folder': 'the path leads out of the folder; it must not contain ..',
  'path of version control': 'what version control keeps for itself must not be edited',
  'no path': 'no path stands on the line above the block',
  'no opening mark': 'the mark at its beginning is missing',
  'no divider': 'the line ======= between the two parts is missing',
  'more than one divider': 'more than one line could be the divider =======; take fewer lines, without such a line',
  'no end mark': 'the mark at its end is missing',
  'inside another block': 'it began before the block above it had ended',
  'wrong mark': 'one of its marks is not in the form asked for',
  'cut off': 'the answer ended inside it',
};

/** A fence that no line of the text ends. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^\s*(`+)/gm)].map(([, signs = '']) => signs.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

const isText = (line: string): boolean => line.trim() !== '' && !/^\s*(?:[<>=]{3,}|```)/.test(line);

/** The line by which the model knows the edit again. */
function firstLine({ refused }: Refusal): string {
  if (!('kind' in refused)) return refused.text.split('\n').find(isText)?.trim() ?? '';
  if (refused.kind === 'replace') return (refused.search || refused.replace).split('\n').find(isText)?.trim() ?? '';
  if (refused.kind === 'whole') return '';
  return refused.kind === 'rename' ? `RENAME ${refused.path} -> ${refused.to}` : `DELETE ${refused.path}`;
}

function paragraph(refusal: Refusal): string {
  const { path, reason, nearest, lines } = refusal;
  const line = firstLine(refusal);
  const head = `${path || '(no path)'}${line && `, at \`${line.slice(0, 80)}\``}: ${said[reason]}.`;
  if (lines) return `${head} They begin at lines ${lines.slice(0, 10).join(', ')}.`;
  if (!nearest) return head;
  const shown = nearest.text.split('\n').slice(0, longestPassage);
  const last = nearest.firstLine + shown.length - 1;
  return `${head} Nearest in the file, lines ${nearest.firstLine}-${last}:\n${fenced(shown.join('\n'))}`;
}

/**
 * What is sent to the model after edits were refused, in the words of the format that it was given: which, why, and what
 * the file has instead. Put its new edits in their places with {@link mendedEdits}. `wholes` are the texts of files whose edits
 * were refused again and again: they are to be written whole.
 */
export function retryMessage(refusals: readonly Refusal[], wholes: ReadonlyMap<string, string> = new Map()): string {
  const count = refusals.length === 1 ? 'One edit was' : `${refusals.length} edits were`;
  return [
    `${count} not applied. Write only these again, complete and in the same form; the others stand.`,
    ...refusals.filter(({ path }) => !wholes.has(path)).map(paragraph),
    ...[...wholes].map(
      ([path, text]) =>
        `${path}: its edits do not fit. Give its whole new text as a FILE block, with all that you change in it. It is now:\n${fenced(text)}`,
    ),
  ].join('\n\n');
}

const key = (edit: Edit): string => JSON.stringify(Object.entries(edit).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * The edits that stood, with those of the answer to {@link retryMessage} in the place of the first that was refused (what
 * follows may build on them). One that the model repeats counts once. A refused edit of a file of which the answer says
 * nothing stays, to be refused again: without it the file would be changed by half.
 */
export function mendedEdits(edits: readonly Edit[], refusals: readonly Refusal[], again: readonly Edit[]): Edit[] {
  const answered = new Set(pathsOf(again));
  const gone = new Set<Refusal['refused']>(
    refusals
      .filter(({ refused }) => pathsOf([refused]).some((path) => answered.has(path)))
      .map(({ refused }) => refused),
  );
  const first = edits.findIndex((edit) => gone.has(edit));
  const place = first < 0 ? edits.length : first;
  // A file that is written whole now needs none of the edits before.
  const rewritten = new Set(again.flatMap(({ kind, path }) => (kind === 'whole' ? [path] : [])));
  const isRewritten = ({ kind, path }: Edit) => (kind === 'replace' || kind === 'whole') && rewritten.has(path);
  const standing = (some: readonly Edit[]) => some.filter((edit) => !gone.has(edit) && !isRewritten(edit));
  const known = new Set(standing(edits).map(key));
  const added = again.filter((edit) => !known.has(key(edit)));
  return [...standing(edits.slice(0, place)), ...added, ...standing(edits.slice(place))];
}

/** The edits and faults of an answer after one to {@link retryMessage}: faults in files that it says nothing of stay too. */
export function mended(
  { edits, malformed }: Pick<ParsedEdits, 'edits' | 'malformed'>,
  refusals: readonly Refusal[],
  again: Pick<ParsedEdits, 'edits' | 'malformed'>,
): Pick<ParsedEdits, 'edits' | 'malformed'> {
  const answered = new Set([...pathsOf(again.edits), ...pathsOf(again.malformed)]);
  const open = malformed.filter(({ path }) => (path === '' ? answered.size === 0 : !answered.has(path)));
  return { edits: mendedEdits(edits, refusals, again.edits), malformed: [...open, ...again.malformed] };
}
