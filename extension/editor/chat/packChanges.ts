import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation/attachments.ts';
import { packedTexts } from '../../core/conversation/outdated.ts';
import type { Pack } from '../../core/pack.ts';
import { unsavedIn, uriIn } from '../place.ts';
import { wholeOf } from './chips.ts';

/** Follows the files of the pack that a conversation begins with: what it tells of them is as old as it is. */
export interface PackChanges {
  /** A pack was made of the files as they were at a time, in milliseconds since the epoch. */
  packed(pack: Pack, at: number): void;
  /**
   * The files that are others by now than the conversation has heard, whole; each is told once. Undefined where they are so
   * many that the repository is better read anew.
   */
  news(): Promise<readonly Attachment[] | undefined>;
}

/** Characters of changed files that go along at least, and the share of a pack's that they may have. */
const fewest = 20_000;
const largestShare = 0.25;

/** Follows the files of a folder. */
export function followPack(root: string): PackChanges {
  let made: { readonly pack: Pack; readonly at: number } | undefined;
  /** Texts that were told since, by path. */
  const told = new Map<string, string>();

  /** Whether a file was written since; what cannot be asked is gone, and has no text to tell. */
  async function isWritten(path: string, since: number): Promise<boolean> {
    const found = await stat(join(root, path)).catch(() => undefined);
    return found !== undefined && found.mtimeMs >= since;
  }

  /** A file as it is, unsaved changes included; undefined where it cannot be opened, or is not sent whole. */
  async function fileNow(path: string): Promise<Attachment | undefined> {
    const uri = await uriIn(root, path);
    try {
      return uri && wholeOf(await vscode.workspace.openTextDocument(uri));
    } catch {
      return undefined;
    }
  }

  return {
    packed(pack, at) {
      made = { pack, at };
      told.clear();
    },
    async news() {
      if (!made) return [];
      const { pack, at } = made;
      const texts = packedTexts(pack);
      const unsaved = unsavedIn(root);
      const touched = await Promise.all(
        texts.paths.map(async (path) => (path in unsaved || told.has(path) || (await isWritten(path, at)) ? path : [])),
      );
      const found: Attachment[] = [];
      for (const path of touched.flat()) {
        const file = await fileNow(path);
        const before = told.get(path);
        const isNews = file && (before === undefined ? texts.isOutdated(path, file.text) : before !== file.text);
        if (isNews) found.push({ ...file, isNewer: true });
      }
      const characters = found.reduce((sum, { text }) => sum + text.length, 0);
      if (characters > Math.max(fewest, pack.text.length * largestShare)) return undefined;
      for (const { path, text } of found) told.set(path, text);
      return found;
    },
  };
}
