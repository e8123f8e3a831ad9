import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { splitLines } from '../../extension/core/context/section.ts';
import type { Tokenizer } from '../../extension/core/ports.ts';
import { createBulkFiles } from '../../extension/node/bulkFiles.ts';
import { createNodePacker } from '../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../extension/node/tiktoken.ts';
import { bm25 } from './baselines.ts';
import { type Change, changes } from './changes.ts';

/** Tokens. */
const budgets = [8_000, 32_000, 128_000];

/** Changes looked at in each package, and the order in which they are drawn. */
const changesEach = 30;
const seed = 2027;

/** Published packages that ship their sources, and a changelog that tells what each release changed. */
const packages: Readonly<Record<string, string>> = { viem: '2.57.20', ai: '6.0.326', ox: '1.8.3' };

/** Lines of a chunk, as the figures that we compare with were measured (context-packing.md section 0). */
const chunkLines = 40;

/** A contiguous part of a file. */
interface Span {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** What of a change a way of packing found, at each budget: shares from 0 to 1. */
interface Found {
  readonly files: number[];
  readonly lines: number[];
}

function foundIn(spans: readonly Span[], { files }: Change): { files: number; lines: number } {
  const has = (path: string, line?: number) =>
    spans.some((span) => span.path === path && (!line || (span.startLine <= line && line <= span.endLine)));
  const lines = files.flatMap(({ path, lines }) => lines.map((line) => has(path, line)));
  return {
    files: files.filter(({ path }) => has(path)).length / files.length,
    lines: lines.filter(Boolean).length / lines.length,
  };
}

/** Fills each budget with spans in the given order. */
async function fill(root: string, spans: readonly Span[], tokenizer: Tokenizer): Promise<Span[][]> {
  const chosen: Span[][] = budgets.map(() => []);
  const left = [...budgets];
  const largest = Math.max(...budgets);
  for (const span of spans) {
    if (Math.max(...left) <= 0 || chosen.every((each) => each.length > largest / 40)) break;
    const lines = splitLines(await readFile(join(root, span.path), 'utf8')).slice(span.startLine - 1, span.endLine);
    const [tokens = 0] = await tokenizer.count([`###PATH: ${span.path}\n${lines.join('\n')}\n`]);
    budgets.forEach((_, i) => {
      if ((left[i] ?? 0) <= 0) return;
      // The last one is cut.
      const share = Math.min(1, (left[i] ?? 0) / tokens);
      left[i] = (left[i] ?? 0) - tokens;
      chosen[i]?.push({ ...span, endLine: span.startLine - 1 + Math.floor(lines.length * share) });
    });
  }
  return chosen;
}

async function baselines(root: string): Promise<Record<string, (question: string) => Span[]>> {
  const { files } = await createBulkFiles().list(root, new AbortController().signal);
  const whole: { of: Span; text: string }[] = [];
  const chunks: { of: Span; text: string }[] = [];
  for (const { path, bytes } of files) {
    if (bytes > 1 << 20) continue;
    const text = await readFile(join(root, path), 'utf8');
    const lines = splitLines(text);
    whole.push({ of: { path, startLine: 1, endLine: lines.length }, text });
    for (let at = 0; at < lines.length; at += chunkLines) {
      const part = lines.slice(at, at + chunkLines);
      chunks.push({ of: { path, startLine: at + 1, endLine: at + part.length }, text: part.join('\n') });
    }
  }
  return { 'BM25 chunks': bm25(chunks), 'BM25 files': bm25(whole) };
}

async function look(change: Change, tokenizer: Tokenizer): Promise<Record<string, Found>> {
  const never = new AbortController().signal;
  const packer = createNodePacker({ distribution: resolve('dist') }, tokenizer);
  const { root, text: question } = change;
  const results: Record<string, Found> = { ours: { files: [], lines: [] } };
  for (const budget of budgets) {
    const pack = await packer.pack({ root, question, budget }, never);
    const spans = pack.files.flatMap(({ path, ranges }) =>
      ranges.map(([startLine, endLine]) => ({ path, startLine, endLine })),
    );
    const { files, lines } = foundIn(spans, change);
    results.ours?.files.push(files);
    results.ours?.lines.push(lines);
  }
  for (const [name, search] of Object.entries(await baselines(root))) {
    const all = (await fill(root, search(question), tokenizer)).map((spans) => foundIn(spans, change));
    results[name] = { files: all.map(({ files }) => files), lines: all.map(({ lines }) => lines) };
  }
  return results;
}

const percent = (values: readonly number[]): number =>
  Number(((100 * values.reduce((sum, value) => sum + value, 0)) / (values.length || 1)).toFixed(1));

function meanOf(all: readonly Record<string, Found>[]): Record<string, Found> {
  return Object.fromEntries(
    Object.keys(all[0] ?? {}).map((name) => {
      const at = (kind: keyof Found) => budgets.map((_, i) => percent(all.map((each) => each[name]?.[kind][i] ?? 0)));
      return [name, { files: at('files'), lines: at('lines') }];
    }),
  );
}

/**
 * Recall of questions: asks with what the authors of a published release wrote of their one change, and counts the files
 * and lines, as they were before it, that they changed. Beside it BM25 over chunks of 40 lines, and over whole files.
 */
export async function questions(): Promise<object> {
  const tokenizer = await createTiktoken(resolve('dist'));
  const repositories: Record<string, object> = {};
  const means: Record<string, Found>[] = [];
  for (const [name, version] of Object.entries(packages)) {
    const cases = await changes(name, version, changesEach, seed);
    const found: Record<string, Found>[] = [];
    for (const each of cases) found.push(await look(each, tokenizer));
    const mean = meanOf(found);
    means.push(mean);
    repositories[name] = { questions: cases.length, recall: mean };
  }
  const mean = Object.fromEntries(
    Object.keys(means[0] ?? {}).map((name) => {
      const at = (kind: keyof Found) =>
        budgets.map((_, i) =>
          Number((means.reduce((sum, each) => sum + (each[name]?.[kind][i] ?? 0), 0) / means.length).toFixed(1)),
        );
      return [name, { files: at('files'), lines: at('lines') }];
    }),
  );
  return { budgets, mean, repositories };
}
