import type { PartPiece, PartPlan, Tokenizer } from '../ports.ts';
import type { Outline } from '../repository/outline.ts';
import { section, splitLines } from './section.ts';

/** A file to be divided. */
export interface DividedFile {
  readonly path: string;
  /** What of it may be sent. */
  readonly text: string;
  /** Its declarations, for a file that has to be cut. */
  outline(): Promise<Outline>;
}

/** The text of a piece as it stands in a part: a section of its own, with the lines that it holds in the heading. */
export function pieceSection(piece: Omit<PartPiece, 'tokens'>, text: string): string {
  const { path, startLine, endLine, isWhole, columns } = piece;
  if (isWhole) return section(path, text);
  const body = splitLines(text)
    .slice(startLine - 1, endLine)
    .join('\n');
  return section(`${path}:${startLine}-${endLine}`, columns ? body.slice(...columns) : body);
}

/** The share of a part that a cut must leave behind it at least, where it looks for a declaration to cut at. */
const leastFill = 0.5;

/**
 * Divides files into parts of so many tokens at the most, in the order in which they come: each line stands in exactly one
 * part. A file that is larger than a part is cut before a declaration where there is one, else between lines.
 * @param tokenizer counts whole sections, and may remember them; `counter` counts lines, which nobody asks for again
 * @throws RangeError where the budget is too small for a heading and a character
 */
export async function partition(
  files: AsyncIterable<DividedFile>,
  budget: number,
  tokenizer: Tokenizer,
  counter: Tokenizer,
  signal: AbortSignal,
): Promise<PartPlan[]> {
  const parts: PartPlan[] = [];
  let pieces: PartPiece[] = [];
  let tokens = 0;
  function close(): void {
    if (pieces.length > 0) parts.push({ tokens, pieces });
    pieces = [];
    tokens = 0;
  }
  function put(piece: PartPiece): void {
    if (tokens + piece.tokens > budget) close();
    pieces.push(piece);
    tokens += piece.tokens;
  }
  for await (const file of files) {
    signal.throwIfAborted();
    const [whole = 0] = await tokenizer.count([section(file.path, file.text)], signal);
    const endLine = splitLines(file.text).length;
    if (whole <= budget) put({ path: file.path, startLine: 1, endLine, isWhole: true, tokens: whole });
    else for (const piece of await cut(file, budget, counter, signal)) put(piece);
  }
  close();
  return parts;
}

/** Cuts one file into pieces within the budget. */
async function cut(file: DividedFile, budget: number, counter: Tokenizer, signal: AbortSignal): Promise<PartPiece[]> {
  const { path, text } = file;
  const lines = splitLines(text);
  const widest = `${lines.length}`;
  const [heading = 0, ...counts] = await counter.count(
    [section(`${path}:${widest}-${widest}`, ''), ...lines.map((line) => `${line}\n`)],
    signal,
  );
  const room = budget - heading;
  const boundaries = boundariesOf(await file.outline());
  const counted = async (piece: Omit<PartPiece, 'tokens'>): Promise<PartPiece> => {
    const [tokens = 0] = await counter.count([pieceSection(piece, text)], signal);
    return { ...piece, tokens };
  };

  const pieces: PartPiece[] = [];
  for (let startLine = 1; startLine <= lines.length; ) {
    signal.throwIfAborted();
    // Lines counted one by one are never fewer tokens than together, but for rare joins: the exact count decides.
    let sum = counts[startLine - 1] ?? 0;
    let endLine = startLine;
    while (endLine < lines.length && sum + (counts[endLine] ?? 0) <= room) sum += counts[endLine++] ?? 0;
    if (endLine < lines.length) endLine = atBoundary(startLine, endLine, boundaries, counts, room);
    let piece = await counted({ path, startLine, endLine, isWhole: false });
    while (piece.tokens > budget && endLine > startLine) {
      endLine = startLine + Math.floor((endLine - startLine) * 0.9);
      piece = await counted({ path, startLine, endLine, isWhole: false });
    }
    if (piece.tokens <= budget) pieces.push(piece);
    else pieces.push(...(await cutLine(piece, lines[startLine - 1] ?? '', budget, counted)));
    startLine = endLine + 1;
  }
  return pieces;
}

/** The lines at which declarations begin: those of the outermost first, then all. */
function boundariesOf(outline: Outline): readonly ReadonlySet<number>[] {
  const outermost = outline.filter(({ parent }) => parent < 0);
  return [outermost, outline].map((all) => new Set(all.map(({ startLine }) => startLine)));
}

/** The last line before a declaration begins, not too far up; the line itself where there is none. */
function atBoundary(
  startLine: number,
  endLine: number,
  boundaries: readonly ReadonlySet<number>[],
  counts: readonly number[],
  room: number,
): number {
  for (const starts of boundaries) {
    let sum = 0;
    let best: number | undefined;
    for (let line = startLine; line <= endLine; line++) {
      sum += counts[line - 1] ?? 0;
      if (sum >= room * leastFill && starts.has(line + 1)) best = line;
    }
    if (best !== undefined) return best;
  }
  return endLine;
}

/** Cuts a line that is longer than a part. */
async function cutLine(
  piece: PartPiece,
  line: string,
  budget: number,
  counted: (piece: Omit<PartPiece, 'tokens'>) => Promise<PartPiece>,
): Promise<PartPiece[]> {
  const pieces: PartPiece[] = [];
  const perToken = line.length / Math.max(1, piece.tokens);
  for (let from = 0; from < line.length; ) {
    let length = Math.max(1, Math.floor(perToken * budget * 0.9));
    for (;;) {
      const to = wholeCharacter(line, Math.min(line.length, from + length), from);
      const cutOut = await counted({ ...piece, columns: [from, to] });
      if (cutOut.tokens <= budget) {
        pieces.push(cutOut);
        from = to;
        break;
      }
      if (length <= 1) throw new RangeError(`a part of ${budget} tokens has no room for ${piece.path}`);
      length = Math.floor(length * 0.8);
    }
  }
  return pieces;
}

/** Never between the two halves of a character beyond U+FFFF. */
function wholeCharacter(line: string, at: number, from: number): number {
  const code = line.charCodeAt(at);
  const isLowHalf = at < line.length && code >= 0xdc00 && code <= 0xdfff;
  if (!isLowHalf) return at;
  return at - 1 > from ? at - 1 : at + 1;
}
