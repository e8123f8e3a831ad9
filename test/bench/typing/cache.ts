import { findLlamaServer, startLlamaServer } from '../../support/llamaServer.ts';
import { quantile } from './judge.ts';
import { startRelay } from './reads.ts';
import { makeScene, twoFiles } from './script.ts';
import { looking } from './session.ts';
import { startStage } from './stage.ts';
import { createTypist, type Manner, sitDown } from './typist.ts';
import { watch } from './watch.ts';

/** What a session made a llama-server read, in tokens. */
export interface CacheReport {
  readonly keystrokes: number;
  readonly requests: number;
  readonly givenUp: number;
  readonly promptMedian: number;
  /** Share of all prompts' tokens that the server had in its cache, the first reading of all left out. */
  readonly shareFromCache: number;
  /** The same with the first, cold reading. */
  readonly shareWithColdStart: number;
  readonly evaluatedMedian: number;
  readonly evaluatedP95: number;
}

/** Tokens of the repository in each prompt, half of them kept for what is found later, and of the server's window. */
const contextTokens = 64_000;
const window = 81_920;

/** Milliseconds until the first prompt must have been read. */
const coldPatience = 180_000;

/** Types a thousand keys in two files, with a save, against a real llama-server with the tiny GLM model. */
export async function typeOnLlama(manner: Manner): Promise<CacheReport> {
  const program = await findLlamaServer();
  if ('unavailable' in program) throw new Error(program.unavailable);
  const llama = await startLlamaServer(program, { context: window });
  const relay = await startRelay(llama.url);
  const scene = await makeScene(twoFiles);
  const settings = { 'glmCoder.inline.contextTokens': contextTokens };
  const stage = await startStage(scene.root, relay.url, { settings });
  const { page } = stage;
  try {
    await watch(page);
    const typist = createTypist(page, manner);
    for (const [number, visit] of twoFiles.entries()) {
      await sitDown(page, visit.path, visit.first - 1);
      for (const end = Date.now() + coldPatience; relay.reads.length === 0 && Date.now() < end; )
        await page.waitForTimeout(500);
      await page.waitForTimeout(looking);
      await typist.type(scene.of(visit), visit);
      if (number === 0) await page.keyboard.press('Control+S');
      await page.waitForTimeout(looking);
    }
    const [cold = { evaluated: 0, cached: 0 }, ...warm] = relay.reads;
    const share = (reads: typeof warm): number => {
      const evaluated = reads.reduce((sum, read) => sum + read.evaluated, 0);
      const cached = reads.reduce((sum, read) => sum + read.cached, 0);
      return Number((cached / (cached + evaluated)).toFixed(5));
    };
    const evaluated = warm.map((read) => read.evaluated);
    return {
      keystrokes: typist.strokes.length,
      requests: warm.length,
      givenUp: relay.givenUp(),
      promptMedian: quantile(
        warm.map((read) => read.evaluated + read.cached),
        0.5,
      ),
      shareFromCache: share(warm),
      shareWithColdStart: share([cold, ...warm]),
      evaluatedMedian: quantile(evaluated, 0.5),
      evaluatedP95: quantile(evaluated, 0.95),
    };
  } finally {
    await stage.dispose();
    await relay.dispose();
    await llama.dispose();
    await scene.dispose();
  }
}
