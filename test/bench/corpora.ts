import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../support/cacheFolder.ts';
import { fetchInto } from './packages.ts';

const run = promisify(execFile);

/** Packages fetched at once. */
const atOnce = 6;

/** Makes a folder a git repository with one commit of all that is in it, of ignored files too unless told otherwise. */
export async function commitAll(folder: string, withIgnored = true): Promise<void> {
  const git = (...args: string[]) => run('git', args, { cwd: folder, maxBuffer: 1 << 28 });
  await git('init', '--quiet');
  await git('add', '--all', ...(withIgnored ? ['--force'] : []));
  await git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '-m', 'sources');
}

/**
 * Fetches published packages that ship their sources, and lays each out under `packages/` of one repository, or at its
 * root where there is only one. Kept in the cache folder.
 */
function npmSources(name: string, packages: readonly string[]): Promise<string> {
  return cached(['bench', name], async (root) => {
    await mkdir(root, { recursive: true });
    const rest = [...packages];
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let next = rest.pop(); next; next = rest.pop()) {
          const own = next.slice(0, next.lastIndexOf('@')).split('/').at(-1) ?? '';
          await fetchInto(packages.length === 1 ? root : join(root, 'packages', own), next);
        }
      }),
    );
    if (packages.length > 1) await writeFile(join(root, 'package.json'), '{ "workspaces": ["packages/*"] }\n');
    await commitAll(root);
  });
}

const scoped = (scope: string, list: string): string[] =>
  list
    .trim()
    .split(/\s+/)
    .map((each) => `${scope}/${each}`);

/** Theia: 2,700 files of TypeScript, 20 MB; classes wired together by injection. */
export const theia = (): Promise<string> =>
  npmSources(
    'theia-1',
    scoped(
      '@theia',
      `ai-chat-ui@1.74.1 ai-chat@1.74.1 ai-code-completion@1.74.1 ai-core-ui@1.74.1 ai-core@1.74.1 ai-editor@1.74.1
       ai-history@1.74.1 ai-ide@1.74.1 ai-mcp@1.74.1 ai-openai@1.74.1 ai-terminal@1.74.1 bulk-edit@1.74.1
       callhierarchy@1.74.1 collaboration@1.75.0 console@1.74.1 core@1.75.0 debug@1.75.0 dev-container@1.74.1
       editor@1.75.0 file-search@1.75.0 filesystem@1.75.0 getting-started@1.74.1 keymaps@1.75.0 markers@1.75.0
       memory-inspector@1.74.1 messages@1.74.1 metrics@1.74.1 mini-browser@1.74.1 monaco@1.75.0 navigator@1.75.0
       notebook@1.74.1 outline-view@1.74.1 output@1.74.1 plugin-dev@1.74.1 plugin-ext-vscode@1.74.1 plugin-ext@1.75.0
       preferences@1.75.0 process@1.74.1 property-view@1.75.0 remote@1.74.1 scm-extra@1.74.1 scm@1.75.0
       search-in-workspace@1.75.0 secondary-window@1.74.1 task@1.74.1 terminal@1.75.0 test@1.74.1 timeline@1.74.1
       toolbar@1.74.1 typehierarchy@1.74.1 userstorage@1.74.1 variable-resolver@1.74.1 vsx-registry@1.74.1
       workspace@1.75.0`,
    ),
  );

/** JupyterLab: 460 files of TypeScript, with its widget library. */
export const jupyterlab = (): Promise<string> =>
  npmSources('jupyterlab-1', [
    ...scoped(
      '@jupyterlab',
      `application@4.6.6 apputils@4.7.6 cells@4.6.6 codeeditor@4.6.6 codemirror@4.6.6 completer@4.6.6 console@4.6.4
       coreutils@6.6.6 debugger@4.6.4 docmanager@4.6.6 docregistry@4.6.6 extensionmanager@4.6.4 filebrowser@4.6.6
       fileeditor@4.6.4 inspector@4.6.4 launcher@4.6.6 lsp@4.6.4 notebook@4.6.6 observables@5.6.6 outputarea@4.6.6
       rendermime@4.6.6 running@4.6.4 services@7.6.6 settingregistry@4.6.6 statusbar@4.6.6 terminal@4.6.6 toc@6.6.6
       translation@4.6.6 ui-components@4.6.6 workspaces@4.6.4`,
    ),
    ...scoped(
      '@lumino',
      `algorithm@2.0.5 commands@2.3.4 disposable@2.1.6 messaging@2.0.5 properties@2.0.5 signaling@2.1.6
       virtualdom@2.0.5 widgets@2.10.0`,
    ),
  ]);

/** viem: 1,500 files of TypeScript, a function each. */
export const viem = (): Promise<string> => npmSources('viem-1', ['viem@2.57.20']);

/** Langium: 140 files of TypeScript. */
export const langium = (): Promise<string> => npmSources('langium-1', ['langium@4.4.0']);

/** Django as Debian has it: 860 files of Python. Not under git. */
export async function djangoSources(): Promise<string> {
  const tree = await cached(['bench', 'django-debian'], async (folder) => {
    await mkdir(folder, { recursive: true });
    const work = await mkdtemp(join(tmpdir(), 'glm-coder-debian-'));
    try {
      await run('apt-get', ['download', 'python3-django'], { cwd: work });
      const [file = ''] = await readdir(work);
      await run('dpkg', ['-x', join(work, file), folder]);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
  return join(tree, 'usr/lib/python3/dist-packages');
}
