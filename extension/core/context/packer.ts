import * as l10n from '@vscode/l10n';
import type { Cursor, Omission, Pack, PackedFile, PackRequest } from '../pack.ts';
import type { Files, Packer, Tokenizer } from '../ports.ts';
import { createSnapshots, type Snapshot } from '../repository/snapshot.ts';
import { queryWords } from '../repository/words.ts';
import { rememberCounts } from '../tokens/tokenCache.ts';
import { byPathDistance, byReadingOrder } from './pathOrder.ts';
import { type RankedFile, rankFiles } from './rank.ts';
import { lineCount, linesOf, section } from './section.ts';

/** Lines around a cursor whose identifiers say what the next lines will need. */
const cursorLines = 60;

/** Sections counted in one go: one message to the worker instead of many. */
const countedAtOnce = 64;

/** Passages of one file, at the most, where the whole file does not fit. */
const mostPassages = 6;

/** A piece of the pack before its layout. */
interface Piece {
  readonly file: PackedFile;
  readonly text: string;
}

/** What a packer works on. */
export interface PackerPorts {
  readonly files: Files;
  readonly tokenizer: Tokenizer;
  /** A collision-free digest of a text. */
  readonly hash: (text: string) => string;
}

/** Creates a packer. It stays warm between requests. */
export function createPacker(ports: PackerPorts): Packer {
  const snapshots = createSnapshots(ports.files);
  const tokenizer = rememberCounts(ports.tokenizer, ports.hash);

  return {
    async pack(request, signal): Promise<Pack> {
      const snapshot = await snapshots.take(request, signal);
      const ranked = await order(snapshot, request, signal);
      const { pieces, omitted } = await fill(ranked, request.budget, tokenizer, signal);
      if (request.cursor)
        omitted.push({ path: request.cursor.path, reason: l10n.t('sent on its own, as the file at the cursor') });

      pieces.sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
      return {
        budget: request.budget,
        tokens: pieces.reduce((sum, { file }) => sum + file.tokens, 0),
        encoding: tokenizer.encoding,
        files: pieces.map(({ file }) => file),
        omitted: [...snapshot.omitted, ...omitted].sort((a, b) => (a.path < b.path ? -1 : 1)),
        text: pieces.map(({ text }) => text).join(''),
      };
    },
  };
}

/** The files in the order in which they are let into the pack. */
async function order(snapshot: Snapshot, request: PackRequest, signal: AbortSignal): Promise<RankedFile[]> {
  const { cursor, question } = request;
  const query = [question ?? '', cursor ? aroundCursor(snapshot, cursor) : ''].join('\n');
  const others = snapshot.files.filter((file) => file.path !== cursor?.path);
  const ranked = await rankFiles(others, queryWords(query), signal);
  const tie = cursor ? byPathDistance(cursor.path) : byReadingOrder;
  return ranked.sort((a, b) => b.score - a.score || tie(a.file.path, b.file.path));
}

function aroundCursor(snapshot: Snapshot, cursor: Cursor): string {
  const text = snapshot.files.find((file) => file.path === cursor.path)?.text ?? '';
  return linesOf(text, Math.max(1, cursor.line - cursorLines), cursor.line + cursorLines);
}

/** Lets files in, whole or by their best passages, until the budget is used. */
async function fill(
  ranked: readonly RankedFile[],
  budget: number,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<{ pieces: Piece[]; omitted: Omission[] }> {
  const pieces: Piece[] = [];
  const omitted: Omission[] = [];
  let left = budget;

  for (let at = 0; at < ranked.length; at += countedAtOnce) {
    signal.throwIfAborted();
    const batch = ranked.slice(at, at + countedAtOnce);
    const worthCounting = batch.filter(({ file }) => mayFit(file.text, left));
    const texts = worthCounting.map(({ file }) => section(file.path, file.text));
    const counts = await tokenizer.count(texts, signal);
    for (const candidate of batch) {
      const { path, text } = candidate.file;
      const i = worthCounting.indexOf(candidate);
      const tokens = i < 0 ? Number.POSITIVE_INFINITY : (counts[i] ?? Number.POSITIVE_INFINITY);
      if (tokens <= left) {
        left -= tokens;
        pieces.push({ file: { path, level: 'full', tokens, ranges: [[1, lineCount(text)]] }, text: texts[i] ?? '' });
        continue;
      }
      const excerpt = await bestPassages(candidate, left, tokenizer, signal);
      if (excerpt) {
        left -= excerpt.file.tokens;
        pieces.push(excerpt);
      } else {
        omitted.push({ path, reason: l10n.t('over the budget') });
      }
    }
  }
  return { pieces, omitted };
}

/** False where a text is too long to be worth counting: source has 3 to 5 characters a token. */
const mayFit = (text: string, tokens: number): boolean => text.length <= tokens * 12;

/** The best passages of a file that fit into `left` tokens, or undefined where none matches or fits. */
async function bestPassages(
  { file, passages }: RankedFile,
  left: number,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<Piece | undefined> {
  // A heading and one line of code take more than this.
  if (left < 24 || passages.length === 0) return undefined;
  const best = passages.slice(0, mostPassages);
  const texts = best.map(({ startLine, endLine }) =>
    section(`${file.path}:${startLine}-${endLine}`, linesOf(file.text, startLine, endLine)),
  );
  const counts = await tokenizer.count(texts, signal);
  let tokens = 0;
  const chosen = best
    .map((passage, i) => ({ passage, text: texts[i] ?? '', tokens: counts[i] ?? Number.POSITIVE_INFINITY }))
    .filter((each) => {
      if (tokens + each.tokens > left) return false;
      tokens += each.tokens;
      return true;
    })
    .sort((a, b) => a.passage.startLine - b.passage.startLine);
  if (chosen.length === 0) return undefined;
  const ranges = chosen.map(({ passage }) => [passage.startLine, passage.endLine] as const);
  return {
    file: { path: file.path, level: 'excerpt', tokens, ranges },
    text: chosen.map(({ text }) => text).join(''),
  };
}
