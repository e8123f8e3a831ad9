import type { Cursor, PackRequest } from '../pack.ts';
import type { IndexedFile } from '../repository/indexedFile.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import { inSpells } from '../spells.ts';
import { viewFrom } from './cursorView.ts';
import { rankFilesFor, reasonOf } from './fileRank.ts';
import { unitsItem } from './levelItem.ts';
import type { Item, PackOrder, Selection } from './selection.ts';
import { findLikeness } from './similarFiles.ts';
import type { PassageReader } from './similarPassages.ts';
import type { Choices } from './steered.ts';
import { type RankedUnits, rankUnits, type ScoredUnit } from './unitRank.ts';
import type { UnitReader } from './units.ts';

/** What ranking for a cursor reads. */
export interface CursorReaders {
  readonly index: RepositoryIndex;
  readonly units: UnitReader;
  readonly passages: PassageReader;
}

/** Characters a token, at a guess; the exact count comes later. */
const charactersPerToken = 4.4;

/** Tokens of a whole file for each term that it holds, at a guess. */
const tokensPerTerm = 1.8;

/** Tokens of a heading besides its path, and of the mark of a gap. */
const headingTokens = 5;
const gapTokens = 1;

/** Files whose declarations are looked at: where nearly all that is needed stands (99 % within the first 160). */
const filesWithin = (budget: number): number =>
  budget <= 4_000 ? 120 : Math.max(200, Math.min(4_000, Math.round(budget / 500)));

/** The share of the budget that signatures have first call on; what is left goes to whole bodies of the nearest files. */
const signatureShare = (budget: number): number => (budget <= 16_000 ? 1 : budget <= 64_000 ? 0.85 : 0.7);

/** What costs twice as much must be this much likelier (a power): the best exponent lies between 0.3 and 0.7. */
const thrift = 0.5;

/** Ranks everything for a cursor, and returns what to let in first. The file at the cursor is left out. */
export async function orderForCursor(
  { index, units, passages }: CursorReaders,
  cursor: Cursor,
  text: string,
  { budget, recent }: Pick<PackRequest, 'budget' | 'recent'>,
  choices: Choices,
  meanwhile: (files: readonly IndexedFile[]) => Promise<void>,
  signal: AbortSignal,
): Promise<PackOrder> {
  const view = viewFrom(cursor.path, text, cursor.line);
  const self = index.find(cursor.path)?.slot ?? -1;
  const imports = index.graph.ofStatements(cursor.path, view.imports);
  const spell = inSpells(signal);
  const likeness = findLikeness(index, view, self);
  await spell();
  const files = await rankFilesFor(index, view, imports, likeness, self, recent);
  await spell();
  const nearest = files.filter(({ file }) => !choices.skips(file.path)).slice(0, filesWithin(budget));
  // The parser works on a thread of its own: all it will be asked for, at once.
  const reading = Promise.all(nearest.map(async (scored) => ({ ...scored, units: await units.read(scored.file) })));
  reading.catch(() => {});
  const likePassages = await passages.termsNear(view, likeness);
  await meanwhile(nearest.map(({ file }) => file));
  const near = await reading;
  signal.throwIfAborted();
  const ranked = rankUnits(index, view, imports, likeness, likePassages, near);
  await spell();
  return order(ranked, budget, choices);
}

/** One unit of a file; or, where the user has set the file's level, all that there is to be of it. */
interface Head {
  readonly file: RankedUnits;
  readonly scored: ScoredUnit | undefined;
  readonly worth: number;
}

function order(ranked: readonly RankedUnits[], budget: number, { levelOf }: Choices): PackOrder {
  const fixed = new Map<number, Item>();
  for (const { file, units, lineCount } of ranked) {
    const level = levelOf(file.path);
    if (level)
      fixed.set(
        file.slot,
        unitsItem(
          level,
          file,
          units.map(({ unit }) => unit),
          lineCount,
        ),
      );
  }
  const heads = ranked
    .flatMap((file): Head[] => {
      const all = file.units.map((scored) => ({ file, scored, worth: worthOf(scored) }));
      if (!fixed.has(file.file.slot)) return all;
      return [{ file, scored: undefined, worth: Math.max(chanceOf(file.score) / 8, ...all.map(({ worth }) => worth)) }];
    })
    .sort(
      (a, b) =>
        b.worth - a.worth ||
        (a.file.file.path < b.file.file.path
          ? -1
          : a.file.file.path > b.file.file.path
            ? 1
            : (a.scored?.unit.at ?? 0) - (b.scored?.unit.at ?? 0)),
    );
  const weighed = new Set(ranked.map(({ file }) => file.slot));
  const shown = new Map<number, Set<number>>();
  const whole = new Set<number>();
  let head = 0;
  let body = 0;
  let signatureTokens = signatureShare(budget) * budget;

  /** The unit's own lines and its parents', and what they cost beyond what is shown already. */
  function headItem({ file, scored }: Head): { item: Item; tokens: number } | undefined {
    const { slot } = file.file;
    const item = fixed.get(slot);
    if (item) return { item, tokens: item.lines === 'all' ? wholeCost(file.file) : itemCost(item, file) };
    if (!scored) return undefined;
    if (whole.has(slot)) return undefined;
    const there = shown.get(slot) ?? new Set<number>();
    const lines: number[] = [];
    let tokens = there.size === 0 ? headingTokens + file.file.path.length / 4 : 0;
    for (let at = scored.unit.at; at >= 0; at = file.units[at]?.unit.parent ?? -1) {
      const unit = file.units[at]?.unit;
      if (!unit || there.has(at)) break;
      there.add(at);
      lines.push(...unit.lines);
      tokens += unit.characters / charactersPerToken + gapTokens;
      if (unit.parent >= at) break;
    }
    if (lines.length === 0) return undefined;
    shown.set(slot, there);
    return { item: { file: file.file, lineCount: file.lineCount, lines }, tokens };
  }

  /** Lets signatures in for about so many tokens, and returns what they take. */
  function fillHeads(selection: Selection, tokens: number, room: number): number {
    let taken = 0;
    while (taken < tokens && head < heads.length) {
      const next = heads[head++];
      const made = next && headItem(next);
      // Signatures are small. What the user has set may be large, and would push out all that follows.
      if (!made || (!next.scored && taken + made.tokens > room)) continue;
      selection.add(made.item);
      taken += made.tokens;
    }
    return taken;
  }

  /** Lets whole files in for at most so many tokens, and returns what they take. */
  function fillBodies(selection: Selection, tokens: number): number {
    let taken = 0;
    while (taken < tokens && body < ranked.length) {
      const next = ranked[body++];
      const cost = next ? wholeCost(next.file) : 0;
      if (!next || fixed.has(next.file.slot) || taken + cost > tokens) continue;
      whole.add(next.file.slot);
      selection.add({ file: next.file, lineCount: next.lineCount, lines: 'all' });
      taken += cost;
    }
    return taken;
  }

  return {
    considered: (slot) => weighed.has(slot),
    reason: ({ slot }) => reasonOf(ranked.find(({ file }) => file.slot === slot)?.why),
    fill(selection, tokens) {
      const before = selection.length;
      let left = tokens;
      const signatures = fillHeads(selection, Math.min(left, signatureTokens), left);
      signatureTokens -= signatures;
      left -= signatures;
      left -= fillBodies(selection, left);
      fillHeads(selection, left, left);
      return selection.length > before;
    },
  };
}

const wholeCost = ({ facts }: IndexedFile): number => facts.terms.length * tokensPerTerm + headingTokens;

/** What an item at a level below the whole takes, at a guess. */
function itemCost({ file, lines }: Item, { units }: RankedUnits): number {
  const heading = headingTokens + file.path.length / 4;
  if (lines === 'name') return heading;
  return heading + units.reduce((sum, { unit }) => sum + unit.characters / charactersPerToken + gapTokens, 0);
}

/** Log-odds as a chance. */
const chanceOf = (score: number): number => 1 / (1 + Math.exp(-score));

/** The chance of being needed for what it costs. */
function worthOf({ unit, score }: ScoredUnit): number {
  return chanceOf(score) / (unit.characters / charactersPerToken + 6) ** thrift;
}
