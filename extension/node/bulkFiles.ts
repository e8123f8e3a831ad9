import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, type Stats } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Omission } from '../core/pack.ts';
import type { FileContent, Files, ListedFile } from '../core/ports.ts';
import { inSpells } from '../core/spells.ts';
import { requireFolder } from './diskFiles.ts';
import { gitFiles, gitIgnores } from './gitFiles.ts';
import { gitHistory } from './gitHistory.ts';
import { walkFiles, walkIgnores } from './walkFiles.ts';

/** Milliseconds for which a folder's real path is believed. */
const believed = 2_000;

const compare = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/**
 * The file system of this machine, for a thread of its own: it reads thousands of files without a turn of the event
 * loop for each, which takes a fifth of the time.
 */
export function createBulkFiles(): Files {
  const realFolders = new Map<string, { readonly real: string | undefined; readonly until: number }>();

  function realFolder(path: string): string | undefined {
    const known = realFolders.get(path);
    if (known && known.until > performance.now()) return known.real;
    let real: string | undefined;
    try {
      real = realpathSync.native(path);
    } catch {
      real = undefined;
    }
    realFolders.set(path, { real, until: performance.now() + believed });
    return real;
  }

  /** Whether a file's folder lies within the root, symbolic links resolved. */
  function isWithin(root: string, path: string): boolean {
    const base = realFolder(root);
    const folder = realFolder(join(root, path, '..'));
    if (base === undefined || folder === undefined || isAbsolute(path)) return false;
    const inside = relative(base, folder);
    return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
  }

  return {
    async list(root, signal) {
      await requireFolder(root);
      realFolders.clear();
      const fromGit = await gitFiles(root, signal);
      const paths = fromGit ?? (await walkFiles(root, signal));
      const files: ListedFile[] = [];
      const omitted: Omission[] = [];
      const spell = inSpells(signal);
      for (const path of paths) {
        await spell();
        const found = inspect(root, path);
        if (found && 'reason' in found) omitted.push(found);
        else if (found) files.push(found);
      }
      return { source: fromGit ? 'git' : 'walk', files: files.sort(compare), omitted: omitted.sort(compare) };
    },

    async ignores(root, path, signal) {
      return (await gitIgnores(root, path, signal)) ?? walkIgnores(root, path);
    },

    history: gitHistory,

    async read(root, path, maxBytes): Promise<FileContent> {
      if (!isWithin(root, path)) return { refused: l10n.t('not a file in this folder') };
      let handle: number | undefined;
      try {
        // The last step must not be a symbolic link either, whatever it was when it was listed.
        handle = openSync(join(root, path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
        const info = fstatSync(handle);
        if (!info.isFile()) return { refused: l10n.t('not a regular file') };
        if (info.size > maxBytes) return { refused: l10n.t('larger than {0} MB', maxBytes >> 20) };
        const bytes = Buffer.allocUnsafe(info.size);
        let length = 0;
        for (let more = -1; more !== 0 && length < bytes.length; length += more)
          more = readSync(handle, bytes, length, bytes.length - length, length);
        return { bytes: bytes.subarray(0, length) };
      } catch {
        return { refused: l10n.t('cannot be read') };
      } finally {
        if (handle !== undefined) closeSync(handle);
      }
    },
  };
}

/** What a listed path is: a file, something to leave out, or nothing any more. */
function inspect(root: string, path: string): ListedFile | Omission | undefined {
  let info: Stats | undefined;
  try {
    info = lstatSync(join(root, path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
  if (!info) return undefined;
  if (info.isFile()) return { path, bytes: info.size, modified: info.mtimeMs };
  if (info.isSymbolicLink()) return { path, reason: l10n.t('symbolic link') };
  if (info.isDirectory()) return { path, reason: l10n.t('repository within the repository') };
  return { path, reason: l10n.t('not a regular file') };
}
