import { lstat, open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Omission } from '../core/pack.ts';
import { type FileContent, type Files, FolderFailure, type ListedFile } from '../core/ports.ts';
import { gitFiles } from './gitFiles.ts';
import { walkFiles } from './walkFiles.ts';

/** Files looked at at once. */
const atOnce = 64;

const compare = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** What a listed path is: a file, something to leave out, or nothing any more. */
async function inspect(root: string, path: string): Promise<ListedFile | Omission | undefined> {
  try {
    const info = await lstat(join(root, path));
    if (info.isSymbolicLink()) return { path, reason: l10n.t('symbolic link') };
    if (info.isDirectory()) return { path, reason: l10n.t('repository within the repository') };
    return info.isFile()
      ? { path, bytes: info.size, modified: info.mtimeMs }
      : { path, reason: l10n.t('not a regular file') };
  } catch {
    return undefined;
  }
}

/** @throws FolderFailure where the path is no folder that can be read. */
export async function requireFolder(root: string): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(root)).isDirectory();
  } catch (cause) {
    throw new FolderFailure(l10n.t('The folder {0} cannot be read.', root), { cause });
  }
  if (!isFolder) throw new FolderFailure(l10n.t('{0} is not a folder.', root));
}

/** The real path of a file if it lies inside the root, symbolic links resolved. */
async function within(root: string, path: string): Promise<string | undefined> {
  if (isAbsolute(path)) return undefined;
  try {
    const [folder, file] = await Promise.all([realpath(root), realpath(join(root, path))]);
    const inside = relative(folder, file);
    return inside === '' || inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside) ? undefined : file;
  } catch {
    return undefined;
  }
}

/** The file system of this machine. */
export const diskFiles: Files = {
  async list(root, signal) {
    await requireFolder(root);
    const fromGit = await gitFiles(root, signal);
    const paths = fromGit ?? (await walkFiles(root, signal));
    const files: ListedFile[] = [];
    const omitted: Omission[] = [];
    for (let at = 0; at < paths.length; at += atOnce) {
      signal.throwIfAborted();
      for (const found of await Promise.all(paths.slice(at, at + atOnce).map((path) => inspect(root, path)))) {
        if (!found) continue;
        if ('reason' in found) omitted.push(found);
        else files.push(found);
      }
    }
    return { source: fromGit ? 'git' : 'walk', files: files.sort(compare), omitted: omitted.sort(compare) };
  },

  async read(root, path, maxBytes): Promise<FileContent> {
    const real = await within(root, path);
    if (!real) return { refused: l10n.t('not a file in this folder') };
    try {
      await using handle = await open(real, 'r');
      const info = await handle.stat();
      if (!info.isFile()) return { refused: l10n.t('not a regular file') };
      if (info.size > maxBytes) return { refused: l10n.t('larger than {0} MB', maxBytes >> 20) };
      return { bytes: await handle.readFile() };
    } catch {
      return { refused: l10n.t('cannot be read') };
    }
  },
};
