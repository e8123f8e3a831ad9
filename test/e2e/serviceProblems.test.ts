import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, enterHostedKey, startEditor } from '../support/editor.ts';
import { type HostedStandin, type Recording, startHostedStandin, streamedAnswer } from '../support/hostedStandin.ts';
import { answerInputBox, openFile, runCommand, webviewFrame } from '../support/workbench.ts';

const page = '.shop {\n  bckground: white;\n  color: black;\n}\n';
const settings = '{\n  "name": "shop",\n  "private": true\n}\n';
const edit = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\n`;

describe("problems that VS Code's own language services find in proposed edits", () => {
  let editor: Editor;
  let standin: HostedStandin;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: [] });

  before(async () => {
    standin = await startHostedStandin(() => answer());
    editor = await startEditor(
      { 'glmCoder.backend': 'hosted', 'glmCoder.hosted.url': standin.url },
      { width: 1500, height: 1000 },
    );
    const folder = join(editor.workspace.folder, 'style');
    await mkdir(folder);
    await writeFile(join(folder, 'shop.css'), page);
    await writeFile(join(folder, 'package.json'), settings);
    await enterHostedKey(editor.page, 'test-id.test-secret');
    await runCommand(editor.page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(editor.page, '.composer textarea');
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  const row = (name: string) => chat.locator('.proposal-files > li', { hasText: name });

  it('are told as soon as a diff is open, without those that were there before', async () => {
    const edits = [
      edit('style/shop.css', '  color: black;', '  colr: black;'),
      edit('style/package.json', '  "private": true', '  "name": "again"'),
    ];
    answer = () => ({ pieces: streamedAnswer(['Two changes.\n\n', ...edits]) });
    await openFile(editor.page, 'style/shop.css');
    await editor.page.keyboard.press('Control+A');
    await runCommand(editor.page, 'GLM Coder: Refactor Selection…');
    await answerInputBox(editor.page, 'Refactor Selection', 'Break two things');
    await row('shop.css').locator('.problems li').first().waitFor();
    assert.deepEqual(await row('shop.css').locator('.problems li').allInnerTexts(), [
      "Line 3: Unknown property: 'colr'",
    ]);
  });

  it('are told of the next file when its diff is opened, and stay with the one before', async () => {
    await row('package.json')
      .getByRole('button', { name: /package\.json/ })
      .first()
      .click();
    const problems = row('package.json').locator('.problems li');
    await problems.first().waitFor();
    assert.match((await problems.allInnerTexts()).join('\n'), /^Line [23]: Duplicate object key/);
    assert.equal(await row('shop.css').locator('.problems li').count(), 1);
  });
});
