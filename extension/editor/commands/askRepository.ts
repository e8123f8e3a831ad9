import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChatView } from '../chat/chatView.ts';
import { activeRoot } from '../place.ts';

/** "Ask Repository…": takes a question and streams the answer, with its citations, into the sidebar. */
export async function askRepository(chat: ChatView): Promise<void> {
  if (activeRoot() === undefined) {
    const openFolder = l10n.t('Open Folder');
    const picked = await vscode.window.showInformationMessage(l10n.t('Open a folder to ask about it.'), openFolder);
    if (picked) await vscode.commands.executeCommand('workbench.action.files.openFolder');
    return;
  }
  const question = await vscode.window.showInputBox({
    title: l10n.t('Ask Repository'),
    prompt: l10n.t('The answer is streamed into the sidebar and cites files and lines.'),
    placeHolder: l10n.t('Where is the configuration read?'),
    ignoreFocusOut: true,
  });
  if (question?.trim()) await chat.begin('ask', question.trim(), []);
}
