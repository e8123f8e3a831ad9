import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { cached } from '../support/cacheFolder.ts';
import { commitAll, theia } from './corpora.ts';
import { npmTool } from './npmTool.ts';
import { typescriptCases } from './typescriptCases.ts';

const runs = 5;
const budget = 128_000;
const cursorsEach = 20;
const seed = 99;

/** Files of the trees between which the cost of a pack is compared. */
const smallTree = 5_000;
const largeTree = 50_000;

/** What a whole process took. */
interface Cost {
  readonly ms: number;
  readonly megabytes: number;
}

/** Runs a program to its end. The peak memory is the kernel's own (Linux); elsewhere it is not measured. */
async function cost(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Cost> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  let kilobytes = 0;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    kilobytes = Math.max(kilobytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 10);
  const code = await new Promise((ended) => child.once('exit', ended));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${errors.slice(0, 500)}`);
  return { ms: Math.round(performance.now() - started), megabytes: Math.round(kilobytes / 1024) };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

function summary(costs: readonly Cost[]): Cost {
  return { ms: median(costs.map(({ ms }) => ms)), megabytes: median(costs.map(({ megabytes }) => megabytes)) };
}

/** A tree of about so many files: the repository's sources, copied under numbered folders. */
function tree(source: string, files: number): Promise<string> {
  return cached(['bench', `tree-${files}-1`], async (root) => {
    const listed = (await readdir(join(source, 'packages'), { recursive: true })).filter((path) =>
      /\.tsx?$/.test(path),
    );
    await mkdir(root, { recursive: true });
    for (let at = 0; at < files; at++) {
      const path = listed[at % listed.length] ?? '';
      const target = join(root, `copy${Math.floor(at / listed.length)}`, 'packages', path);
      await mkdir(dirname(target), { recursive: true });
      await cp(join(source, 'packages', path), target);
    }
    await commitAll(root);
  });
}

/** Milliseconds of each pack of a batch after the first, which reads the repository. */
async function batchTimes(
  root: string,
  lines: readonly object[],
  env: Readonly<Record<string, string>>,
): Promise<number[]> {
  const work = await mkdtemp(join(tmpdir(), 'glm-coder-batch-'));
  const file = join(work, 'batch.jsonl');
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  const child = spawn(process.execPath, [resolve('dist/cli.js'), 'pack', root, '--batch', file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const times: number[] = [];
  let last = performance.now();
  for await (const _ of createInterface({ input: child.stdout })) {
    times.push(performance.now() - last);
    last = performance.now();
  }
  await rm(work, { recursive: true, force: true });
  return times.slice(1);
}

/**
 * Times whole processes: a cold and a warm pack of 128K tokens against repomix in its default mode on the same tree, wall
 * time and peak memory; then packs for cursors one after the other on a warm index, in trees of 5,000 and 50,000 files.
 */
export async function packSpeed(): Promise<object> {
  const root = await theia();
  const repomix = join(await npmTool('repomix', '1.18.1'), 'bin/repomix.cjs');
  const work = await mkdtemp(join(tmpdir(), 'glm-coder-speed-'));
  const indexes = join(work, 'indexes');
  const env = { GLM_CODER_INDEX: indexes, TMPDIR: work };
  try {
    const cases = await typescriptCases(root, cursorsEach, seed);
    const lines = cases.map(({ path, line, column, text }) => ({
      cursor: `${path}:${line}:${column}`,
      overlay: { [path]: text },
      budget,
    }));
    const cursor = lines[0]?.cursor ?? '';
    const ours = [
      resolve('dist/cli.js'),
      'pack',
      root,
      '--budget',
      `${budget}`,
      '--json',
      '--out',
      join(work, 'ours.json'),
    ];
    const theirs = [repomix, '--quiet', '-o', join(work, 'theirs.xml'), root];
    const measured: Record<'ours' | 'oursForCursor' | 'repomix', { cold: Cost[]; warm: Cost[] }> = {
      ours: { cold: [], warm: [] },
      oursForCursor: { cold: [], warm: [] },
      repomix: { cold: [], warm: [] },
    };
    for (let run = 0; run < runs; run++) {
      for (const [name, args] of [
        ['ours', ours],
        ['repomix', theirs],
        ['oursForCursor', [...ours, '--cursor', cursor]],
      ] as const) {
        await rm(indexes, { recursive: true, force: true });
        await rm(join(work, 'repomix'), { recursive: true, force: true });
        measured[name].cold.push(await cost(args, work, env));
        measured[name].warm.push(await cost(args, work, env));
      }
    }
    if (!existsSync(join(work, 'theirs.xml'))) throw new Error('repomix wrote nothing');
    const of = (kind: 'cold' | 'warm') => {
      const [own, forCursor, peer] = [measured.ours, measured.oursForCursor, measured.repomix].map((each) =>
        summary(each[kind]),
      );
      return { ours: own, oursForCursor: forCursor, repomix: peer };
    };
    const cold = of('cold');
    const warmPacks = median(await batchTimes(root, lines, env));
    const growth: Record<string, number> = {};
    for (const files of [smallTree, largeTree]) {
      const large = await tree(root, files);
      const moved = lines.map((line) => ({
        ...line,
        cursor: `copy0/${line.cursor}`,
        overlay: Object.fromEntries(Object.entries(line.overlay).map(([path, text]) => [`copy0/${path}`, text])),
      }));
      growth[`${files} files, ms a pack`] = Math.round(median(await batchTimes(large, moved, env)));
    }
    const [small = 1, big = 0] = Object.values(growth);
    return {
      budget,
      cold,
      warm: of('warm'),
      packOnWarmIndex: {
        ms: Math.round(warmPacks),
        shareOfRepomixCold: Number((warmPacks / (cold.repomix?.ms ?? 1)).toFixed(3)),
      },
      growth: { ...growth, ratio: Number((big / small).toFixed(2)) },
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
