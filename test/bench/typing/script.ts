import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitAll, djangoSources, langium } from '../corpora.ts';

/** A stretch of a real file that is typed again. */
export interface Stretch {
  readonly path: string;
  /** The whole file as it will be. */
  readonly text: string;
  /** 1-based lines of the stretch. */
  readonly first: number;
  readonly last: number;
  /** Where the stretch begins and ends in the text. */
  readonly start: number;
  readonly end: number;
}

/** One sitting at a file: from which line of its stretch to which. */
export interface Visit {
  readonly path: string;
  readonly first: number;
  readonly last: number;
}

/** A folder in which stretches are missing, and what is to be typed there. */
export interface Scene {
  readonly root: string;
  readonly stretches: readonly Stretch[];
  of(visit: Visit): Stretch;
  dispose(): Promise<void>;
}

/** Ordinary code in three languages, with a file that is come back to. */
export const threeLanguages: readonly Visit[] = [
  { path: 'src/utils/caching.ts', first: 98, last: 110 },
  { path: 'admin/actions.py', first: 37, last: 50 },
  { path: 'admin/static/admin/js/SelectBox.js', first: 44, last: 66 },
  { path: 'src/utils/caching.ts', first: 111, last: 115 },
];

/** Two files of one language, for a thousand keystrokes. */
export const twoFiles: readonly Visit[] = [
  { path: 'src/utils/caching.ts', first: 98, last: 115 },
  { path: 'src/workspace/index-manager.ts', first: 117, last: 144 },
];

/** A file that git ignores; what is typed there concerns nobody. */
export const ignoredFile = 'private/notes.ts';

function stretchOf(path: string, text: string, visits: readonly Visit[]): Stretch {
  const own = visits.filter((visit) => visit.path === path);
  const first = Math.min(...own.map((visit) => visit.first));
  const last = Math.max(...own.map((visit) => visit.last));
  const lines = text.split('\n');
  const start = lines.slice(0, first - 1).join('\n').length + 1;
  return { path, text, first, last, start, end: start + lines.slice(first - 1, last).join('\n').length };
}

/** Lays out Langium (TypeScript) and a part of Django (Python, JavaScript) with the stretches taken out of their files. */
export async function makeScene(visits: readonly Visit[]): Promise<Scene> {
  const root = await mkdtemp(join(tmpdir(), 'glm-coder-typing-'));
  await cp(join(await langium(), 'src'), join(root, 'src'), { recursive: true });
  await cp(join(await djangoSources(), 'django/contrib/admin'), join(root, 'admin'), { recursive: true });
  const stretches: Stretch[] = [];
  for (const path of new Set(visits.map((visit) => visit.path))) {
    const text = (await readFile(join(root, path), 'utf8')).replaceAll('\r\n', '\n');
    const stretch = stretchOf(path, text, visits);
    stretches.push(stretch);
    const { start, end } = stretch;
    await writeFile(join(root, path), text.slice(0, start - 1) + text.slice(end));
  }
  await mkdir(join(root, 'private'), { recursive: true });
  await writeFile(join(root, '.gitignore'), 'private/\n');
  await writeFile(join(root, ignoredFile), 'export const plan = {\n');
  await commitAll(root, false);
  return {
    root,
    stretches,
    of({ path }) {
      const stretch = stretches.find((each) => each.path === path);
      if (!stretch) throw new Error(`nothing is to be typed in ${path}`);
      return stretch;
    },
    dispose: () => rm(root, { recursive: true, force: true }),
  };
}
