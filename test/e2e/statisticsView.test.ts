import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Editor, startEditor } from '../support/editor.ts';
import { eventually } from '../support/eventually.ts';
import { type LocalStandin, startLocalStandin } from '../support/localStandin.ts';
import {
  extensionStarted,
  ghostTextShows,
  goToLine,
  openFile,
  runCommand,
  typeText,
  visibleCode,
} from '../support/workbench.ts';

const python = 'days = ["Monday", "Tuesday", "Wednesday"]';
const typescript = 'const double = (count: number) => 2 * count;';

describe('the statistics view', () => {
  let standin: LocalStandin;
  let editor: Editor;
  before(async () => {
    standin = await startLocalStandin([python, typescript]);
    const server = { 'glmCoder.backend': 'local', 'glmCoder.local.url': standin.url };
    editor = await startEditor({
      settings: { ...server, 'editor.quickSuggestions': false },
      async prepare(folder) {
        await writeFile(join(folder, 'weekday.py'), '# Days.\nda');
        await writeFile(join(folder, 'double.ts'), '// Counts.\nconst dou');
      },
    });
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  const view = () => editor.page.locator('.pane', { has: editor.page.locator('[aria-label^="Inline Statistics"]') });

  /** Types one key at the end of a file: VS Code asks for a suggestion once. */
  async function typeAtEnd(path: string, key: string): Promise<void> {
    await openFile(editor.page, path);
    await extensionStarted(editor.page);
    await goToLine(editor.page, 2);
    await typeText(editor.page, key);
    await ghostTextShows(editor.page, /\S/);
  }

  /** The rows that show for a language, in their order. */
  async function figures(language: string): Promise<string[]> {
    const rows = await view()
      .locator('.monaco-list-row')
      .evaluateAll((all) =>
        all
          .sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
          .map((each) => ({ label: each.ariaLabel?.trim() ?? '', isLanguage: each.ariaLevel === '1' })),
      );
    const from = rows.findIndex(({ label, isLanguage }) => isLanguage && label === language) + 1;
    const others = rows.slice(from);
    const to = others.findIndex(({ isLanguage }) => isLanguage);
    return others.slice(0, to < 0 ? undefined : to).map(({ label }) => label);
  }

  it('counts per language what was shown and accepted', async () => {
    const { page } = editor;
    await typeAtEnd('weekday.py', 'y');
    await page.keyboard.press('Tab');
    await page.locator('.ghost-text-decoration').first().waitFor({ state: 'detached' });
    await eventually(async () => assert.ok((await visibleCode(page)).includes(python)));
    await typeAtEnd('double.ts', 'b');
    await runCommand(page, 'GLM Coder: Focus on Inline Statistics View');
    // Both views together are higher than the window.
    await page.locator('.pane-header', { hasText: 'Chat' }).click();
    await view().locator('.monaco-list-row', { hasText: 'Median time' }).nth(1).waitFor();
    await eventually(async () => {
      const accepted = await figures('Python');
      assert.deepEqual(accepted.slice(0, 2), ['Shown: 1', 'Accepted: 1 (100 %)']);
      assert.equal(accepted[3], `Characters accepted: ${python.length - 'day'.length}`);
      assert.deepEqual((await figures('TypeScript')).slice(0, 2), ['Shown: 1', 'Accepted: 0 (0 %)']);
    });
  });

  it('is empty, and says what is counted, after the statistics were cleared', async () => {
    await runCommand(editor.page, 'GLM Coder: Clear Statistics');
    await view().locator('.welcome-view-content', { hasText: 'It stays on this machine.' }).waitFor();
    await view().locator('.monaco-list-row').first().waitFor({ state: 'detached' });
  });
});
