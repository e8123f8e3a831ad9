import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { History } from '../core/ports.ts';

const run = promisify(execFile);

/** Commits that are read: enough to see which files go together, few enough to take a blink. */
const mostCommits = 500;

/** Bytes of paths that are read, at the most. */
const largest = 16 << 20;

/**
 * Reads which files were committed together below a folder, the newest commit first. Undefined where the newest commit is
 * `known`, where the folder is in no repository, or there is no git.
 */
export async function gitHistory(
  root: string,
  known: string | undefined,
  signal: AbortSignal,
): Promise<History | undefined> {
  // A partial clone must not go to its server for what is asked here.
  const env = { ...process.env, GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none', GIT_OPTIONAL_LOCKS: '0' };
  const git = async (...args: string[]) =>
    (await run('git', ['-c', 'core.fsmonitor=false', ...args], { cwd: root, env, signal, maxBuffer: largest })).stdout;
  try {
    const head = (await git('rev-parse', '--verify', 'HEAD')).trim();
    if (head === known) return undefined;
    const names = ['--name-only', '--relative', '--no-renames', '--no-merges', '-z', '--format=%x01'];
    const log = await git('log', `--max-count=${mostCommits}`, ...names, head, '--', '.');
    const commits = log.split('\x01').map((commit) => commit.split(/[\0\n]+/).filter(Boolean));
    return { head, commits: commits.filter((paths) => paths.length > 0) };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
