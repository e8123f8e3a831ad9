import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { extensionHostsOf } from '../support/extensionHosts.ts';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { isSaved, onDisk } from '../support/savedFiles.ts';
import { ask, openChat, send } from '../support/sidebar.ts';
import { openFile, reloadWindow, runCommand, webviewFrame } from '../support/workbench.ts';
import { shop } from '../support/workspace.ts';

/** Milliseconds between two words of the long answer. */
const pause = 100;
const words = Array.from({ length: 400 }, (_, at) => `word${at} `);

const edit = `I rename it.

src/stock.ts
<<<<<<< SEARCH
export class Stock {
=======
export class Store {
>>>>>>> REPLACE
`;

describe('the extension host, killed while an answer streams', { skip: process.platform !== 'linux' }, () => {
  let editor: HostedEditor;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: streamedAnswer([edit]) });
  /** When each word of the long answer was sent. */
  const sent: number[] = [];

  before(async () => {
    // Completions are requests, too.
    editor = await startHostedEditor(() => answer(), { settings: { 'glmCoder.inline.enabled': false } });
    await openFile(editor.page, 'src/stock.ts');
    chat = await openChat(editor.page);
  });
  after(() => editor?.dispose());

  const stored = () => onDisk(editor, 'src/stock.ts');
  const changed = shop['src/stock.ts']?.replace('class Stock', 'class Store') ?? '';

  it('loses a second of it at the most, no accepted edit and no history', async () => {
    const { page } = editor;
    await ask(chat, '/refactor Call it Store');
    await chat.getByRole('button', { name: 'Accept' }).first().click();
    await chat.locator('.verdict', { hasText: 'Accepted' }).first().waitFor();
    // Accepted edits are saved by the user.
    await isSaved(editor, 'src/stock.ts', changed);

    const pieces = streamedAnswer(words);
    answer = () => ({ pieces: tell(pieces), pause });
    await send(chat, 'Now tell me a long story');
    await chat.locator('.turn.assistant.streaming', { hasText: 'word40 ' }).waitFor();

    const hosts = await extensionHostsOf(editor.server.pid);
    assert.equal(hosts.length, 1, `the extension hosts of this editor: ${hosts}`);
    const killed = performance.now();
    for (const host of hosts) process.kill(host, 'SIGKILL');
    const due = sent.filter((at) => at < killed - 1_000).length;

    await reloadWindow(page);
    assert.notDeepEqual(await extensionHostsOf(editor.server.pid), hosts);
    await runCommand(page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(page, '.turn.assistant.stopped');
    const text = (await chat.locator('.turn.assistant.stopped .markdown').textContent()) ?? '';
    const kept = text.trim().split(/\s+/);
    assert.deepEqual(
      kept,
      words.slice(0, kept.length).map((word) => word.trim()),
      'no word is missing in between',
    );
    assert.ok(kept.length >= due && due > 20, `${kept.length} words kept of ${due} that were there a second before`);

    await chat.locator('.question', { hasText: '/refactor Call it Store' }).waitFor();
    await chat.locator('.verdict', { hasText: 'Accepted' }).first().waitFor();
    assert.equal(await stored(), changed);
  });

  it('leaves the accepted edit to be restored, and the chat to be gone on with', async () => {
    const { page } = editor;
    answer = () => ({ pieces: streamedAnswer(['The end.']) });
    const turn = await ask(chat, 'Go on');
    await turn.filter({ hasText: 'The end.' }).waitFor();
    assert.match(editor.lastPrompt(), /word20 word21/);
    const edited = chat.locator('.turn.assistant').first();
    await edited.scrollIntoViewIfNeeded();
    await edited.hover();
    await edited.getByRole('button', { name: 'Restore Files to Before This Answer' }).click();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Restore' }).first().click();
    await page.locator('.tab.dirty[data-resource-name="stock.ts"]').waitFor();
    await isSaved(editor, 'src/stock.ts', shop['src/stock.ts'] ?? '');
  });

  /** The pieces, each noted when it is taken to be sent. */
  function* tell(pieces: readonly string[]): Iterable<string> {
    for (const piece of pieces) {
      sent.push(performance.now());
      yield piece;
    }
  }
});
