import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Writing } from '../../core/conversation/edits/review.ts';
import type { Checkpoints, FileChange, Restore } from '../../core/conversation/history/checkpoints.ts';
import { applyWritings, encodingOf, textAt } from './applyWritings.ts';

const bytesOf = (text: string | undefined): Uint8Array | undefined =>
  text === undefined ? undefined : new TextEncoder().encode(text);

const textIn = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** What a checkpoint has to know of what is about to be written: a file that is renamed goes and comes. */
export async function changesOf(root: string, writings: readonly Writing[]): Promise<FileChange[]> {
  const changes = await Promise.all(
    writings.map(async ({ path, to, before, after }): Promise<FileChange[]> => {
      const own = { path, before: bytesOf(before), encoding: await encodingOf(root, path) };
      if (to === undefined) return [{ ...own, after: bytesOf(after) }];
      return [
        { ...own, after: undefined },
        { path: to, before: undefined, after: bytesOf(after) },
      ];
    }),
  );
  return changes.flat();
}

/**
 * What the files were before the edits of a turn were accepted, by path, and undefined where there was none; files without
 * accepted edits are not in it. Undefined where that is no longer kept.
 */
export async function textsBefore(
  checkpoints: Checkpoints,
  chat: string,
  turn: string,
): Promise<ReadonlyMap<string, string | undefined> | undefined> {
  // As if every file was gone by now, so that none is said to be what it was.
  const plan = await checkpoints.restorePlan(chat, turn, async () => undefined);
  if (plan.some(({ action }) => action === 'lost')) return undefined;
  const before = (each: Restore) =>
    each.action === 'write' ? each.bytes : each.action === 'conflict' ? each.wanted : undefined;
  return new Map(plan.map((each) => [each.path, textIn(before(each))]));
}

const names = (some: readonly Restore[]): string => some.map(({ path }) => path).join(', ');

/**
 * Puts the files of a chat back to what they were before a turn, as one step to undo. Files that the user changed since are
 * left as they are, after asking. Returns whether it was done.
 */
export async function restoreFiles(
  checkpoints: Checkpoints,
  root: string,
  chat: string,
  turn: string,
): Promise<boolean> {
  const textNow = (path: string) => textAt(root, path);
  const planNow = () => checkpoints.restorePlan(chat, turn, async (path) => bytesOf(await textNow(path)));
  const plan = await planNow();
  const done = plan.filter(({ action }) => action === 'write' || action === 'delete');
  const kept = plan.filter(({ action }) => action === 'conflict');
  const lost = plan.filter(({ action }) => action === 'lost');
  if (done.length + kept.length + lost.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('The files are already what they were before this answer.'));
    return true;
  }
  const restore = l10n.t('Restore');
  const detail = [
    done.length > 0 && l10n.t('Restored: {0}', names(done)),
    kept.length > 0 && l10n.t('Left as they are, since you changed them: {0}', names(kept)),
    lost.length > 0 && l10n.t('No longer kept: {0}', names(lost)),
  ].filter((line) => line !== false);
  const message = l10n.t('Put the files back to what they were before this answer?');
  if (done.length === 0) {
    await vscode.window.showWarningMessage(l10n.t('No file can be restored.'), {
      modal: true,
      detail: detail.join('\n'),
    });
    return false;
  }
  const picked = await vscode.window.showWarningMessage(message, { modal: true, detail: detail.join('\n') }, restore);
  if (picked !== restore) return false;
  // The user may have gone on writing behind the question.
  const now = (await planNow()).filter(({ action }) => action === 'write' || action === 'delete');
  const writings = await Promise.all(
    now.map(async (each): Promise<Writing> => {
      const before = await textNow(each.path);
      const after = each.action === 'write' ? textIn(each.bytes) : undefined;
      return {
        kind: after === undefined ? 'delete' : before === undefined ? 'make' : 'change',
        path: each.path,
        before,
        after,
        ...(each.action === 'write' && each.encoding !== undefined ? { encoding: each.encoding } : {}),
      };
    }),
  );
  await applyWritings(root, writings);
  return true;
}
