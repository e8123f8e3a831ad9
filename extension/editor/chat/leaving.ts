import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Checkpoints } from '../../core/conversation/history/checkpoints.ts';
import type { ChatSession } from './chatSession.ts';
import { restoreFiles } from './restoreFiles.ts';

/** Milliseconds for which the status bar tells where something is kept. */
const told = 10_000;

/**
 * Before a turn and those after it are left behind for others: asks what becomes of the files that they have changed, since a
 * turn that is gone cannot be restored, and keeps as a chat of its own what is more than the last answer. False where the user
 * would rather stay.
 */
export async function leaveTurns(
  { conversation, ownId, keepCopy }: Pick<ChatSession, 'conversation' | 'ownId' | 'keepCopy'>,
  from: string,
  checkpoints: Checkpoints,
): Promise<boolean> {
  const { turns, root } = conversation;
  const at = turns.findIndex(({ id }) => id === from);
  const left = at < 0 ? [] : turns.slice(at);
  const changed = left.find(({ canRestore }) => canRestore);
  const decision = changed ? await askAboutFiles() : 'none';
  if (decision === undefined) return false;
  if (changed && decision === 'restore') {
    const chat = await ownId();
    if (chat === undefined || root === undefined) return false;
    if (!(await restoreFiles(checkpoints, root, chat, changed.id))) return false;
  }
  const isMore = left.filter(({ role }) => role === 'user').length > 1;
  const title = isMore || decision === 'keep' ? await keepCopy() : undefined;
  if (title !== undefined) {
    vscode.window.setStatusBarMessage(l10n.t('What was left behind is kept in the chat history: {0}', title), told);
  }
  return true;
}

/** What the user wants of files that answers have changed which are about to go; undefined where they are not to go. */
async function askAboutFiles(): Promise<'restore' | 'keep' | undefined> {
  const restore = l10n.t('Restore the Files');
  const keep = l10n.t('Keep the Changes');
  const message = l10n.t('An answer that is about to be replaced has changed files.');
  const detail = l10n.t(
    'Where you keep the changes, the answer is kept as well, as a chat of its own: there they can be undone later.',
  );
  const picked = await vscode.window.showWarningMessage(message, { modal: true, detail }, restore, keep);
  return picked === restore ? 'restore' : picked === keep ? 'keep' : undefined;
}
