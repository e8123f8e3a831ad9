import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Writing } from '../../core/conversation/edits/review.ts';
import { EditsRefused } from '../failure.ts';
import { uriIn } from '../place.ts';

/** Stands in a text for bytes that the editor could not read. */
const unreadable = '\uFFFD';

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return undefined;
  }
}

/** Why a file cannot be made or moved to a path; `free` are paths at which there will be no file by then. */
async function obstacleTo(root: string, path: string, free: ReadonlySet<string>): Promise<string | undefined> {
  const uri = await uriIn(root, path);
  // What leads out of the folder is refused where it is written.
  if (!uri) return undefined;
  if (!free.has(path) && (await typeOf(uri)) !== undefined) return l10n.t('the file exists already');
  const names = path.split('/');
  for (let count = 1; count < names.length; count++) {
    const folder = names.slice(0, count).join('/');
    const type = free.has(folder) ? undefined : await typeOf(vscode.Uri.joinPath(vscode.Uri.file(root), folder));
    if (type !== undefined && (type & vscode.FileType.File) !== 0) return l10n.t('{0} is a file and no folder', folder);
  }
  return undefined;
}

/** Whether a file has bytes that are lost when the editor saves it, since it reads the file in another encoding than its own. */
async function losesBytes(uri: vscode.Uri): Promise<boolean> {
  const { encoding } = await vscode.workspace.openTextDocument(uri);
  const bytes = await vscode.workspace.fs.readFile(uri);
  const saved = await vscode.workspace.encode(await vscode.workspace.decode(bytes, { encoding }), { encoding });
  return Buffer.compare(bytes, saved) !== 0;
}

/**
 * Looks for what would keep the editor from doing all of some writings: it does one after the other, and stops in the middle.
 * @throws EditsRefused with the first that it finds
 */
export async function refuseObstacles(root: string, writings: readonly Writing[]): Promise<void> {
  const free = new Set(writings.flatMap(({ kind, path }) => (kind === 'delete' || kind === 'rename' ? [path] : [])));
  for (const { path, to, before, after } of writings) {
    const made = to ?? (before === undefined && after !== undefined ? path : undefined);
    const obstacle = made === undefined ? undefined : await obstacleTo(root, made, free);
    if (obstacle)
      throw new EditsRefused(l10n.t('{0} cannot be written: {1}. Nothing was changed.', made ?? '', obstacle));
    const uri = before?.includes(unreadable) ? await uriIn(root, path) : undefined;
    if (uri && (await losesBytes(uri).catch(() => false))) {
      const told = l10n.t(
        '{0} has characters that are lost when it is saved: reopen it with its encoding. Nothing was changed.',
        path,
      );
      throw new EditsRefused(told);
    }
  }
}
