import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { createChatStore } from '../../extension/node/history/chatStore.ts';
import type { TurnView } from '../../extension/protocol/chat.ts';
import type { Editor } from './editor.ts';
import { runCommand, webviewFrame } from './workbench.ts';

/** Has the extension make its folder by saying something, and leaves that chat. */
async function storageFolder({ page, server }: Editor): Promise<string> {
  await runCommand(page, 'GLM Coder: Open Chat');
  const chat = await webviewFrame(page, '.composer textarea');
  await chat.locator('.composer textarea').fill('Hello?');
  await chat.locator('.composer textarea').press('Enter');
  await chat.locator('.turn.assistant:is(.done, .failed)').waitFor();
  await chat.getByRole('button', { name: 'New Chat' }).first().click();
  await chat.locator('.welcome').waitFor();
  const [found] = globSync('**/glm-coder.glm-coder/chats', { cwd: server.data });
  if (!found) throw new Error(`no chats are kept below ${server.data}`);
  return join(server.data, found);
}

/** Puts a chat on the disk, as an earlier session would have left it, and opens it from the history. */
export async function openStoredChat(editor: Editor, turns: readonly TurnView[]): Promise<Frame> {
  const { page, workspace } = editor;
  const store = createChatStore(await storageFolder(editor));
  const { writer } = await store.create({ kind: 'chat', root: workspace.folder });
  for (const turn of turns) writer.put({ turn, attachments: [] });
  await writer.close();
  await runCommand(page, 'GLM Coder: Chat History');
  await page.locator('.quick-input-title', { hasText: 'Chat History' }).waitFor();
  const title = turns[0]?.text.slice(0, 40) ?? '';
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  const chat = await webviewFrame(page, '.turn.assistant.done');
  await chat.waitForFunction((count) => document.querySelectorAll('.turn').length === count, turns.length);
  return chat;
}
