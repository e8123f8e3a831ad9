import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { structuredPatch } from 'diff';
import { cached } from '../support/cacheFolder.ts';
import { sample, seededRandom } from './cases.ts';
import { fetchInto } from './packages.ts';

const run = promisify(execFile);

/** A file that a change touched, and the 1-based lines of it, as it was before, that were changed or added behind. */
interface ChangedFile {
  readonly path: string;
  readonly lines: readonly number[];
}

/** What a release changed, in its authors' words, and the sources before it. */
export interface Change {
  readonly root: string;
  readonly text: string;
  readonly files: readonly ChangedFile[];
}

interface Release {
  readonly version: string;
  readonly before: string;
  readonly text: string;
}

/** The releases of a changelog in the form of changesets that tell of one change only, newest first. */
function singleChanges(changelog: string): Release[] {
  const sections = changelog.split(/^## (?=\d)/m).slice(1);
  return sections.flatMap((section, i) => {
    const version = section.slice(0, section.indexOf('\n')).trim();
    const before = sections[i + 1]?.split('\n', 1)[0]?.trim();
    const entries = section.split(/^- /m).slice(1);
    const told = entries.filter((entry) => !entry.startsWith('Updated dependencies'));
    const [entry = ''] = told;
    const text = entry
      .replace(/\[[^\]]*\]\([^)]*\)/g, '')
      .replace(/^\s*Thanks\s*!\s*-/, '')
      .replace(/^[0-9a-f]{7}: /, '')
      .trim();
    // A line of a few words asks nothing; a table of new chains is data.
    const tells = text.length >= 40 && !/\b(chain|RPC URL|bump|dependenc|publish)/i.test(text.slice(0, 100));
    return told.length === 1 && before && tells ? [{ version, before, text }] : [];
  });
}

/** Sources whose difference says what a change was about. */
const source = /\.[cm]?tsx?$/;
const beside = /(^|\/)(version\.ts$|test|__snapshots__)|\.(test|spec|bench)(-d)?\.ts/;

async function sourcesOf(root: string): Promise<Map<string, string>> {
  const paths = (await readdir(root, { recursive: true })).filter((path) => source.test(path) && !beside.test(path));
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)),
  );
}

/** The files that are in both and differ. */
function changedFiles(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ChangedFile[] {
  return [...before].flatMap(([path, text]) => {
    const now = after.get(path);
    if (now === undefined || now === text) return [];
    const { hunks } = structuredPatch(path, path, text, now, '', '', { context: 0 });
    const lines = hunks.flatMap(({ oldStart, oldLines }) =>
      Array.from({ length: Math.max(1, oldLines) }, (_, i) => Math.max(1, oldStart + i)),
    );
    return [{ path, lines: [...new Set(lines)] }];
  });
}

/** Releases fetched at once. */
const atOnce = 4;

/** Files of a change, at the most: what touches more is a sweep, and no question leads there. */
const mostFiles = 6;

async function changeOf(name: string, { version, before, text }: Release): Promise<Change | undefined> {
  const short = name.split('/').at(-1) ?? name;
  const folder = await cached(['bench', 'changes-1', `${short}-${version}`], async (path) => {
    const after = `${path}-after`;
    await fetchInto(join(path, 'before'), `${name}@${before}`);
    try {
      await fetchInto(after, `${name}@${version}`);
      const files = changedFiles(await sourcesOf(join(path, 'before')), await sourcesOf(after));
      await writeFile(join(path, 'files.json'), JSON.stringify(files));
    } finally {
      await rm(after, { recursive: true, force: true });
    }
  });
  const files = JSON.parse(await readFile(join(folder, 'files.json'), 'utf8')) as ChangedFile[];
  if (files.length === 0 || files.length > mostFiles) return undefined;
  return { root: join(folder, 'before'), text, files };
}

/** The changelog of one release of a package. */
async function changelogOf(name: string, version: string): Promise<string> {
  const folder = await cached(['bench', `changelog-${name.replace('/', '-')}-${version}`], async (path) => {
    await mkdir(path, { recursive: true });
    const { stdout } = await run('npm', ['pack', `${name}@${version}`, '--silent', '--ignore-scripts'], { cwd: path });
    const file = join(path, stdout.trim().split('\n').at(-1) ?? '');
    await run('tar', ['-xzf', file, '-C', path, '--strip-components=1', 'package/CHANGELOG.md']);
    await rm(file);
  });
  return readFile(join(folder, 'CHANGELOG.md'), 'utf8');
}

/** Up to `count` changes of a published package that ships its sources and its changelog. */
export async function changes(name: string, version: string, count: number, seed: number): Promise<Change[]> {
  const releases = singleChanges(await changelogOf(name, version)).slice(0, count * 3);
  const found: Change[] = [];
  const rest = sample(releases, releases.length, seededRandom(seed));
  while (rest.length > 0 && found.length < count) {
    // A few versions were never published, or ship no sources.
    const made = await Promise.all(rest.splice(0, atOnce).map((each) => changeOf(name, each).catch(() => undefined)));
    found.push(...made.filter((change) => change !== undefined));
  }
  if (found.length < count / 2) throw new Error(`${name}: the sources of only ${found.length} changes could be had`);
  return found.slice(0, count);
}
