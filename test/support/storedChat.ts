import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { createChatStore } from '../../extension/node/history/chatStore.ts';
import type { TurnView } from '../../extension/protocol/chat.ts';
import type { Editor } from './editor.ts';
import { eventually } from './eventually.ts';
import { openChat, send } from './sidebar.ts';
import { chooseRow, runCommand, webviewFrame } from './workbench.ts';

/** Where the extension keeps chats, once it has. @throws Error before */
function chatsFolder({ server }: Editor): string {
  const [found] = globSync('**/glm-coder.glm-coder/chats', { cwd: server.data });
  if (!found) throw new Error(`no chats are kept below ${server.data}`);
  return join(server.data, found);
}

/** Has the extension make its folder by saying something, and leaves that chat. */
async function storageFolder(editor: Editor): Promise<string> {
  const chat = await openChat(editor.page);
  const turn = await send(chat, 'Hello?');
  await turn.and(chat.locator('.done, .failed')).waitFor();
  await chat.getByRole('button', { name: 'New Chat' }).first().click();
  await chat.locator('.welcome').waitFor();
  return eventually(() => chatsFolder(editor));
}

/** Waits until something that was said in a chat is on the disk. */
export async function isStored(editor: Editor, words: string): Promise<void> {
  await eventually(async () => {
    const files = globSync('**/*.*', { cwd: chatsFolder(editor) });
    const texts = await Promise.all(files.map((file) => readFile(join(chatsFolder(editor), file), 'utf8')));
    assert.ok(
      texts.some((text) => text.includes(words)),
      `"${words}" is in none of ${files}`,
    );
  });
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
  await chooseRow(page, title);
  const chat = await webviewFrame(page, '.turn.assistant.done');
  await chat.waitForFunction((count) => document.querySelectorAll('.turn').length === count, turns.length);
  return chat;
}
