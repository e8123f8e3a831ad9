import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, enterHostedKey, startEditor } from '../support/editor.ts';
import { extensionHostsOf } from '../support/extensionHosts.ts';
import { type HostedStandin, type Recording, startHostedStandin, streamedAnswer } from '../support/hostedStandin.ts';
import { extensionStarted, openFile, runCommand, webviewFrame } from '../support/workbench.ts';
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
  let editor: Editor;
  let standin: HostedStandin;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: streamedAnswer([edit]) });
  /** When each word of the long answer was sent. */
  const sent: number[] = [];

  before(async () => {
    standin = await startHostedStandin(() => answer());
    editor = await startEditor({
      ...{ 'glmCoder.backend': 'hosted', 'glmCoder.hosted.url': standin.url },
      // Completions are requests, too.
      'glmCoder.inline.enabled': false,
    });
    await enterHostedKey(editor.page, 'test-id.test-secret');
    await openFile(editor.page, 'src/stock.ts');
    await runCommand(editor.page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(editor.page, '.composer textarea');
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  async function send(text: string): Promise<void> {
    await chat.locator('.composer textarea').fill(text);
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('.question', { hasText: text }).waitFor();
  }
  const stored = () => readFile(join(editor.workspace.folder, 'src/stock.ts'), 'utf8');
  const changed = shop['src/stock.ts']?.replace('class Stock', 'class Store');

  it('loses a second of it at the most, no accepted edit and no history', async () => {
    const { page } = editor;
    await send('/refactor Call it Store');
    await chat.getByRole('button', { name: 'Accept' }).first().click();
    await chat.locator('.verdict', { hasText: 'Accepted' }).first().waitFor();
    // Accepted edits are saved by the user.
    await page.locator('.tab[data-resource-name="stock.ts"]').first().click();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    assert.equal(await stored(), changed);

    const pieces = streamedAnswer(words);
    answer = () => ({ pieces: tell(pieces), pause });
    await send('Now tell me a long story');
    await chat.locator('.turn.assistant.streaming', { hasText: 'word40 ' }).waitFor();

    const hosts = await extensionHostsOf(editor.server.pid);
    assert.equal(hosts.length, 1, `the extension hosts of this editor: ${hosts}`);
    const killed = performance.now();
    for (const host of hosts) process.kill(host, 'SIGKILL');
    const due = sent.filter((at) => at < killed - 1_000).length;

    await page.reload();
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
    await extensionStarted(page);
    assert.notDeepEqual(await extensionHostsOf(editor.server.pid), hosts);
    await runCommand(page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(page, '.turn.assistant.stopped', 40_000);
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
    await send('Go on');
    await chat.locator('.turn.assistant.done', { hasText: 'The end.' }).waitFor();
    assert.match(JSON.stringify(standin.requests.at(-1)?.body.messages), /word20 word21/);
    const edited = chat.locator('.turn.assistant').first();
    await edited.scrollIntoViewIfNeeded();
    await edited.hover();
    await edited.getByRole('button', { name: 'Restore Files to Before This Answer' }).click();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Restore' }).first().click();
    await page.locator('.tab.dirty[data-resource-name="stock.ts"]').waitFor();
    await page.locator('.tab[data-resource-name="stock.ts"]').first().click();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    assert.equal(await stored(), shop['src/stock.ts']);
  });

  /** The pieces, each noted when it is taken to be sent. */
  function* tell(pieces: readonly string[]): Iterable<string> {
    for (const piece of pieces) {
      sent.push(performance.now());
      yield piece;
    }
  }
});
