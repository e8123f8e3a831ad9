import { words } from '../repository/words.ts';
import type { Passage } from './rank.ts';
import { passageLines } from './rank.ts';
import { splitLines } from './section.ts';

/** Lines shown around one that the question names. */
const around = 20;

/**
 * The passages of a text that match a query, best first: runs of {@link passageLines} lines, words counting by their
 * rarity. Lines that are named come first, whatever stands there.
 */
export function findPassages(
  text: string,
  query: readonly string[],
  rarity: (word: string) => number,
  named: readonly number[],
): Passage[] {
  const lines = splitLines(text);
  const wanted = new Map(query.map((word) => [word, rarity(word)]));
  const passages: Passage[] = [];
  for (let start = 0; start < lines.length; start += passageLines) {
    const counts = new Map<string, number>();
    const end = Math.min(start + passageLines, lines.length);
    for (const word of words(lines.slice(start, end).join('\n')))
      if (wanted.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    let score = 0;
    for (const [word, count] of counts) score += ((wanted.get(word) ?? 0) * count * 2.2) / (count + 1.2);
    if (score > 0) passages.push({ startLine: start + 1, endLine: end, score });
  }
  passages.sort((a, b) => b.score - a.score || a.startLine - b.startLine);
  const best = passages[0]?.score ?? 1;
  const asked = named
    .filter((line) => line >= 1 && line <= lines.length)
    .map((line) => ({
      startLine: Math.max(1, line - around),
      endLine: Math.min(lines.length, line + around),
      score: best * 2,
    }));
  return [...asked, ...passages];
}
