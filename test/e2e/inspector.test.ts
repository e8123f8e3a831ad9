import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import type { Pack } from '../../extension/core/pack.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { eventually } from '../support/eventually.ts';
import { chooseFromMenu } from '../support/menus.ts';
import { run } from '../support/processes.ts';
import {
  codeShows,
  extensionStarted,
  openFile,
  reloadWindow,
  runCommand,
  visibleCode,
  webviewFrame,
} from '../support/workbench.ts';

const budget = 500;
const question = 'how is tax added to a price?';

describe('the inspector', () => {
  let editor: Editor;
  let page: Frame;
  before(async () => {
    editor = await startEditor({ settings: { 'glmCoder.context.budget': budget } });
    await extensionStarted(editor.page);
  });
  after(() => editor?.dispose());

  /** What the command line packs for the same question and budget. */
  async function packed(...args: readonly string[]): Promise<Pack> {
    const cli = [resolve('dist/cli.js'), 'pack', editor.workspace.folder, '--json', '--budget', String(budget)];
    return JSON.parse(await run(process.execPath, [...cli, '--question', question, ...args])) as Pack;
  }
  async function open(): Promise<void> {
    await runCommand(editor.page, 'GLM Coder: Show What Is Sent');
    page = await webviewFrame(editor.page, 'main .source');
  }
  async function ask(): Promise<void> {
    await page.getByLabel('For a question').check();
    await page.getByLabel('Question', { exact: true }).fill(question);
    await page.getByRole('button', { name: 'Pack', exact: true }).click();
    await page.locator('td.reason', { hasText: 'matches the words' }).first().waitFor();
  }
  /** What the table says: path, tokens where it is sent, reason. */
  const listed = () =>
    page.locator('tbody tr.row').evaluateAll((rows) =>
      rows.map((row) => {
        const [path = '', , tokens = '', , reason = ''] = [...row.querySelectorAll('td')].map(
          (cell) => cell.textContent ?? '',
        );
        return { path, tokens: Number(tokens.replaceAll(',', '')), reason };
      }),
    );
  /** Chooses from the Explorer's menu on a file. */
  const fromExplorer = (name: string, title: string) =>
    chooseFromMenu(
      editor.page,
      editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }),
      title,
    );
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);

  /** Waits until the page shows what the command line packs, to the file and the token. */
  async function agrees(pack: Pack): Promise<void> {
    const all = [
      ...pack.files.map(({ path, tokens, reason = '' }) => ({ path, tokens, reason })),
      ...pack.omitted.map(({ path, reason }) => ({ path, tokens: 0, reason })),
    ].sort(byPath);
    const total = `${pack.tokens.toLocaleString('en')} of ${pack.budget.toLocaleString('en')}`;
    await page.locator('.summary .tokens dd', { hasText: total }).waitFor();
    await eventually(async () => assert.deepEqual((await listed()).sort(byPath), all));
  }

  it('shows to the token what the command line packs, with every reason', async () => {
    await open();
    await ask();
    const pack = await packed();
    await agrees(pack);
    assert.ok((await page.locator('.cell').count()) >= pack.files.length);
    assert.match(await page.locator('.summary .price dd').innerText(), /^free: nothing leaves this machine$/);
  });

  it('opens the exact text, read only', async () => {
    await page.getByRole('button', { name: 'Open the Text' }).click();
    await editor.page.locator('.tab.active', { hasText: 'GLM Coder Pack.txt' }).waitFor();
    await codeShows(editor.page, /###PATH:/);
    const { text } = await packed();
    assert.ok(text.startsWith((await visibleCode(editor.page)).split('\n')[0] ?? '?'));
    await editor.page.keyboard.press('Control+F4');
  });

  it('pins and excludes from the table, and the command line agrees', async () => {
    await open();
    const row = (path: string) => page.locator('tr.row', { hasText: path });
    await row('notes.txt').getByRole('button', { name: 'Pin' }).click();
    await row('notes.txt')
      .locator('td.reason', { hasText: /^pinned by you$/ })
      .waitFor();
    await row('src/price.ts').getByRole('button', { name: 'Exclude' }).click();
    await row('src/price.ts')
      .locator('td.reason', { hasText: /^excluded by you$/ })
      .waitFor();
    await agrees(await packed('--pin', 'notes.txt', '--exclude', 'src/price.ts'));
  });

  it('keeps what was decided across a reload', async () => {
    await reloadWindow(editor.page);
    await open();
    await ask();
    await agrees(await packed('--pin', 'notes.txt', '--exclude', 'src/price.ts'));
  });

  it('takes decisions from the Explorer, too', async () => {
    const row = page.locator('tr.row', { hasText: 'README.md' });
    const excluded = row.locator('td.reason', { hasText: /^excluded by you$/ });
    await fromExplorer('README.md', 'Exclude from Context');
    await excluded.waitFor();
    await fromExplorer('README.md', 'Reset in Context');
    await excluded.waitFor({ state: 'detached' });
  });

  it('shows what goes along at the cursor of the file that is open', async () => {
    await openFile(editor.page, 'src/basket.ts');
    await open();
    await page.getByLabel('At the cursor: src/basket.ts:').check();
    const own = page.locator('tr.row', { hasText: 'src/basket.ts' });
    await own.locator('td.reason', { hasText: 'sent on its own, as the file at the cursor' }).waitFor();
    await page.locator('tr.row', { hasText: 'notes.txt' }).locator('td.reason', { hasText: 'pinned by you' }).waitFor();
    // It is excluded, though imported there.
    await page
      .locator('tr.row', { hasText: 'src/price.ts' })
      .locator('td.reason', { hasText: 'excluded by you' })
      .waitFor();
  });
});
