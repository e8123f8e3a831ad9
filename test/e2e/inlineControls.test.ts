import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { takeSights, watch } from '../bench/typing/watch.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { ghostTextHas, statusSays, tooltipSays } from '../support/inlineSights.ts';
import { type LocalStandin, startLocalStandin } from '../support/localStandin.ts';
import {
  chooseRow,
  codeShows,
  cursorAt,
  extensionStarted,
  ghostText,
  ghostTextShows,
  goToLine,
  openFile,
  runCommand,
  typeText,
} from '../support/workbench.ts';

const months = `function daysOf(month: number): number {
  const long = [1, 3, 5, 7, 8, 10, 12];
  const short = [4, 6, 9, 11];
  if (long.includes(month)) return 31;
  return short.includes(month) ? 30 : 28;
}
`;

const postage = `function postage(grams: number): number {
  const steps = Math.ceil(grams / 20);
  return 60 + 25 * steps;
}
`;

const weekday = 'weekday = ["Monday", "Tuesday", "Wednesday"]';
const blank = ['months.ts', 'snoozed.ts', 'weekday.py', 'other.ts', 'sent.ts', 'parts.ts'];
const kept = { 'private/postage.ts': '// Mine.\n', '.env': 'SHOP_DOOR=open\n' };

describe('what the user decides about ghost text', () => {
  let standin: LocalStandin;
  let editor: Editor;
  before(async () => {
    standin = await startLocalStandin([months, postage, weekday]);
    const server = { 'glmCoder.backend': 'local', 'glmCoder.local.url': standin.url };
    // An open list of words would be the reason why there is no ghost text.
    editor = await startEditor({
      settings: { ...server, 'search.useIgnoreFiles': false, 'editor.quickSuggestions': false },
      async prepare(folder) {
        await mkdir(join(folder, 'private'));
        for (const name of blank) await writeFile(join(folder, 'src', name), '\n');
        for (const [path, text] of Object.entries(kept)) await writeFile(join(folder, path), text);
        await writeFile(join(folder, '.gitignore'), 'private/\n');
      },
    });
    await openFile(editor.page, 'src/months.ts');
    await extensionStarted(editor.page);
    await watch(editor.page);
  });
  after(async () => {
    await editor?.dispose();
    await standin?.dispose();
  });

  /** Opens a file and types on its second line, which is its last. */
  async function typeIn(path: string, text: string): Promise<void> {
    await openFile(editor.page, path);
    await goToLine(editor.page, 2);
    await typeText(editor.page, text);
  }

  it('shows the next suggestion after Tab without another key', async () => {
    const { page } = editor;
    await typeIn('src/months.ts', 'function da');
    await ghostTextHas(page, 'const short = [4, 6, 9, 11];');
    await page.keyboard.press('Tab');
    await cursorAt(page, 4).waitFor();
    await ghostTextHas(page, 'if (long.includes(month)) return 31;');
    await codeShows(page, /^\s*function daysOf\(month: number\): number \{\n {2}const long .*\n {2}const short /);
  });

  it('is silent while it is snoozed, says so, and comes back when that is ended', async () => {
    const { page } = editor;
    await typeIn('src/snoozed.ts', 'function po');
    await ghostTextHas(page, 'return 60 + 25 * steps;');
    await runCommand(page, 'GLM Coder: Snooze Inline Completions');
    await chooseRow(page, '5 minutes');
    await statusSays(page, 'Snoozed until');
    await takeSights(page);
    const sent = standin.prompts().length;
    // As suggested, then not: the one was known before, the other would be asked for.
    await typeText(page, 'stagex');
    await page.keyboard.press('Backspace');
    await runCommand(page, 'GLM Coder: Snooze Inline Completions');
    await statusSays(page, 'Inline completions are on.');
    assert.equal((await takeSights(page)).ghosts.map(({ text }) => text).join(''), '');
    assert.equal(standin.prompts().length, sent);
    await typeText(page, '(');
    await ghostTextShows(page, /^grams: number/);
  });

  it('is off in a language and on in others', async () => {
    const { page } = editor;
    const toggle = 'GLM Coder: Toggle Inline Completions for This Language';
    await typeIn('src/weekday.py', 'w');
    await ghostTextShows(page, /^eekday = \[/);
    await runCommand(page, toggle);
    await typeIn('src/other.ts', 'function po');
    await ghostTextShows(page, /^stage\(/);
    await typeIn('src/weekday.py', 'e');
    await statusSays(page, 'Inline completions are off here.');
    assert.equal(await ghostText(page), '');
    await runCommand(page, toggle);
    await statusSays(page, 'Inline completions are on.');
    await typeText(page, 'e');
    await ghostTextShows(page, /^kday = \[/);
  });

  it('sends nothing from a file that git ignores or that may hold secrets', async () => {
    const { page } = editor;
    await typeIn('private/postage.ts', 'function po');
    await tooltipSays(page, 'ignored by version control');
    assert.equal(await ghostText(page), '');
    await typeIn('.env', 'function po');
    await tooltipSays(page, 'may hold secrets');
    assert.equal(await ghostText(page), '');
    await typeIn('src/sent.ts', 'function po');
    await ghostTextShows(page, /^stage\(/);
    assert.ok(standin.prompts().some((prompt) => prompt.includes('###PATH: src/sent.ts')));
    for (const words of ['private/', '.env', ...Object.values(kept).map((text) => text.trim())])
      assert.ok(standin.prompts().every((prompt) => !prompt.includes(words)));
  });

  // The last: once that menu was open, VS Code keeps ghost text where the palette opens.
  it('accepts a word with Ctrl+Right and a line from the toolbar, and keeps showing the rest', async () => {
    const { page } = editor;
    await typeIn('src/parts.ts', 'function po');
    await ghostTextHas(page, 'return 60 + 25 * steps;');
    await page.keyboard.press('Control+ArrowRight');
    await page.locator('.ghost-text-decoration', { hasText: 'stage' }).waitFor({ state: 'detached' });
    await ghostTextShows(page, /^\(grams: number\)/);
    await page.locator('.ghost-text-decoration').first().hover();
    await page.locator('.inlineSuggestionsHints .codicon-toolbar-more').click();
    await page.locator('.monaco-menu .action-label', { hasText: 'Accept Line' }).click();
    await cursorAt(page, 3).waitFor();
    await ghostTextHas(page, 'return 60 + 25 * steps;');
    await codeShows(page, /^\s*function postage\(grams: number\): number \{\n/);
  });
});
