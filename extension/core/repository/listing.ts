import * as l10n from '@vscode/l10n';
import ignore, { type Ignore } from 'ignore';
import type { Omission, PackRequest } from '../pack.ts';
import type { Files, ListedFile } from '../ports.ts';
import { largestFile, leftOutByName } from './leftOut.ts';

/** The files that may be read, sorted by path, and those left out by their name or size, with the reason. */
export interface Readable {
  readonly files: readonly ListedFile[];
  readonly omitted: readonly Omission[];
}

/** The user's own patterns, on top of version control's. */
async function ownRules(
  files: Pick<Files, 'read'>,
  { root, exclude = [] }: Pick<PackRequest, 'root' | 'exclude'>,
): Promise<Ignore | undefined> {
  const own = await files.read(root, '.glmignore', largestFile);
  const patterns = 'bytes' in own ? new TextDecoder().decode(own.bytes) : '';
  if (!patterns && exclude.length === 0) return undefined;
  return ignore()
    .add(patterns)
    .add([...exclude]);
}

/** Why a file that the user has open must not be sent, by the rules that {@link listReadable} has; undefined where it may. */
export async function whyUnreadable(
  files: Pick<Files, 'read' | 'ignores'>,
  folder: Pick<PackRequest, 'root' | 'exclude'>,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const byName = leftOutByName(path, 0);
  if (byName) return byName;
  if (await files.ignores(folder.root, path, signal)) return l10n.t('ignored by version control');
  const rules = await ownRules(files, folder);
  return rules?.ignores(path) ? l10n.t('ignored by .glmignore or files.exclude') : undefined;
}

/** Lists what may be read: what version control ignores, `.glmignore`, `files.exclude` and the kinds of files that hold no source are out. */
export async function listReadable(
  files: Files,
  { root, exclude = [] }: Pick<PackRequest, 'root' | 'exclude'>,
  signal: AbortSignal,
): Promise<Readable> {
  const listing = await files.list(root, signal);
  const rules = await ownRules(files, { root, exclude });
  const omitted: Omission[] = [...listing.omitted];
  const readable: ListedFile[] = [];
  for (const file of listing.files) {
    const reason = rules?.ignores(file.path)
      ? l10n.t('ignored by .glmignore or files.exclude')
      : leftOutByName(file.path, file.bytes);
    if (reason) omitted.push({ path: file.path, reason });
    else readable.push(file);
  }
  return { files: readable, omitted };
}
