import * as l10n from '@vscode/l10n';
import ignore from 'ignore';
import type { Omission, PackRequest } from '../pack.ts';
import type { Files, ListedFile } from '../ports.ts';
import { largestFile, leftOutByName, readable } from './leftOut.ts';

/** A file that may enter a pack. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What a repository holds at one moment, sorted by path. */
export interface Snapshot {
  readonly files: readonly SourceFile[];
  readonly omitted: readonly Omission[];
}

type Content = { readonly text: string } | { readonly refused: string };

/** Reads repositories and remembers what has not changed since. */
export interface Snapshots {
  take(request: Pick<PackRequest, 'root' | 'overlay' | 'exclude'>, signal: AbortSignal): Promise<Snapshot>;
}

/** Files read at once: enough to hide latency, few enough for any descriptor limit. */
const atOnce = 32;

/** Creates a reader over a file system. It keeps the texts of the last repository that was asked for. */
export function createSnapshots(files: Files): Snapshots {
  let rememberedRoot = '';
  let remembered = new Map<string, { readonly file: ListedFile; readonly content: Content }>();

  async function contentOf(root: string, file: ListedFile): Promise<Content> {
    const known = remembered.get(file.path);
    if (known && known.file.bytes === file.bytes && known.file.modified === file.modified) return known.content;
    const read = await files.read(root, file.path, largestFile);
    return 'refused' in read ? read : readable(read.bytes);
  }

  async function ignoredBy(root: string, exclude: readonly string[]): Promise<(path: string) => boolean> {
    const own = await files.read(root, '.glmignore', largestFile);
    const patterns = 'bytes' in own ? new TextDecoder().decode(own.bytes) : '';
    const rules = ignore()
      .add(patterns)
      .add([...exclude]);
    return (path) => rules.ignores(path);
  }

  return {
    async take({ root, overlay = {}, exclude = [] }, signal) {
      const listing = await files.list(root, signal);
      if (root !== rememberedRoot) remembered = new Map();
      rememberedRoot = root;

      const ignored = await ignoredBy(root, exclude);
      const omitted: Omission[] = [...listing.omitted];
      const wanted: ListedFile[] = [];
      for (const file of listing.files) {
        const reason = ignored(file.path)
          ? l10n.t('ignored by .glmignore or files.exclude')
          : leftOutByName(file.path, file.bytes);
        if (reason) omitted.push({ path: file.path, reason });
        else wanted.push(file);
      }

      const next: typeof remembered = new Map();
      const sources: SourceFile[] = [];
      for (let at = 0; at < wanted.length; at += atOnce) {
        signal.throwIfAborted();
        const batch = wanted.slice(at, at + atOnce);
        const contents = await Promise.all(batch.map((file) => contentOf(root, file)));
        batch.forEach((file, i) => {
          const content = contents[i];
          if (!content) return;
          next.set(file.path, { file, content });
          const unsaved = overlay[file.path];
          if (unsaved !== undefined) sources.push({ path: file.path, text: unsaved });
          else if ('text' in content) sources.push({ path: file.path, text: content.text });
          else omitted.push({ path: file.path, reason: content.refused });
        });
      }
      remembered = next;
      omitted.sort((a, b) => (a.path < b.path ? -1 : 1));
      return { files: sources, omitted };
    },
  };
}
