import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fimPrompt } from '../../extension/core/backend/fimPrompt.ts';
import { inlineShares, prefixWindow, suffixWindow } from '../../extension/core/completion/window.ts';
import { createLayeredPacks } from '../../extension/core/context/layeredPacks.ts';
import type { Pack } from '../../extension/core/pack.ts';
import type { Packer, Tokenizer } from '../../extension/core/ports.ts';
import { defaultSettings } from '../../extension/core/settings.ts';
import { createNodePacker } from '../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../extension/node/tiktoken.ts';
import type { Case } from './cases.ts';
import { jupyterlab, theia } from './corpora.ts';
import { typescriptCases } from './typescriptCases.ts';

/** Files of one session: three switches between four, and a save in each of the first two. */
const filesEach = 4;
const sessionsEach = 10;
const seed = 4242;

/** Characters typed in a file, at the least and at the most. */
const leastTyped = 50;
const mostTyped = 80;

/** Tokens of the model's window. */
const window = 128_000;

/** Requests of which every n-th is also packed anew, to compare. */
const comparedEvery = 40;

const never = new AbortController().signal;

interface Typing {
  readonly each: Case;
  /** Offset of the cursor in the case's text. */
  readonly at: number;
}

function offsetOf({ text, line, column }: Case): number {
  let at = 0;
  for (let i = 1; i < line; i++) at = text.indexOf('\n', at) + 1;
  return at + column - 1;
}

const coverage = (pack: Pack, { gold }: Case): number =>
  gold.filter(({ path, line }) =>
    pack.files.some((file) => file.path === path && file.ranges.some(([start, end]) => start <= line && line <= end)),
  ).length;

function commonLength(a: string, b: string): number {
  let low = 0;
  let high = Math.min(a.length, b.length);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (a.startsWith(b.slice(low, middle), low)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Adds up how much of each prompt stood in the one before. */
function createShare(tokenizer: Tokenizer) {
  let previous: string | undefined;
  const shares: number[] = [];
  let total = 0;
  let unchanged = 0;
  return {
    async note(prompt: string, packTokens: number, packLength: number): Promise<void> {
      const [rest = 0] = await tokenizer.count([prompt.slice(packLength)]);
      const tokens = packTokens + rest;
      if (previous !== undefined) {
        const [changed = 0] = await tokenizer.count([prompt.slice(commonLength(previous, prompt))]);
        total += tokens;
        unchanged += tokens - changed;
        shares.push((tokens - changed) / tokens);
      }
      previous = prompt;
    },
    forget() {
      previous = undefined;
    },
    report: () => ({
      percent: Number(((100 * unchanged) / Math.max(1, total)).toFixed(3)),
      worst: Number((100 * Math.min(1, ...shares)).toFixed(1)),
      requests: shares.length,
    }),
    /** What is added up over all sessions. */
    sums: () => ({ total, unchanged }),
  };
}

async function session(root: string, typings: readonly Typing[], packer: Packer, tokenizer: Tokenizer) {
  const lifetime = new AbortController();
  const layered = createLayeredPacks(packer, tokenizer, lifetime.signal);
  const budget = inlineShares(window, { ...defaultSettings.inline, contextTokens: window }).pack;
  const shares = inlineShares(window, { ...defaultSettings.inline, contextTokens: window });
  const ours = createShare(tokenizer);
  const anew = createShare(tokenizer);
  let stale = 0;
  let fresh = 0;
  let keystrokes = 0;

  const prompt = (pack: Pack, { each, at }: Typing, typed: string): string =>
    fimPrompt('glm', {
      pack,
      path: each.path,
      languageId: 'typescript',
      prefix: prefixWindow(each.text.slice(0, at) + typed, shares.prefix),
      suffix: suffixWindow(each.text.slice(at), shares.suffix),
      mode: 'block',
      maxTokens: 64,
    });

  for (const [number, typing] of typings.entries()) {
    const { each, at } = typing;
    const typed = each.statement.slice(0, mostTyped);
    for (let length = 0; length <= typed.length; length++) {
      const text = each.text.slice(0, at) + typed.slice(0, length) + each.text.slice(at);
      const line = each.line + typed.slice(0, length).split('\n').length - 1;
      const request = {
        root,
        budget,
        cursor: { path: each.path, line, column: each.column },
        overlay: { [each.path]: text },
      };
      const pack = await layered.get(request, never);
      const sent = prompt(pack, typing, typed.slice(0, length));
      await ours.note(sent, pack.tokens, pack.text.length);
      keystrokes++;
      if (length % comparedEvery === 0) {
        anew.forget();
        for (const step of [0, 1]) {
          const part = typed.slice(0, length + step);
          const overlay = { [each.path]: each.text.slice(0, at) + part + each.text.slice(at) };
          const made = await packer.pack({ ...request, overlay, unchanged: true }, never);
          await anew.note(prompt(made, typing, part), made.tokens, made.text.length);
          if (length === 0 && step === 0) {
            fresh += coverage(made, each);
          }
        }
      }
      // The pack looks around where the user arrives, before anything is typed; by the last character that is in.
      if (length === typed.length) stale += coverage(pack, each);
    }
    if (number < 2) {
      await writeFile(join(root, each.path), each.text.slice(0, at) + each.statement + each.text.slice(at));
      layered.changed();
    }
  }
  lifetime.abort();
  return { ours, anew, stale, fresh, keystrokes };
}

/**
 * Replays editing sessions: statements of four files are typed again, a request for every character, with three switches
 * of file and two saves. Tells the share of prompt tokens that stood unchanged at the beginning of the request before, and
 * the recall of declarations that the kept pack loses against one made anew; beside it the share when every request is
 * packed anew.
 */
export async function prefix(): Promise<object> {
  const tokenizer = await createTiktoken(resolve('dist'));
  const report: Record<string, object> = {};
  for (const [name, sources] of Object.entries({ theia, jupyterlab })) {
    const source = await sources();
    const cases = await typescriptCases(source, 160, seed);
    const long = cases
      .filter(({ statement }) => statement.length >= leastTyped)
      .map((each) => ({ each, at: offsetOf(each) }));
    const work = await mkdtemp(join(tmpdir(), 'glm-coder-prefix-'));
    try {
      const sums = {
        total: 0,
        unchanged: 0,
        anewTotal: 0,
        anewUnchanged: 0,
        stale: 0,
        fresh: 0,
        gold: 0,
        keystrokes: 0,
      };
      let worst = 100;
      for (let number = 0; number < sessionsEach; number++) {
        const root = join(work, `${number}`);
        await cp(source, root, { recursive: true });
        const packer = createNodePacker({ distribution: resolve('dist') }, tokenizer);
        const typings = long.slice(number * filesEach, (number + 1) * filesEach);
        const { ours, anew, stale, fresh, keystrokes } = await session(root, typings, packer, tokenizer);
        sums.total += ours.sums().total;
        sums.unchanged += ours.sums().unchanged;
        sums.anewTotal += anew.sums().total;
        sums.anewUnchanged += anew.sums().unchanged;
        sums.stale += stale;
        sums.fresh += fresh;
        sums.keystrokes += keystrokes;
        sums.gold += typings.reduce((sum, { each }) => sum + each.gold.length, 0);
        worst = Math.min(worst, ours.report().worst);
        await rm(root, { recursive: true, force: true });
      }
      const percent = (part: number, whole: number) => Number(((100 * part) / Math.max(1, whole)).toFixed(2));
      report[name] = {
        sessions: sessionsEach,
        keystrokes: sums.keystrokes,
        unchangedPercent: percent(sums.unchanged, sums.total),
        worstRequestPercent: worst,
        packedAnewPercent: percent(sums.anewUnchanged, sums.anewTotal),
        recallKept: percent(sums.stale, sums.gold),
        recallAnew: percent(sums.fresh, sums.gold),
      };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return { window, report };
}
