import assert from 'node:assert/strict';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Editor, startEditor } from '../support/editor.ts';
import { tooltipSays } from '../support/inlineSights.ts';
import { type LocalStandin, startLocalStandin } from '../support/localStandin.ts';
import { extensionStarted, ghostText, ghostTextShows, showFile, typeText } from '../support/workbench.ts';

const total = 'total = price_with_tax(100, RATE)\nprint(total)\n';

const cell = (cell_type: 'code' | 'markdown', source: string) => ({
  cell_type,
  metadata: {},
  source,
  ...(cell_type === 'code' ? { execution_count: null, outputs: [] } : {}),
});

const notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { language_info: { name: 'python' } },
  cells: [
    cell('code', 'RATE = 0.19'),
    cell('markdown', 'Prices with tax'),
    cell('code', 'def price_with_tax(cents, rate):\n    return round(cents * (1 + rate))'),
    cell('code', ''),
    cell('code', 'print("the end")'),
  ],
};

/** A notebook that is not shown stays in the page. */
const shown = '.notebookOverlay:not([inert], [inert] *)';

describe('typing in a notebook', () => {
  let standin: LocalStandin;
  let editor: Editor;
  before(async () => {
    standin = await startLocalStandin([total]);
    editor = await startEditor({
      settings: { 'glmCoder.backend': 'local', 'glmCoder.local.url': standin.url },
      async prepare(folder) {
        await writeFile(join(folder, 'tax.ipynb'), JSON.stringify(notebook));
        await appendFile(join(folder, '.gitignore'), 'private/\n');
        await mkdir(join(folder, 'private'));
        await writeFile(join(folder, 'private', 'salary.ipynb'), JSON.stringify(notebook));
      },
    });
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  it('continues what the cells above begin, and knows those below', async () => {
    const { page } = editor;
    await showFile(page, 'tax.ipynb');
    await extensionStarted(page);
    const empty = page.locator(`${shown} .code-cell-row`).nth(2);
    await empty.locator('.monaco-editor .view-lines').click();
    await typeText(page, 'total = pr');
    await ghostTextShows(page, /^ice_with_tax\(100, RATE\)/);
    const above = [
      'RATE = 0.19',
      '# Prices with tax',
      'def price_with_tax(cents, rate):\n    return round(cents * (1 + rate))',
    ];
    const begun = `<|code_prefix|>${above.join('\n\n')}\n\nt`;
    const prompt = standin.prompts().find((each) => each.includes(begun));
    assert.ok(prompt, standin.prompts().at(-1));
    assert.match(prompt, /<\|code_suffix\|>\s*print\("the end"\)/);
    await page.keyboard.press('Tab');
    await empty.locator('.view-line', { hasText: 'print(total)' }).waitFor();
    assert.equal(await page.locator('.notebookOverlay .view-line', { hasText: 'print(total)' }).count(), 1);
  });

  it('says nothing in a notebook that git ignores', async () => {
    const { page } = editor;
    await showFile(page, 'private/salary.ipynb');
    const asked = standin.prompts().length;
    const empty = page.locator(`${shown} .code-cell-row`).nth(2);
    await empty.locator('.monaco-editor .view-lines').click();
    await typeText(page, 'total = pr');
    await tooltipSays(page, 'ignored');
    assert.deepEqual(standin.prompts().slice(asked), []);
    assert.equal(await ghostText(page), '');
  });
});
