import { cp, link, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cached } from './cacheFolder.ts';
import { freePort } from './freePort.ts';
import { onPath, run, start, until } from './processes.ts';
import { ensureSystemPackages } from './systemPackages.ts';
import { ensureTinyGlm } from './tinyGlm.ts';

/** A `llama-server` to run: the program's words, and the root that it runs in where that is not this one. */
export interface LlamaProgram {
  readonly command: readonly string[];
  readonly root?: string;
  readonly version: string;
}

/** Where apt gets Debian's packages from, read from its own configuration. */
async function debianMirror(): Promise<string> {
  const sites = await run('apt-get', ['indextargets', '--format', '$(SITE) $(ORIGIN)']).catch(() => '');
  const lines = sites.split('\n').map((line) => line.trim().split(' '));
  const site = lines.find(([address = '', origin]) => origin === 'Debian' && /debian\/?$/.test(address))?.[0];
  if (!site) throw new Error('apt knows no Debian mirror');
  return site;
}

/** Debian sid's llama.cpp in a root of its own, made once. */
async function sidRoot(): Promise<string> {
  return cached(['llama-root'], async (made) => {
    if (process.getuid?.() !== 0) throw new Error('making a Debian root needs to be root');
    await ensureSystemPackages(['debootstrap'], 'A llama-server from Debian');
    console.log('Making a Debian root with llama.cpp; this takes a minute, once…');
    const args = ['--variant=minbase', '--include=llama.cpp-tools', 'sid', made, await debianMirror()];
    // Its mounts are its own, so that an interrupted run leaves none behind.
    await run('unshare', ['--mount', 'debootstrap', ...args]);
  });
}

/** The words that run llama-server in a root; it sees /proc there, in a mount that goes with the process. */
const inRoot = (root: string): string[] => {
  const script = 'mount --bind /proc "$0/proc" && exec chroot "$0" llama-server "$@"';
  return ['unshare', '--mount', 'sh', '-c', script, root];
};

/** Finds a llama-server, on PATH or in a Debian root; says why where there is none. */
export async function findLlamaServer(): Promise<LlamaProgram | { readonly unavailable: string }> {
  try {
    const own = onPath('llama-server');
    const root = own ? undefined : await sidRoot();
    const command = root ? inRoot(root) : [own ?? ''];
    const [program = '', ...args] = command;
    const version = (await run(program, [...args, '--version'])).trim().split('\n')[0] ?? '';
    return { command, version, ...(root ? { root } : {}) };
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
}

/** Puts the model where the server can see it, and returns its path there. */
async function modelFor(root: string | undefined): Promise<string> {
  const model = await ensureTinyGlm();
  if (!root) return model;
  const inside = join('/models', basename(model));
  await mkdir(join(root, 'models'), { recursive: true });
  await rm(join(root, inside), { force: true });
  await link(model, join(root, inside)).catch(() => cp(model, join(root, inside)));
  return inside;
}

/** How to start the server. */
export interface LlamaOptions {
  /** Tokens of context, for all slots together. */
  readonly context?: number;
  readonly slots?: number;
  /** MiB in which prompts are kept that were pushed out of their slot; llama-server's own number unless given. */
  readonly cacheRam?: number;
  readonly apiKey?: string;
  /** A chat template in place of the model's own. */
  readonly template?: string;
  /** Whether to wait until the model is loaded; true unless told otherwise. */
  readonly ready?: boolean;
}

/** A running llama-server with the tiny GLM model. */
export interface LlamaServer {
  readonly url: string;
  log(): string;
  dispose(): Promise<void>;
}

/** Starts the server, and waits until the model is loaded unless told otherwise. */
export async function startLlamaServer(program: LlamaProgram, options: LlamaOptions = {}): Promise<LlamaServer> {
  const model = await modelFor(program.root);
  const port = await freePort();
  const [command = '', ...words] = program.command;
  const args = ['-m', model, '--host', '127.0.0.1', '--port', String(port), '-c', String(options.context ?? 32_768)];
  args.push('-np', String(options.slots ?? 1), '--threads', '2', '-b', '2048', '-ub', '512');
  if (options.cacheRam !== undefined) args.push('--cache-ram', String(options.cacheRam));
  if (options.template) args.push('--jinja', '--chat-template', options.template);
  if (options.apiKey) args.push('--api-key', options.apiKey);
  const server = start(command, [...words, ...args]);
  const url = `http://127.0.0.1:${port}`;
  // It listens first and loads then, and answers 503 meanwhile.
  const isReady = (status: number) => status === 200 || options.ready === false;
  await until(async () => isReady((await fetch(`${url}/health`)).status), server, 'llama-server');
  return { url, log: server.log, dispose: server.dispose };
}
