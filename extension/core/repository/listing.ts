import * as l10n from '@vscode/l10n';
import ignore from 'ignore';
import type { Omission, PackRequest } from '../pack.ts';
import type { Files, ListedFile } from '../ports.ts';
import { largestFile, leftOutByName } from './leftOut.ts';

/** The files that may be read, sorted by path, and those left out by their name or size, with the reason. */
export interface Readable {
  readonly files: readonly ListedFile[];
  readonly omitted: readonly Omission[];
}

/** Lists what may be read: what version control ignores, `.glmignore`, `files.exclude` and the kinds of files that hold no source are out. */
export async function listReadable(
  files: Files,
  { root, exclude = [] }: Pick<PackRequest, 'root' | 'exclude'>,
  signal: AbortSignal,
): Promise<Readable> {
  const listing = await files.list(root, signal);
  const own = await files.read(root, '.glmignore', largestFile);
  const patterns = 'bytes' in own ? new TextDecoder().decode(own.bytes) : '';
  const rules =
    patterns || exclude.length > 0
      ? ignore()
          .add(patterns)
          .add([...exclude])
      : undefined;
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
