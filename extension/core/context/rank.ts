import { words } from '../repository/words.ts';
import { inSpells } from '../spells.ts';
import { prior } from './prior.ts';
import { splitLines } from './section.ts';

/** Lines a passage; what retrieval studies find best at small budgets (context-packing.md section 0). */
export const passageLines = 40;

/** A text and where it stands. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A run of lines and how well it matches; lines are 1-based and inclusive. */
export interface Passage {
  readonly startLine: number;
  readonly endLine: number;
  readonly score: number;
}

/** A file, its best passages first, and the score of the file as a whole. */
export interface RankedFile<File extends SourceFile = SourceFile> {
  readonly file: File;
  readonly score: number;
  readonly passages: readonly Passage[];
}

// BM25's usual constants.
const k1 = 1.2;
const b = 0.75;

/** What a match in the path is worth, in occurrences within a passage. */
const pathWeight = 3;

interface Counted {
  readonly startLine: number;
  readonly endLine: number;
  readonly length: number;
  readonly counts: ReadonlyMap<string, number>;
}

async function countPassages(
  file: SourceFile,
  wanted: ReadonlySet<string>,
  spell: ReturnType<typeof inSpells>,
): Promise<Counted[]> {
  const lines = splitLines(file.text);
  const pathWords = words(file.path).filter((word) => wanted.has(word));
  const passages: Counted[] = [];
  for (let start = 0; start < lines.length; start += passageLines) {
    await spell();
    const end = Math.min(start + passageLines, lines.length);
    const found = words(lines.slice(start, end).join('\n'));
    const counts = new Map<string, number>();
    for (const word of found) if (wanted.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const word of pathWords) counts.set(word, (counts.get(word) ?? 0) + pathWeight);
    passages.push({ startLine: start + 1, endLine: end, length: found.length, counts });
  }
  return passages;
}

/**
 * Ranks files for a query by BM25 over passages of {@link passageLines} lines, with the path as a field.
 * A file scores as its best passage. The result is in the order of `files`.
 * Works in spells of a few milliseconds: it may run where a user types.
 * @throws the signal's reason when aborted.
 */
export async function rankFiles<File extends SourceFile>(
  files: readonly File[],
  query: readonly string[],
  signal?: AbortSignal,
): Promise<RankedFile<File>[]> {
  const wanted = new Set(query);
  const spell = inSpells(signal);
  const counted: Counted[][] = [];
  for (const file of files) counted.push(await countPassages(file, wanted, spell));

  const passages = counted.flat();
  const meanLength = passages.reduce((sum, passage) => sum + passage.length, 0) / (passages.length || 1);
  const inPassages = new Map<string, number>();
  for (const { counts } of passages)
    for (const word of counts.keys()) inPassages.set(word, (inPassages.get(word) ?? 0) + 1);
  const rarity = (word: string): number => {
    const n = inPassages.get(word) ?? 0;
    return Math.log(1 + (passages.length - n + 0.5) / (n + 0.5));
  };

  const score = ({ counts, length }: Counted): number => {
    let sum = 0;
    for (const [word, count] of counts) {
      const norm = k1 * (1 - b + (b * length) / (meanLength || 1));
      sum += (rarity(word) * count * (k1 + 1)) / (count + norm);
    }
    return sum;
  };

  return files.map((file, i) => {
    const scored = (counted[i] ?? [])
      .map((passage) => ({
        startLine: passage.startLine,
        endLine: passage.endLine,
        score: score(passage) * prior(file.path),
      }))
      .filter((passage) => passage.score > 0)
      .sort((x, y) => y.score - x.score || x.startLine - y.startLine);
    return { file, score: scored[0]?.score ?? 0, passages: scored };
  });
}
