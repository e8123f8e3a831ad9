import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Finds the first of several programs on PATH. */
export function onPath(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs a program to its end and returns what it printed. @throws Error with its output where it fails. */
export async function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-4_000)}`);
  return output;
}

/** A server that was started, its output so far, and how to end it with everything it started. */
export interface Started {
  readonly child: ChildProcess;
  log(): string;
  dispose(): Promise<void>;
}

/** Starts a program that stays, as a process group of its own. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): Started {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (data: Buffer) => {
    output = (output + data.toString()).slice(-200_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = once(child, 'close').catch(() => {});
  const end = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  };
  const onExit = () => end('SIGKILL');
  process.once('exit', onExit);
  return {
    child,
    log: () => output,
    async dispose() {
      process.off('exit', onExit);
      end('SIGTERM');
      const patience = setTimeout(() => end('SIGKILL'), 3_000);
      await ended;
      clearTimeout(patience);
    },
  };
}

/** Calls `ready` until it is true. @throws Error with the server's output where it ends or takes longer than `limit` ms. */
export async function until(
  ready: () => Promise<boolean>,
  server: Started,
  what: string,
  limit = 60_000,
): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await ready().catch(() => false))) {
    if (server.child.exitCode !== null) throw new Error(`${what} ended:\n${server.log().slice(-4_000)}`);
    if (Date.now() > deadline) throw new Error(`${what} was not ready in ${limit} ms:\n${server.log().slice(-4_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
