import type { Level } from '../pack.ts';
import type { IndexedFile } from '../repository/indexedFile.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';
import type { FileSearch } from './fileSearch.ts';
import { findPassages } from './passageSearch.ts';
import type { Item } from './selection.ts';
import type { Unit, UnitReader } from './units.ts';

/** What is read to show a file at a level; without a query there are no excerpts. */
export interface LevelReaders {
  readonly index: RepositoryIndex;
  readonly units: UnitReader;
  readonly search?: FileSearch;
  readonly query?: readonly string[];
}

/** Passages of an excerpt that was asked for. */
const mostPassages = 3;

/** A file at a level, by its declarations: an excerpt is a skeleton here, and a skeleton without declarations a name. */
export function unitsItem(level: Level, file: IndexedFile, units: readonly Unit[], lineCount: number): Item {
  if (level === 'full') return { file, lineCount, lines: 'all' };
  const lines = level === 'name' ? [] : [...new Set(units.flatMap((unit) => unit.lines))];
  return lines.length === 0 ? { file, lineCount, lines: 'name' } : { file, lineCount, lines, level: 'skeleton' };
}

/** A file at the level that the user has set: its best passages for an excerpt, where any match. */
export async function itemAt(
  level: Level,
  file: IndexedFile,
  { index, units, search, query = [] }: LevelReaders,
): Promise<Item> {
  if (level === 'full') return { file, lineCount: Number.POSITIVE_INFINITY, lines: 'all' };
  const { units: own, lineCount } = await units.read(file);
  if (level === 'excerpt' && search && query.length > 0) {
    const text = (await index.text(file)) ?? '';
    const passages = findPassages(text, query, search.rarity, []).slice(0, mostPassages);
    const lines = passages.flatMap(({ startLine, endLine }) =>
      Array.from({ length: endLine - startLine + 1 }, (_, at) => startLine + at),
    );
    if (lines.length > 0) return { file, lineCount, lines, level };
  }
  return unitsItem(level, file, own, lineCount);
}
