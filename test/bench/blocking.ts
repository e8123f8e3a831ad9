import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLayeredPacks } from '../../extension/core/context/layeredPacks.ts';
import { createRepositoryThread } from '../../extension/node/repositoryThread.ts';
import { theia } from './corpora.ts';

/** Milliseconds: a frame at 60 Hz. */
const bound = 16;

/** Tokens. */
const budget = 128_000;

/** Files of distant parts of the repository, so that each switch looks around anew. */
const visited = [
  'packages/core/src/browser/widgets/widget.ts',
  'packages/terminal/src/browser/terminal-widget-impl.ts',
  'packages/scm/src/browser/scm-tree-widget.tsx',
  'packages/workspace/src/browser/workspace-service.ts',
  'packages/debug/src/browser/debug-session.tsx',
  'packages/notebook/src/browser/notebook-types.ts',
];

/** Milliseconds of this thread's own work so far. */
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Watches how long a turn of the event loop takes, in this thread's own work: what other programs take does not count. */
function watchTurns(): { longest(): number; dispose(): void } {
  let longest = 0;
  let last = worked();
  let next: NodeJS.Immediate | undefined;
  const turn = () => {
    const now = worked();
    longest = Math.max(longest, now - last);
    last = now;
    next = setImmediate(turn);
  };
  turn();
  return {
    longest() {
      const found = longest;
      longest = 0;
      last = worked();
      return Number(found.toFixed(1));
    },
    dispose: () => clearImmediate(next),
  };
}

/**
 * The longest that making, receiving and extending a 128K pack holds up the thread that the editor's extensions share,
 * from the first scan on, against one frame.
 */
export async function blocking(): Promise<object> {
  const root = await theia();
  const lifetime = new AbortController();
  const thread = createRepositoryThread({ distribution: resolve('dist'), translations: {} });
  const packs = createLayeredPacks(thread.packer, thread.tokenizer, lifetime.signal);
  const turns = watchTurns();
  const files = [];
  for (const path of visited) {
    const overlay = { [path]: await readFile(join(root, path), 'utf8') };
    turns.longest();
    const pack = await packs.get({ root, budget, cursor: { path, line: 60, column: 1 }, overlay }, lifetime.signal);
    // The look around may take longer than the request waits for it.
    await wait(1_500);
    files.push({ path, tokens: pack.tokens, longestMs: turns.longest() });
  }
  turns.dispose();
  lifetime.abort();
  thread.dispose();
  return { boundMs: bound, withinBound: files.every(({ longestMs }) => longestMs <= bound), files };
}
