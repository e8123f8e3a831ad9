import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Folders that hold no source wherever they stand; without git nothing else says so. */
const neverEntered = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', 'venv']);

/** One folder's ignore rules, and where it stands. */
interface Scope {
  /** The folder, relative to the root; empty or ending in `/`. */
  readonly prefix: string;
  readonly rules: Ignore;
}

/** The nearest scope that says anything about a path decides, as in git. */
function ignored(path: string, scopes: readonly Scope[]): boolean {
  for (const { prefix, rules } of scopes.toReversed()) {
    const { ignored: yes, unignored: no } = rules.test(path.slice(prefix.length));
    if (yes || no) return yes;
  }
  return false;
}

async function rulesOf(root: string, prefix: string): Promise<Scope | undefined> {
  const patterns = await readFile(join(root, prefix, '.gitignore'), 'utf8').catch(() => '');
  return patterns ? { prefix, rules: ignore().add(patterns) } : undefined;
}

/** Whether a `.gitignore` on the way to a file, or the name of a folder on it, excludes it. */
export async function walkIgnores(root: string, path: string): Promise<boolean> {
  const scopes: Scope[] = [];
  let prefix = '';
  for (const name of path.split('/').slice(0, -1)) {
    const scope = await rulesOf(root, prefix);
    if (scope) scopes.push(scope);
    prefix += `${name}/`;
    if (neverEntered.has(name) || ignored(prefix, scopes)) return true;
  }
  const scope = await rulesOf(root, prefix);
  return ignored(path, scope ? [...scopes, scope] : scopes);
}

/** Lists the files below a folder that no `.gitignore` on the way excludes, relative to the folder. */
export async function walkFiles(root: string, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];

  async function enter(prefix: string, scopes: readonly Scope[]): Promise<void> {
    signal.throwIfAborted();
    const entries = await readdir(join(root, prefix), { withFileTypes: true });
    const hasRules = entries.some((entry) => entry.name === '.gitignore' && entry.isFile());
    const own = hasRules ? await rulesOf(root, prefix) : undefined;
    const inside = own ? [...scopes, own] : scopes;
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) {
        if (neverEntered.has(entry.name) || ignored(`${path}/`, inside)) continue;
        // A subfolder that may not be read hides only itself.
        await enter(`${path}/`, inside).catch((error: unknown) => {
          signal.throwIfAborted();
          if (!(error instanceof Error && 'code' in error)) throw error;
        });
      } else if (!ignored(path, inside)) {
        found.push(path);
      }
    }
  }

  await enter('', []);
  return found;
}
