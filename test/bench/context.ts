import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Pack } from '../../extension/core/pack.ts';
import { createRepositoryIndex } from '../../extension/core/repository/repositoryIndex.ts';
import { createBulkFiles } from '../../extension/node/bulkFiles.ts';
import { createNodePacker } from '../../extension/node/nodePacker.ts';
import { createTiktoken } from '../../extension/node/tiktoken.ts';
import { bm25Files, createFiller, importGraphFiles, nearestPaths } from './baselines.ts';
import type { Case } from './cases.ts';
import { djangoSources, jupyterlab, langium, theia, viem } from './corpora.ts';
import { pythonCases } from './pythonCases.ts';
import { typescriptCases } from './typescriptCases.ts';

/** Tokens. */
const budgets = [2_000, 8_000, 32_000, 128_000];

/** Statements hidden in each repository; another seed than the one that the weights were fitted with. */
const casesEach = 100;
const seed = 2027;

const corpora: Readonly<Record<string, { sources: () => Promise<string>; cases: typeof typescriptCases }>> = {
  theia: { sources: theia, cases: typescriptCases },
  jupyterlab: { sources: jupyterlab, cases: typescriptCases },
  viem: { sources: viem, cases: typescriptCases },
  langium: { sources: langium, cases: typescriptCases },
  'django (Python)': { sources: djangoSources, cases: pythonCases },
};

const covered = (pack: Pack, { gold }: Case): number => {
  const files = new Map(pack.files.map((file) => [file.path, file]));
  return gold.filter(({ path, line }) => files.get(path)?.ranges.some(([start, end]) => start <= line && line <= end))
    .length;
};

/** Recall at each budget, in percent. */
type Recall = number[];

async function recallOf(root: string, cases: readonly Case[]): Promise<Record<string, Recall>> {
  const never = new AbortController().signal;
  const tokenizer = await createTiktoken(resolve('dist'));
  const packer = createNodePacker({ distribution: resolve('dist') }, tokenizer);
  const sha1 = (text: string) => hash('sha1', text, 'base64');
  const parser = { outline: async () => undefined };
  const index = createRepositoryIndex(root, { files: createBulkFiles(), parser, hash: sha1 });
  await index.refresh({}, never);
  const paths = index.files.flatMap((file) => (file ? [file.path] : [])).sort();
  const baselines = {
    'BM25 files': bm25Files(root, paths),
    'import graph': importGraphFiles(index),
    'path distance': nearestPaths(paths),
  };
  const fill = createFiller(root, tokenizer);

  const hits: Record<string, number[]> = { ours: budgets.map(() => 0) };
  for (const name of Object.keys(baselines)) hits[name] = budgets.map(() => 0);
  const add = (name: string, i: number, by: number) => {
    const own = hits[name];
    if (own) own[i] = (own[i] ?? 0) + by;
  };
  for (const [at, each] of cases.entries()) {
    const { path, text, line, column } = each;
    const request = { root, cursor: { path, line, column }, overlay: { [path]: text }, unchanged: at > 0 };
    for (const [i, budget] of budgets.entries())
      add('ours', i, covered(await packer.pack({ ...request, budget }, never), each));
    for (const [name, order] of Object.entries(baselines)) {
      const files = order(each);
      for (const [i, budget] of budgets.entries()) add(name, i, await fill(files, each.gold, budget));
    }
  }
  const all = cases.reduce((sum, { gold }) => sum + gold.length, 0);
  const percent = (values: readonly number[]) => values.map((value) => Number(((100 * value) / all).toFixed(1)));
  return Object.fromEntries(Object.entries(hits).map(([name, values]) => [name, percent(values)]));
}

/**
 * Leak-free declaration recall: hides statements together with the imports that only they used, and counts the
 * declarations in other files that they refer to and that are in a pack for the place. Beside it what BM25 over files,
 * the import graph and the distance of paths find.
 */
export async function context(): Promise<object> {
  const repositories: Record<string, { files: number; gold: number; recall: Record<string, Recall> }> = {};
  for (const [name, { sources, cases: make }] of Object.entries(corpora)) {
    const root = await sources();
    const cases = await make(root, casesEach, seed);
    const recall = await recallOf(root, cases);
    const gold = cases.reduce((sum, each) => sum + each.gold.length, 0);
    repositories[name] = { files: cases.length, gold, recall };
  }
  const all = Object.values(repositories);
  const mean = Object.fromEntries(
    Object.keys(all[0]?.recall ?? {}).map((name) => [
      name,
      budgets.map((_, i) =>
        Number((all.reduce((sum, { recall }) => sum + (recall[name]?.[i] ?? 0), 0) / all.length).toFixed(1)),
      ),
    ]),
  );
  return { budgets, mean, repositories };
}
