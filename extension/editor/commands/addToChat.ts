import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { placeName } from '../../core/conversation/attachments.ts';
import type { Glm } from '../../core/glm.ts';
import type { ChatView } from '../chat/chatView.ts';
import { selectionOf } from '../chat/chips.ts';
import { contextsAt } from '../chat/placeContext.ts';

const isUri = (value: unknown): value is vscode.Uri => value instanceof vscode.Uri;

/** "Add to Chat": what is selected in the Explorer, the tab that was clicked, or else the open file. */
export async function addToChat(glm: Glm, chat: ChatView, clicked: unknown, selected: unknown): Promise<void> {
  const own = Array.isArray(selected) ? selected.filter(isUri) : [];
  const open = vscode.window.activeTextEditor?.document.uri;
  const uris = own.length > 0 ? own : isUri(clicked) ? [clicked] : open ? [open] : [];
  if (uris.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('Open a file first, or choose one in the Explorer.'));
    return;
  }
  await chat.add(contextsAt(glm, uris));
}

/** "Add Selection to Chat": the selected lines stay with the message, whatever is selected later. */
export async function addSelectionToChat(glm: Glm, chat: ChatView): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selection = editor && selectionOf(editor);
  if (!selection) return addToChat(glm, chat, undefined, undefined);
  const chosen = { label: placeName(selection), attachments: [selection] };
  await chat.add([{ label: chosen.label, read: async () => chosen }]);
}
