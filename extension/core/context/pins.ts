import * as l10n from '@vscode/l10n';
import type { IndexedFile } from '../repository/indexedFile.ts';
import { itemAt, type LevelReaders } from './levelItem.ts';
import { byReadingOrder } from './pathOrder.ts';
import { partsOf } from './selection.ts';
import { isBelow, type Steered } from './steered.ts';
import type { Piece, Writer } from './writer.ts';

/** What became of the pins. */
export interface Pinned {
  /** Those that fit, by path. */
  readonly pieces: readonly Piece[];
  /** Why others are not in, by path. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Files written at once: most pins are one. */
const atOnce = 32;

/** Tokens below which nothing fits: a heading alone takes about as many. */
const leastTokens = 6;

/**
 * Writes the pinned files in the order of their pins, each as it fits into what the earlier ones have left of the budget.
 * Whoever pins a large folder reads no more of it than may fit: a file has at least as many tokens as it has terms.
 */
export async function writePins(
  steered: Steered,
  readers: LevelReaders,
  writer: Writer,
  budget: number,
  isOut: (path: string) => boolean,
  signal: AbortSignal,
): Promise<Pinned> {
  const pieces: Piece[] = [];
  const refused = new Map<string, string>();
  let left = budget;
  for (const pin of steered.pins) {
    const { path, level = 'full' } = pin;
    const own = filesBelow(readers, path).filter((file) => steered.pinOf(file.path) === pin && !isOut(file.path));
    for (let at = 0; at < own.length; at += atOnce) {
      signal.throwIfAborted();
      const batch = own.slice(at, at + atOnce);
      const mayFit = batch.filter(
        ({ facts }) => left >= leastTokens && (level !== 'full' || facts.terms.ids.length <= left),
      );
      const items = await Promise.all(mayFit.map((file) => itemAt(level, file, readers)));
      const written = await writer.write(partsOf(items), signal);
      const byPath = new Map(written.map((piece) => [piece.file.path, piece]));
      for (const file of batch) {
        const piece = byPath.get(file.path);
        if (piece && piece.file.tokens <= left) {
          left -= piece.file.tokens;
          pieces.push({ ...piece, file: { ...piece.file, reason: l10n.t('pinned by you') } });
        } else if (piece) {
          const { tokens } = piece.file;
          refused.set(file.path, l10n.t('pinned by you, but it takes {0} tokens and {1} are left', tokens, left));
        } else refused.set(file.path, l10n.t('pinned by you, but the budget has no room for it'));
      }
    }
  }
  return { pieces: pieces.sort((a, b) => (a.file.path < b.file.path ? -1 : 1)), refused };
}

/** The files that a pin's path stands for, in reading order. */
function filesBelow({ index }: LevelReaders, path: string): IndexedFile[] {
  const one = index.find(path);
  if (one) return [one];
  return index.files
    .filter((file) => file !== undefined)
    .filter((file) => isBelow(file.path, path))
    .sort((a, b) => byReadingOrder(a.path, b.path));
}
