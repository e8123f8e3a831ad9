import * as l10n from '@vscode/l10n';
import type { PackRequest } from '../pack.ts';
import type { IndexedFile } from '../repository/indexedFile.ts';
import { queryWords } from '../repository/words.ts';
import { inSpells } from '../spells.ts';
import type { FileSearch } from './fileSearch.ts';
import type { CursorReaders } from './forCursor.ts';
import { itemAt, type LevelReaders } from './levelItem.ts';
import { mentionedFiles, mentionedSymbols } from './mentions.ts';
import { findPassages } from './passageSearch.ts';
import { byReadingOrder } from './pathOrder.ts';
import { costOf } from './repositoryShare.ts';
import { lineCount } from './section.ts';
import type { Item, PackOrder, Selection } from './selection.ts';
import type { Choices } from './steered.ts';

/** What ranking for a question reads. */
export interface QuestionReaders extends CursorReaders {
  readonly search: FileSearch;
}

const headingTokens = 14;
/** Of source and of data, Chinese text included. */
const mostBytesPerToken = 4.5;
const tokensPerLine = 10;

/** Files whose passages are looked at. */
const mostFiles = 300;

/**
 * The share of a budget that the best passage of each file takes, one file after the other, before more is read of the
 * files that match best. On changes of three repositories (`npm run bench -- questions`), less finds fewer of the files
 * that an answer needs, and more finds fewer of the lines.
 */
const breadth = (budget: number): number => (budget < wholeFilesFrom ? 0.6 : budget < 64_000 ? 0.4 : 0.3);

/** From this budget on whole files serve as well as passages, and read better (context-packing.md 1.2). */
const wholeFilesFrom = 24_000;

/** The share of a budget that one file may take as a whole. */
const largestShare = 0.12;

/** What a name in the question that a file declares is worth, in the score of the best file. */
const declares = 0.6;

/** What the best file's imports are worth, in its own score; they come after all that match by themselves as well. */
const importedShare = 0.25;

/**
 * Ranks everything for a question; where there is room after all that matches, and without a question, the rest follows in
 * the order in which a newcomer reads: a question may be asked in other words, or in another language, than the code has.
 * What is pinned is in already.
 */
export async function orderForQuestion(
  readers: QuestionReaders,
  { question = '', budget, within }: Pick<PackRequest, 'question' | 'budget' | 'within'>,
  choices: Choices,
  signal: AbortSignal,
): Promise<PackOrder> {
  const query = queryWords(question);
  const isOut = (path: string): boolean => choices.skips(path) || !isWithin(path, within);
  const allowed: Choices = { ...choices, skips: isOut };
  const matched = query.length > 0 ? await matching(readers, question, query, budget, allowed, signal) : nothing;
  const files = readers.index.files.filter((file) => file !== undefined).filter(({ path }) => !isOut(path));
  const matches = new Set(matched.items.map(({ item }) => item.file.slot));
  let left = matched.items;
  let rest: readonly Costed[] = await inReadingOrder(files, readers, choices);
  return {
    considered: (slot) => matches.size === 0 || matches.has(slot),
    reason: (file) =>
      matches.has(file.slot) ? matched.reason(file) : l10n.t('part of the repository, in reading order'),
    fill(selection, tokens) {
      const before = selection.length;
      left = letIn(left, selection, tokens);
      // What matches and was too large at first comes before what does not match.
      if (selection.length === before) rest = letIn(rest, selection, tokens);
      return selection.length > before;
    },
  };
}

/** Lets in what fits, and returns the others: they may fit once it is known what the rest has really taken. */
function letIn(items: readonly Costed[], selection: Selection, tokens: number): readonly Costed[] {
  let room = tokens;
  return items.filter((each) => {
    if (each.tokens > room * 1.15) return true;
    selection.add(each.item);
    room -= each.tokens;
    return false;
  });
}

/** Whether a path lies in a folder; all do where none is named. */
export const isWithin = (path: string, folder: string | undefined): boolean =>
  folder === undefined || path.startsWith(`${folder}/`);

interface Costed {
  readonly item: Item;
  readonly tokens: number;
}

interface Scored extends Costed {
  readonly score: number;
}

interface Ordered {
  readonly items: readonly Costed[];
  readonly reason: PackOrder['reason'];
}

const nothing: Ordered = { items: [], reason: () => '' };

/** What an item at a level that the user has set takes, at a guess. */
function costAt({ file, lines }: Item): number {
  if (lines === 'all') return costOf(file);
  return headingTokens + (lines === 'name' ? 0 : lines.length * tokensPerLine);
}

/** Files as a newcomer reads them, whole unless the user has set a level. */
async function inReadingOrder(
  files: readonly IndexedFile[],
  readers: QuestionReaders,
  choices: Choices,
): Promise<Costed[]> {
  const items: Costed[] = [];
  for (const file of files.toSorted((a, b) => byReadingOrder(a.path, b.path)))
    items.push(await whole(file, readers, choices));
  return items;
}

/** A file whole, or at the level that the user has set. */
async function whole(file: IndexedFile, readers: LevelReaders, choices: Choices): Promise<Costed> {
  const level = choices.levelOf(file.path);
  const item: Item = level
    ? await itemAt(level, file, readers)
    : { file, lineCount: Number.POSITIVE_INFINITY, lines: 'all' };
  // Data has few terms for its size; a file that takes far more than was thought pushes others out.
  return { item, tokens: item.lines === 'all' ? Math.max(costAt(item), file.bytes / mostBytesPerToken) : costAt(item) };
}

async function matching(
  { index, units, search }: QuestionReaders,
  question: string,
  query: readonly string[],
  budget: number,
  choices: Choices,
  signal: AbortSignal,
): Promise<Ordered> {
  const readers: LevelReaders = { index, units, search, query };
  const spell = inSpells(signal);
  const found = await search.search(query, signal);
  const scores = new Map(found.map(({ file, score }) => [file.slot, score]));
  const top = found[0]?.score || 1;
  const raise = (slot: number, by: number) => scores.set(slot, (scores.get(slot) ?? 0) + by);

  const declared = new Map<number, string>();
  for (const name of mentionedSymbols(question)) {
    const slots = index.definers(name);
    for (const slot of slots) {
      raise(slot, (top * declares) / Math.max(1, slots.length));
      if (!declared.has(slot)) declared.set(slot, name);
    }
  }
  const mentions = mentionedFiles(index, question);
  for (const { file } of mentions) raise(file.slot, top);

  const ranked = () =>
    [...scores]
      .flatMap(([slot, score]) => ({ file: index.files[slot], score }))
      .filter((each): each is { file: IndexedFile; score: number } => each.file !== undefined)
      .sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : 1));
  /** Files that are there only for who imports them, with the path of that. */
  const importers = new Map<number, string>();
  for (const { file, score } of ranked().slice(0, 10)) {
    const { names, wholes } = index.graph.of(file);
    const imported = new Set([...names, ...wholes].map(({ slot }) => slot));
    for (const slot of imported) {
      if (!scores.has(slot)) importers.set(slot, file.path);
      scores.set(slot, Math.max(scores.get(slot) ?? 0, score * importedShare));
    }
  }

  const rarity = (word: string) => search.rarity(word);
  const first: Scored[] = [];
  const rest: Scored[] = [];
  const wholes: Scored[] = [];
  const wanted = ranked().filter(({ file }) => !choices.skips(file.path));
  for (const { file, score } of wanted.slice(0, mostFiles)) {
    await spell();
    const level = choices.levelOf(file.path);
    if (level) {
      const item = await itemAt(level, file, readers);
      first.push({ item, tokens: costAt(item), score });
      continue;
    }
    const text = await index.text(file);
    if (text === undefined) continue;
    const lines = lineCount(text);
    const cost = costOf(file);
    const mentioned = mentions.find((each) => each.file === file)?.lines ?? [];
    if (cost <= budget * largestShare)
      wholes.push({ item: { file, lineCount: lines, lines: 'all' }, tokens: cost, score });
    const passages = findPassages(text, query, rarity, mentioned);
    const best = passages[0]?.score || 1;
    for (const [i, passage] of passages.entries()) {
      const own = Array.from({ length: passage.endLine - passage.startLine + 1 }, (_, at) => passage.startLine + at);
      const tokens = own.length * tokensPerLine + headingTokens;
      const item = { file, lineCount: lines, lines: own };
      (i === 0 ? first : rest).push({ item, tokens, score: (score * (1 + passage.score / best)) / 2 });
    }
  }
  const byScore = (a: Scored, b: Scored) => b.score - a.score;
  first.sort(byScore);
  const chosen: Costed[] = [];
  let taken = 0;
  for (const each of first) {
    if (taken > breadth(budget) * budget) break;
    chosen.push(each);
    taken += each.tokens;
  }
  const later: Costed[] = [...first.slice(chosen.length), ...rest].sort(byScore);
  if (budget >= wholeFilesFrom) {
    chosen.push(...wholes.sort(byScore));
    for (const { file } of wanted.slice(mostFiles)) later.push(await whole(file, readers, choices));
  }
  const named = new Set(mentions.map(({ file }) => file.slot));
  const words = new Map(found.map((each) => [each.file.slot, each.words]));
  function reason({ slot }: IndexedFile): string {
    const name = declared.get(slot);
    const importer = importers.get(slot);
    if (named.has(slot)) return l10n.t('named in the question');
    if (name !== undefined) return l10n.t('declares {0}, which the question names', name);
    if (importer !== undefined) return l10n.t('imported by {0}', importer);
    return l10n.t('matches the words {0}', words.get(slot)?.().join(', ') ?? '');
  }
  return { items: [...chosen, ...later], reason };
}
