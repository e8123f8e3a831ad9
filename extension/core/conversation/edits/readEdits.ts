import { type ParsedEdits, parseEditBlocks } from '../editBlocks.ts';
import { hidden } from './blots.ts';
import type { Edit, MalformedEdit, Refusal } from './edit.ts';
import { longestWholeFile } from './editText.ts';
import { type FileChanges, fileChanges, pathsOf } from './fileChanges.ts';
import { type EditForm, type EditOutcome, formOf } from './formatRecord.ts';
import { mended, retryMessage } from './retry.ts';

/** The answers of one request for edits. */
export interface EditAnswers {
  /** What was written first, in parts where the files were many. */
  readonly written: readonly string[];
  /** What was written in answer to each message about what was refused. */
  readonly mended: readonly string[];
  /** What was written last was ended before its time: the file that it was at may lack edits. */
  readonly isCut?: boolean;
}

/** What the answers are read against. */
export interface EditGround {
  /** Texts of the files that exist, by path; asked for as often as the answers name other files. */
  texts(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The same as a model may see them, their secrets starred out; a file that is missing in it may not be seen at all. */
  shown(texts: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>>;
  /** Paths that the user does not want to be changed. */
  readonly leftOut?: readonly string[];
  /** Paths of which edits were refused before: the next time they are asked for whole. */
  readonly troubled?: ReadonlySet<string>;
}

/** What the answers come to. */
export interface EditsRead extends FileChanges {
  /** Paths that the user did not want to be changed, and the model wanted to. */
  readonly unwanted: readonly string[];
  /** What to tell the model of edits that were refused; undefined where none was. */
  readonly retry?: string;
  /** How the edits fitted, those that were written first and those that were mended. */
  readonly outcomes: readonly (readonly [EditForm, EditOutcome, number?])[];
}

type Parsed = Parameters<typeof fileChanges>[0];

/** Refuses the file that an answer was at when it was ended: half of its edits may be worse than none. */
function withoutLast({ edits, malformed, incomplete }: ParsedEdits): Parsed {
  const last = edits.at(-1);
  if (incomplete || last?.kind !== 'replace') return { edits, malformed };
  return { edits, malformed: [...malformed, { reason: 'cut off', path: last.path, text: '', line: 0 }] };
}

/** Leaves out the edits of files that are not to be changed. */
function wanted({ edits, malformed }: Parsed, leftOut: ReadonlySet<string>): Parsed & { unwanted: string[] } {
  const isUnwanted = (edit: Edit | MalformedEdit): boolean => pathsOf([edit]).some((path) => leftOut.has(path));
  const unwanted = [...edits, ...malformed].filter(isUnwanted).flatMap((edit) => pathsOf([edit]));
  const keep = <T extends Edit | MalformedEdit>(some: readonly T[]): T[] => some.filter((edit) => !isUnwanted(edit));
  return { edits: keep(edits), malformed: keep(malformed), unwanted: unwanted.filter((path) => leftOut.has(path)) };
}

/** What is told to the model of refusals: nothing of a file that it may not see, and no secret. */
function retryFor(
  refusals: readonly Refusal[],
  texts: ReadonlyMap<string, string>,
  shown: ReadonlyMap<string, string>,
  troubled: ReadonlySet<string>,
): string {
  const safe = refusals.map((refusal): Refusal => {
    const { nearest, ...rest } = refusal;
    const [text, view] = [texts.get(refusal.path), shown.get(refusal.path)];
    if (!nearest || text === undefined || view === undefined) return rest;
    return { ...rest, nearest: { ...nearest, text: hidden(nearest.text, { text, shown: view }) } };
  });
  const isShort = (text: string): boolean => text.split('\n').length <= longestWholeFile;
  const wholes = [...new Set(refusals.map(({ path }) => path))].flatMap((path): [string, string][] => {
    const text = shown.get(path);
    return text !== undefined && troubled.has(path) && isShort(text) ? [[path, text]] : [];
  });
  return retryMessage(safe, new Map(wholes));
}

/** Reads the edits of some answers against the files as they are. Undefined where there are none. */
export async function readEdits(answers: EditAnswers, ground: EditGround): Promise<EditsRead | undefined> {
  const leftOut = new Set(ground.leftOut);
  const unwanted: string[] = [];
  const parse = (answer: string, isCut = false): Parsed => {
    const read = parseEditBlocks(answer);
    const { unwanted: more, ...parsed } = wanted(isCut ? withoutLast(read) : read, leftOut);
    unwanted.push(...more);
    return parsed;
  };
  const { written, isCut } = answers;
  const parts = written.map((answer, at) => parse(answer, isCut && at === written.length - 1));
  let parsed: Parsed = {
    edits: parts.flatMap(({ edits }) => edits),
    malformed: parts.flatMap(({ malformed }) => malformed),
  };
  const outcomes: (readonly [EditForm, EditOutcome, number?])[] = [];
  let texts: ReadonlyMap<string, string> = new Map();
  let shown: ReadonlyMap<string, string> = new Map();
  const apply = async (judged?: (edit: Edit | MalformedEdit, outcome: EditOutcome) => void) => {
    texts = await ground.texts(pathsOf([...parsed.edits, ...parsed.malformed]));
    shown = await ground.shown(texts);
    return fileChanges(parsed, texts, { shown, ...(judged ? { judged } : {}) });
  };
  let changed = await apply((edit, outcome) => outcomes.push([formOf(edit), outcome]));
  const refusedFirst = changed.refusals;
  for (const answer of answers.mended) {
    parsed = mended(parsed, changed.refusals, parse(answer));
    changed = await apply();
  }
  const { changes, refusals } = changed;
  if (changes.length === 0 && refusals.length === 0 && unwanted.length === 0) return undefined;
  const still = new Set(refusals.map(({ path }) => path));
  for (const { path, refused } of refusedFirst) if (!still.has(path)) outcomes.push([formOf(refused), 'mended']);
  const retry = refusals.length > 0 ? retryFor(refusals, texts, shown, ground.troubled ?? new Set()) : undefined;
  return { changes, refusals, unwanted: [...new Set(unwanted)], outcomes, ...(retry === undefined ? {} : { retry }) };
}
