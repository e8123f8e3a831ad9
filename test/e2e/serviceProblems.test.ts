import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { openChat } from '../support/sidebar.ts';
import { answerInputBox, openFile, runCommand } from '../support/workbench.ts';

const page = '.shop {\n  bckground: white;\n  color: black;\n}\n';
const settings = '{\n  "name": "shop",\n  "private": true\n}\n';
const edit = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\n`;

describe("problems that VS Code's own language services find in proposed edits", () => {
  let editor: HostedEditor;
  let chat: Frame;
  let answer: () => Recording = () => ({ pieces: [] });

  before(async () => {
    editor = await startHostedEditor(() => answer(), {
      size: { width: 1500, height: 1000 },
      async prepare(root) {
        const folder = join(root, 'style');
        await mkdir(folder);
        await writeFile(join(folder, 'shop.css'), page);
        await writeFile(join(folder, 'package.json'), settings);
      },
    });
    chat = await openChat(editor.page);
  });
  after(() => editor?.dispose());

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
    const problems = row('shop.css').locator('.problems li');
    await eventually(async () =>
      assert.deepEqual(await problems.allInnerTexts(), ["Line 3: Unknown property: 'colr'"]),
    );
  });

  it('are told of the next file when its diff is opened, and stay with the one before', async () => {
    await row('package.json')
      .getByRole('button', { name: /package\.json/ })
      .first()
      .click();
    const problems = row('package.json').locator('.problems li');
    await eventually(async () =>
      assert.match((await problems.allInnerTexts()).join('\n'), /^Line [23]: Duplicate object key/),
    );
    assert.equal(await row('shop.css').locator('.problems li').count(), 1);
  });
});
