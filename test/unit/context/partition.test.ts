import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { type DividedFile, partition, pieceSection } from '../../../extension/core/context/partition.ts';
import { splitLines } from '../../../extension/core/context/section.ts';
import type { PartPiece, PartPlan, Tokenizer } from '../../../extension/core/ports.ts';
import { lineOutline } from '../../../extension/core/repository/lineOutline.ts';
import { createTiktoken } from '../../../extension/node/tiktoken.ts';

const never = new AbortController().signal;

/** Numbers that are the same at every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const words = [
  'const',
  'total',
  '=',
  'readHttpBody(',
  '退款流程',
  ');',
  '{',
  '}',
  '// note',
  '"💥💥"',
  '\t',
  'x',
  '0x1f',
];

/** A file of made-up lines: some empty, some longer than any part. */
function makeText(next: () => number, lines: number, longest: number): string {
  const made = Array.from({ length: lines }, () => {
    const kind = next();
    if (kind < 0.15) return '';
    if (kind < 0.3) return `export function f${Math.floor(next() * 1_000)}() {`;
    const count = Math.floor(next() * (kind > 0.97 ? longest : 12));
    return Array.from({ length: count }, () => words[Math.floor(next() * words.length)]).join(' ');
  });
  return made.join('\n') + (next() < 0.8 ? '\n' : '');
}

async function* asFiles(texts: ReadonlyMap<string, string>): AsyncGenerator<DividedFile> {
  for (const [path, text] of texts) yield { path, text, outline: async () => lineOutline(text) };
}

/** What the pieces of a file hold, put together again. */
function putTogether(pieces: readonly PartPiece[], text: string): string {
  const lines = splitLines(text);
  let made = '';
  let next = 1;
  let column = 0;
  for (const { startLine, endLine, columns } of pieces) {
    if (columns) {
      assert.equal(startLine, endLine);
      assert.equal(startLine, next);
      assert.equal(columns[0], column);
      made += lines[startLine - 1]?.slice(...columns) ?? '';
      column = columns[1];
      if (column < (lines[startLine - 1]?.length ?? 0)) continue;
      made += '\n';
      column = 0;
    } else {
      assert.equal(startLine, next, 'lines follow each other');
      made += lines
        .slice(startLine - 1, endLine)
        .map((line) => `${line}\n`)
        .join('');
    }
    next = endLine + 1;
  }
  return made;
}

describe('a repository in parts', () => {
  let tokenizer: Tokenizer;
  before(async () => {
    tokenizer = await createTiktoken(resolve('dist'));
  });
  const divide = (texts: ReadonlyMap<string, string>, budget: number) =>
    partition(asFiles(texts), budget, tokenizer, tokenizer, never);
  const piecesOf = (parts: readonly PartPlan[], path: string) =>
    parts.flatMap(({ pieces }) => pieces.filter((piece) => piece.path === path));

  it('has every line exactly once, in order, and no part over its budget', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const next = random(seed);
      const budget = 60 + Math.floor(next() * 1_500);
      const texts = new Map(
        Array.from({ length: 1 + Math.floor(next() * 12) }, (_, at) => [
          `src/${String.fromCharCode(97 + at)}.ts`,
          makeText(next, Math.floor(next() * 150) + 1, 2_000),
        ]),
      );
      const parts = await divide(texts, budget);
      for (const { tokens, pieces } of parts) {
        const text = pieces.map((piece) => pieceSection(piece, texts.get(piece.path) ?? '')).join('');
        const [exact = 0] = await tokenizer.count([text]);
        assert.equal(tokens, exact, `seed ${seed}: the sum is exact`);
        assert.ok(exact <= budget, `seed ${seed}: ${exact} of ${budget}`);
      }
      const order = parts.flatMap(({ pieces }) => pieces.map(({ path }) => path));
      assert.deepEqual(order, [...order].sort(), `seed ${seed}: by path`);
      for (const [path, text] of texts) {
        const whole = splitLines(text)
          .map((line) => `${line}\n`)
          .join('');
        assert.equal(putTogether(piecesOf(parts, path), text), whole, `seed ${seed}: ${path}`);
      }
    }
  });

  it('leaves what fits whole, and cuts before a declaration', async () => {
    const small = 'export const one = 1;\n';
    const large = Array.from({ length: 40 }, (_, at) => `export function f${at}() {\n  return ${at};\n}\n`).join('\n');
    const parts = await divide(
      new Map([
        ['a.ts', small],
        ['b.ts', large],
        ['c.ts', small],
      ]),
      220,
    );
    assert.deepEqual(
      [...piecesOf(parts, 'a.ts'), ...piecesOf(parts, 'c.ts')].map(({ isWhole }) => isWhole),
      [true, true],
    );
    const cuts = piecesOf(parts, 'b.ts');
    assert.ok(cuts.length > 2);
    for (const { startLine } of cuts) assert.match(splitLines(large)[startLine - 1] ?? '', /^export function/);
  });

  it('says so where the budget has no room for anything', async () => {
    await assert.rejects(divide(new Map([['a.ts', 'x '.repeat(200)]]), 5), RangeError);
  });

  it('is none where there is nothing', async () => {
    assert.deepEqual(await divide(new Map(), 100), []);
  });
});
