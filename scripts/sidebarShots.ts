import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Editor } from '../test/support/editor.ts';
import { startHostedEditor } from '../test/support/hostedEditor.ts';
import { type Recording, streamedAnswer } from '../test/support/hostedStandin.ts';
import { openChat, send } from '../test/support/sidebar.ts';
import { answerInputBox, openFile, runCommand } from '../test/support/workbench.ts';

/** The themes that VS Code comes with, by the name of their pictures. */
const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'contrast-dark': 'Default High Contrast',
  'contrast-light': 'Default High Contrast Light',
} as const;

/** Widths of the sidebar in pixels; VS Code makes it no narrower than the first. */
const widths = { narrow: 210, wide: 900 } as const;

const size = { width: 1400, height: 900 };

/** One picture of the index. */
interface Shot {
  readonly file: string;
  readonly scene: string;
  readonly theme: string;
  readonly width: string;
}

const chatAnswer = `Tax is added in \`src/price.ts:8-10\`, **not** where the basket is summed:

\`\`\`ts
/** Adds value added tax to a price. */
export function withTax(price: Price, rate: number): Price {
  return { ...price, cents: Math.round(price.cents * (1 + rate)) };
}
\`\`\`

- \`receipt\` calls it once, with the sum
- prices stay in cents, so that nothing is rounded twice

| file | what it does |
|---|---|
| \`src/price.ts\` | prices and tax |
| \`src/basket.ts\` | sums and receipts |
`;

const block = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\n`;

const editAnswer = [
  'I rename `cents` to `amount`.\n\n',
  block('src/price.ts', '  readonly cents: number;', '  readonly amount: number;'),
  block(
    'src/price.ts',
    '  return { ...price, cents: Math.round(price.cents * (1 + rate)) };',
    '  return { ...price, amount: Math.round(price.amount * (1 + rate)) };',
  ),
  block('src/basket.ts', '    cents += price.cents;', '    amount += price.amount;'),
  block('src/missing.ts', 'not there', 'nor here'),
].join('');

const refusal: Recording = {
  status: 401,
  type: 'application/json',
  pieces: [JSON.stringify({ error: { code: '1000', message: 'Authentication Failed' } })],
};

/** Sets the theme as a user does who edits the settings. */
async function setTheme({ page, server }: Editor, theme: string): Promise<void> {
  for (const scope of ['User', 'Machine']) {
    const file = join(server.data, scope, 'settings.json');
    const settings = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...settings, 'workbench.colorTheme': theme }));
  }
  const isSet = (name: string) => document.querySelector('.monaco-workbench')?.classList.contains(name);
  const kind = /High Contrast Light/.test(theme) ? 'hc-light' : /High Contrast/.test(theme) ? 'hc-black' : undefined;
  await page.waitForFunction(isSet, kind ?? (/Light/.test(theme) ? 'vs' : 'vs-dark'));
  await page.waitForTimeout(400);
}

/** Drags the edge of the sidebar. */
async function setWidth(page: Page, width: number): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (!bar) throw new Error('the sidebar is not shown');
  await page.mouse.move(bar.x + bar.width, bar.y + bar.height / 2);
  await page.mouse.down();
  await page.mouse.move(bar.x + width, bar.y + bar.height / 2, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(size.width - 50, size.height - 200);
}

/** Drives the sidebar through its states, and takes each in every theme, narrow and wide; writes an index beside them. */
export async function takeSidebarShots(out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  let answer: () => Recording = () => ({
    pieces: streamedAnswer([chatAnswer], 'glm-4.7', ['The user asks about tax.']),
  });
  const editor = await startHostedEditor(() => answer(), { size });
  const { page } = editor;
  const shots: Shot[] = [];
  try {
    const chat = await openChat(page);

    async function takeAll(scene: string, prepare?: () => Promise<void>, leave?: () => Promise<void>): Promise<void> {
      for (const [theme, name] of Object.entries(themes)) {
        await setTheme(editor, name);
        for (const [width, pixels] of Object.entries(widths)) {
          await setWidth(page, pixels);
          await prepare?.();
          await page.waitForTimeout(250);
          const file = `${scene}-${theme}-${width}.png`;
          const box = await page.locator('.part.sidebar').boundingBox();
          const isList = scene === 'history';
          await page.screenshot({ path: join(out, file), ...(box && !isList ? { clip: box } : {}) });
          shots.push({ file, scene, theme, width });
          await leave?.();
        }
      }
      console.log(`${scene}: ok`);
    }

    await takeAll('welcome');
    await send(chat, 'Where is tax added?');
    await chat.locator('.turn.assistant.done').waitFor();
    await chat.locator('.reasoning summary').click();
    await takeAll('chat');

    await openFile(page, 'src/price.ts');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+Alt+K');
    await chat.locator('.chip .size', { hasText: 'tokens' }).first().waitFor();
    await chat.locator('.composer textarea').fill('And how is it rounded?');
    await chat.locator('.meter summary').click();
    await chat.locator('.meter tr', { hasText: 'This message' }).waitFor();
    await takeAll('meter');
    await chat.locator('.meter summary').click();

    answer = () => refusal;
    await chat.locator('.composer textarea').press('Enter');
    await chat.locator('.turn.assistant.failed').waitFor();
    await takeAll('error');

    answer = () => ({ pieces: streamedAnswer([editAnswer]) });
    await openFile(page, 'src/price.ts');
    await page.keyboard.press('Control+A');
    await runCommand(page, 'GLM Coder: Refactor Selection…');
    await answerInputBox(page, 'Refactor Selection', 'Rename cents to amount');
    await chat.locator('.proposal').waitFor();
    await chat.locator('.turn.assistant.done').waitFor();
    await chat.locator('.hunks > summary').first().click();
    await takeAll('refactor');

    await takeAll(
      'history',
      async () => {
        await runCommand(page, 'GLM Coder: Chat History');
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Rename' }).waitFor();
      },
      async () => {
        await page.keyboard.press('Escape');
        await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
      },
    );
    await writeFile(join(out, 'index.html'), indexOf(shots));
    console.log(`${shots.length} pictures: ${join(out, 'index.html')}`);
  } catch (error) {
    await page.screenshot({ path: join(out, 'failed.png') });
    throw error;
  } finally {
    await editor.dispose();
  }
}

/** A page with all pictures, a table for each scene: a row for each width, a column for each theme. */
function indexOf(shots: readonly Shot[]): string {
  const scenes = Map.groupBy(shots, ({ scene }) => scene);
  const tables = [...scenes].map(([scene, own]) => {
    const rows = Object.keys(widths).map((width) => {
      const cells = own
        .filter((shot) => shot.width === width)
        .map(
          ({ file, theme }) => `<td><a href="${file}"><img src="${file}" alt="${scene}, ${theme}, ${width}"></a></td>`,
        );
      return `<tr><th scope="row">${width}</th>${cells.join('')}</tr>`;
    });
    const heads = Object.keys(themes).map((theme) => `<th scope="col">${theme}</th>`);
    return `<h2>${scene}</h2>\n<table>\n<tr><td></td>${heads.join('')}</tr>\n${rows.join('\n')}\n</table>`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>GLM Coder: the sidebar</title>
<style>
body { font-family: system-ui, sans-serif; }
td { vertical-align: top; }
img { max-width: 320px; max-height: 480px; border: 1px solid #999; }
</style>
</head>
<body>
<h1>The sidebar of GLM Coder</h1>
${tables.join('\n')}
</body>
</html>
`;
}
