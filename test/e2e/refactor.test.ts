import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { isSaved, isSavedAs, onDisk } from '../support/savedFiles.ts';
import { openChat } from '../support/sidebar.ts';
import { answerInputBox, openFile, runCommand } from '../support/workbench.ts';

/** Files of this repository in which a function is renamed. */
const from = 'lineBefore';
const to = 'textBeforeCursor';
const folder = 'completion';
const files = ['place.ts', 'answer.ts', 'completer.ts', 'display.ts', 'trigger.ts'].map((name) => `${folder}/${name}`);

/** One block for each group of lines that has the name, long enough to stand in the file once. */
function blocksFor(path: string, text: string): string {
  const lines = text.split('\n');
  const has = (line: string | undefined) => new RegExp(`\\b${from}\\b`).test(line ?? '');
  let blocks = '';
  for (let at = 0; at < lines.length; at++) {
    if (!has(lines[at])) continue;
    let end = at + 1;
    const search = () => lines.slice(at, end).join('\n');
    while (has(lines[end]) || text.split(`${search()}\n`).length > 2) end++;
    const replace = search().replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
    blocks += `${path}\n<<<<<<< SEARCH\n${search()}\n=======\n${replace}\n>>>>>>> REPLACE\n\n`;
    at = end - 1;
  }
  return blocks;
}

const renamed = (text: string): string => text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);

describe('a refactor over five files', () => {
  let editor: HostedEditor;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: [] });
  const originals = new Map<string, string>();

  before(async () => {
    editor = await startHostedEditor(() => answer(), {
      size: { width: 1500, height: 1000 },
      prepare: (root) => cp(resolve('extension/core/completion'), join(root, folder), { recursive: true }),
    });
    for (const path of files) originals.set(path, await onDisk(editor, path));
    chat = await openChat(editor.page);
  });
  after(() => editor?.dispose());

  const original = (path: string): string => originals.get(path) ?? '';
  const proposal = () => chat.locator('.proposal').last();
  const fileRow = (path: string) => proposal().locator('.proposal-files > li', { hasText: path.split('/')[1] ?? '' });

  it('is listed file by file, and changes nothing yet', async () => {
    const { page } = editor;
    const edits = files.map((path) => blocksFor(path, original(path)));
    answer = () => ({ pieces: streamedAnswer([`I rename \`${from}\`.\n\n`, ...edits]), pause: 20 });
    await openFile(page, files[0] ?? '');
    await page.keyboard.press('Control+A');
    await runCommand(page, 'GLM Coder: Refactor Selection…');
    await answerInputBox(page, 'Refactor Selection', `Rename ${from} to ${to}`);
    await proposal().locator('h3', { hasText: '5 files' }).waitFor();
    assert.equal(await proposal().locator('.refused').count(), 0);
    await page.locator('.monaco-diff-editor').first().waitFor();
    // What is found only then moves the files.
    await proposal().locator('.checking').waitFor({ state: 'detached' });
    for (const path of files) {
      await fileRow(path).waitFor();
      assert.equal(await onDisk(editor, path), original(path));
    }
  });

  it('is accepted in part: a hunk, a file, and then the rest but for what was rejected', async () => {
    const [place = '', reader = '', , display = ''] = files;
    await fileRow(place).locator('details.hunks > summary').click();
    const first = fileRow(place).locator('.hunk').first();
    await first.getByRole('button', { name: /^Accept the change/ }).click();
    await fileRow(place).locator('.hunk.accepted').first().waitFor();
    const left = await fileRow(place).locator('.hunk.pending').count();
    await isSavedAs(editor, place, (text) => {
      assert.notEqual(text, original(place));
      assert.equal(text.split(to).length, original(place).split(from).length - left);
    });

    // The rows move up as files are judged, and a click that is under way lands elsewhere.
    await fileRow(display)
      .getByRole('button', { name: /^Reject the changes/ })
      .click();
    await fileRow(display).locator('.verdict', { hasText: 'Rejected' }).first().waitFor();
    await fileRow(reader)
      .getByRole('button', { name: /^Accept the changes/ })
      .click();
    await fileRow(reader).locator('.verdict', { hasText: 'Accepted' }).first().waitFor();
    const rest = proposal().getByRole('button', { name: 'Accept the Rest' });
    await rest.first().click();
    await rest.first().waitFor({ state: 'detached' });
    await proposal().locator('.verdict', { hasText: 'Partly accepted' }).first().waitFor();
    for (const path of files) {
      await isSaved(editor, path, path === display ? original(path) : renamed(original(path)));
    }
  });

  it('is undone in one step, over all files', async () => {
    const { page } = editor;
    await openFile(page, files[4] ?? '');
    await page.keyboard.press('Control+Z');
    await page.locator('.tab.dirty[data-resource-name="completer.ts"]').waitFor();
    const [place = '', reader = '', completer = '', , trigger = ''] = files;
    for (const path of [completer, trigger]) await isSaved(editor, path, original(path));
    await isSaved(editor, reader, renamed(original(reader)), 'what was accepted by itself stays');
    await isSavedAs(editor, place, (text) => assert.notEqual(text, original(place)));
  });

  it('can be put back whole to what the files were before the answer', async () => {
    const { page } = editor;
    await chat.locator('.turn.assistant').last().hover();
    await chat.getByRole('button', { name: 'Restore Files to Before This Answer' }).last().click();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Restore' }).first().click();
    await proposal().getByRole('button', { name: 'Accept All' }).first().waitFor();
    for (const path of files) await isSaved(editor, path, original(path));
  });
});
