import { spawn } from 'node:child_process';

/**
 * Lists what git tracks below a folder, and the untracked files that it does not ignore, relative to the folder.
 * Undefined where the folder is in no repository or there is no git.
 */
export function gitFiles(root: string, signal: AbortSignal): Promise<readonly string[] | undefined> {
  return new Promise((resolve, reject) => {
    // A repository's own configuration must not start programs, which fsmonitor does.
    const args = ['-c', 'core.fsmonitor=false', 'ls-files', '--cached', '--others', '--exclude-standard', '-z'];
    const git = spawn('git', args, { cwd: root, signal, stdio: ['ignore', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    git.on('error', () => (signal.aborted ? reject(signal.reason) : resolve(undefined)));
    git.on('close', (code) => {
      if (signal.aborted) return reject(signal.reason);
      if (code !== 0) return resolve(undefined);
      const paths = Buffer.concat(chunks).toString('utf8').split('\0').filter(Boolean);
      // A file in conflict is listed once for each side.
      resolve([...new Set(paths)]);
    });
  });
}

/** Whether git ignores a path below a folder; a tracked file is never ignored. Undefined where there is no git. */
export function gitIgnores(root: string, path: string, signal: AbortSignal): Promise<boolean | undefined> {
  return new Promise((resolve, reject) => {
    const args = ['-c', 'core.fsmonitor=false', 'check-ignore', '--quiet', '--', path];
    const git = spawn('git', args, { cwd: root, signal, stdio: 'ignore' });
    git.on('error', () => (signal.aborted ? reject(signal.reason) : resolve(undefined)));
    git.on('close', (code) => {
      if (signal.aborted) return reject(signal.reason);
      resolve(code === 0 ? true : code === 1 ? false : undefined);
    });
  });
}
