import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type FileContent, type FileReader, FolderFailure } from '../core/ports.ts';

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

/** The files of this machine, for a thread that must not wait for them. */
export const diskFiles: FileReader = {
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
