import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChatView } from '../chat/chatView.ts';
import { activeRoot } from '../place.ts';

/** "Ask Repository…": takes a question and streams the answer, with its citations, into the sidebar; about every file where that is wanted. */
export async function askRepository(chat: ChatView, everything = false): Promise<void> {
  if (activeRoot() === undefined) {
    const openFolder = l10n.t('Open Folder');
    const picked = await vscode.window.showInformationMessage(l10n.t('Open a folder to ask about it.'), openFolder);
    if (picked) await vscode.commands.executeCommand('workbench.action.files.openFolder');
    return;
  }
  const question = await vscode.window.showInputBox({
    title: everything ? l10n.t('Ask About Every File') : l10n.t('Ask Repository'),
    prompt: everything
      ? l10n.t('Every file is read, in several requests where that is needed. What it costs is told before it starts.')
      : l10n.t('The answer is streamed into the sidebar and cites files and lines.'),
    placeHolder: everything
      ? l10n.t('List all places that read the configuration.')
      : l10n.t('Where is the configuration read?'),
    ignoreFocusOut: true,
  });
  if (question?.trim()) await chat.begin('ask', `${everything ? '/all ' : ''}${question.trim()}`, []);
}
