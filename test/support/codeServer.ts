import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cached } from './cacheFolder.ts';
import { freePort } from './freePort.ts';
import { run, start, until } from './processes.ts';
import { ensureSystemPackages } from './systemPackages.ts';

const version = '4.139.1';

/** Installs code-server (real VS Code with a real extension host, in a browser) once; returns its entry file. */
export async function installCodeServer(): Promise<string> {
  const folder = await cached([`code-server-${version}`], async (made) => {
    console.log(`Installing code-server ${version}; this takes a minute or two, once…`);
    await ensureSystemPackages(
      ['build-essential', 'libkrb5-dev', 'pkg-config', 'libsecret-1-dev', 'python3'],
      'code-server',
    );
    await mkdir(made, { recursive: true });
    await writeFile(join(made, 'package.json'), '{"private":true}\n');
    const args = ['install', `code-server@${version}`, '--no-audit', '--no-fund'];
    await run('npm', args, { cwd: made, env: environment() });
  });
  return join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}

/** The environment for code-server: this Node first on PATH, nothing of the running editor or test runner in it. */
function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ...extra };
  for (const name of Object.keys(env)) {
    if (/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|NODE_CHANNEL)/.test(name)) delete env[name];
  }
  env.PATH = [dirname(process.execPath), env.PATH].join(delimiter);
  // It must look nothing up: there is nothing to find, and tests stay the same without a network.
  env.EXTENSIONS_GALLERY = JSON.stringify({ serviceUrl: 'http://127.0.0.1:9' });
  return env;
}

/** How to start VS Code. */
export interface CodeServerOptions {
  /** User settings; those of the machine's scope take effect as well. */
  readonly settings?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** Display language, such as `zh-cn`. */
  readonly locale?: string;
  readonly port?: number;
}

/** What is under development. */
export interface Development {
  /** Folder of an extension, and of its tests. */
  readonly extension?: string;
  readonly tests?: string;
  /** Port on which the extension host can be inspected. */
  readonly inspect?: number;
}

/** A running VS Code. */
export interface CodeServer {
  readonly port: number;
  /** Id of the process that all others of it come from. */
  readonly pid: number;
  /** Folder of its settings, and of what extensions keep. */
  readonly data: string;
  /** The address of a folder, or of an empty window, with what is under development where given. */
  url(folder: string | undefined, development?: Development): string;
  installExtension(vsix: string): Promise<string>;
  log(): string;
  dispose(): Promise<void>;
}

/** Starts code-server on this machine with a profile of its own. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  const entry = await installCodeServer();
  const port = options.port ?? (await freePort());
  const home = await mkdtemp(join(tmpdir(), 'glm-coder-vscode-'));
  const data = join(home, 'data');
  const extensions = join(home, 'extensions');
  const settings = JSON.stringify(options.settings ?? {}, undefined, 2);
  for (const scope of ['User', 'Machine']) {
    await mkdir(join(data, scope), { recursive: true });
    await writeFile(join(data, scope, 'settings.json'), settings);
  }
  const folders = ['--user-data-dir', data, '--extensions-dir', extensions];
  const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...folders];
  flags.push('--disable-telemetry', '--disable-update-check', '--disable-workspace-trust');
  flags.push('--disable-getting-started-override', '-e', '--vscode-option', 'enable-smoke-test-driver');
  if (options.locale) flags.push('--locale', options.locale);
  const env = environment(options.env);
  const server = start(process.execPath, [entry, ...flags], { env });
  const answers = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
  await until(answers, server, 'code-server');

  return {
    port,
    pid: server.child.pid ?? 0,
    data,
    url(folder, development) {
      const address = new URL(`http://127.0.0.1:${port}/`);
      if (folder === undefined) address.searchParams.set('ew', 'true');
      else address.searchParams.set('folder', folder);
      if (development) {
        const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path}`;
        const { extension, tests, inspect } = development;
        const payload: (readonly [string, string])[] = [];
        if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
        if (tests) payload.push(['extensionTestsPath', remote(tests)]);
        if (inspect) payload.push(['inspect-extensions', String(inspect)]);
        address.searchParams.set('payload', JSON.stringify(payload));
      }
      return address.href;
    },
    installExtension: (vsix) => run(process.execPath, [entry, ...folders, '--install-extension', vsix], { env }),
    log: server.log,
    async dispose() {
      await server.dispose();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
