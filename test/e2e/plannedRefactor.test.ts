import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { held, type ReceivedRequest, type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { isSaved, isSavedAs, onDisk } from '../support/savedFiles.ts';
import { openChat, send } from '../support/sidebar.ts';
import { chooseRow, openFile, typeText } from '../support/workbench.ts';
import { shop } from '../support/workspace.ts';

const block = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\n`;

const plan = `I rename the interface and all that names it.

FILES
- src/price.ts: rename \`Price\` to \`Money\`
- src/basket.ts: use the new name
- src/stock.ts: use the new name
- README.md: tell of the new name

RISKS
- other repositories may use the name
`;

const edits = [
  'I rename it.\n\n',
  block('src/price.ts', 'export interface Price {', 'export interface Money {'),
  block(
    'src/price.ts',
    'export function withTax(price: Price, rate: number): Price {',
    'export function withTax(price: Money, rate: number): Money {',
  ),
  block(
    'src/price.ts',
    'export function formatPrice(price: Price): string {',
    'export function formatPrice(price: Money): string {',
  ),
  block(
    'src/basket.ts',
    "import { type Price, formatPrice, withTax } from './price.ts';",
    "import { type Money, formatPrice, withTax } from './price.ts';",
  ),
  block(
    'src/basket.ts',
    'export function basketTotal(prices: readonly Price[]): Price {',
    'export function basketTotal(prices: readonly Money[]): Money {',
  ),
  block(
    'src/basket.ts',
    'export function receipt(prices: readonly Price[], rate: number): string {',
    'export function receipt(prices: readonly Money[], rate: string): string {',
  ),
  block('src/stock.ts', 'export class Stock {', 'export class Store {'),
  block('README.md', 'Prices are kept in cents.', 'Money is kept in cents.'),
];

type Messages = readonly { readonly role: string; readonly content: string }[];
const messagesOf = ({ body }: ReceivedRequest): Messages => body.messages as Messages;
const lastOf = (request: ReceivedRequest): string => messagesOf(request).at(-1)?.content ?? '';

describe('a refactor over the repository', () => {
  let editor: HostedEditor;
  let chat: Frame;
  /** The last edit is sent once what has arrived before was looked at. */
  const written = held(streamedAnswer(edits), edits.length - 1);
  const answer = (request: ReceivedRequest): Recording =>
    lastOf(request).includes('Do not write edits yet')
      ? { pieces: streamedAnswer([plan]) }
      : { pieces: written.pieces, pause: 20 };

  before(async () => {
    editor = await startHostedEditor(answer, {
      // Completions are requests, too.
      settings: { 'glmCoder.inline.enabled': false },
      size: { width: 1500, height: 1000 },
    });
    // What was not saved is what is edited.
    await openFile(editor.page, 'src/price.ts');
    await editor.page.keyboard.press('Control+End');
    await typeText(editor.page, '// not saved yet');
    await editor.page.locator('.tab.dirty[data-resource-name="price.ts"]').waitFor();
    chat = await openChat(editor.page);
  });
  after(() => editor?.dispose());

  const planRow = (path: string) => chat.locator('.plan-files > li', { hasText: path.split('/').at(-1) ?? '' });
  const proposal = () => chat.locator('.proposal').last();
  const fileRow = (name: string) => proposal().locator('.proposal-files > li', { hasText: name });
  it('is planned first, and waits', async () => {
    await send(chat, '/plan Rename Price to Money');
    await chat.getByRole('button', { name: 'Write the Edits' }).waitFor();
    assert.equal(await chat.locator('.plan-files > li').count(), 4);
    assert.match((await planRow('src/price.ts').textContent()) ?? '', /rename `Price` to `Money`/);
    assert.match((await chat.locator('.plan-risks').textContent()) ?? '', /other repositories/);
    assert.equal(editor.standin.requests.length, 1);
    const [request] = editor.standin.requests;
    assert.ok(request);
    assert.match(messagesOf(request)[0]?.content ?? '', /###PATH: src\/basket\.ts/, 'the repository is in the head');
  });

  it('can be changed by the user', async () => {
    await planRow('src/stock.ts').locator('input').uncheck();
    await chat.locator('.plan h3', { hasText: '3 of 4' }).waitFor();
    await chat.getByRole('button', { name: 'Add a File…' }).click();
    await chooseRow(editor.page, 'notes.txt');
    await planRow('notes.txt').waitFor();
    await chat.locator('.plan h3', { hasText: '4 of 5' }).waitFor();
  });

  it('shows each edit as it arrives', async () => {
    await chat.getByRole('button', { name: 'Write the Edits' }).click();
    const arriving = chat.locator('.arriving li');
    await arriving.filter({ hasText: 'price.ts' }).locator('.arriving-state.applied').waitFor();
    assert.equal(await proposal().count(), 0, 'the answer is still on its way');
    await arriving.filter({ hasText: 'basket.ts' }).locator('.arriving-state').waitFor();
    written.letGo();
    await proposal().locator('h3', { hasText: '3 files' }).waitFor();
    await chat.locator('.arriving').waitFor({ state: 'detached' });
  });

  it('is written with the complete files at the end of a prompt that begins as the plan did', () => {
    const [first, second] = editor.standin.requests;
    assert.ok(first && second);
    assert.equal(editor.standin.requests.length, 2, 'nothing was refused');
    const [head, question, answered, request, ...rest] = messagesOf(second);
    assert.deepEqual([head, question], messagesOf(first));
    assert.deepEqual([answered?.content, rest.length], [plan, 0]);
    const text = request?.content ?? '';
    assert.match(text, /src\/price\.ts\n```[\s\S]*not saved yet/);
    assert.ok(text.includes(shop['src/basket.ts'] ?? '-'));
    assert.ok(!text.includes('private readonly counts'), 'the file that was taken out is not sent');
    assert.match(text, /took these files out[^\n]*\n- src\/stock\.ts/);
    assert.match(text, /I added these files[^\n]*\n- notes\.txt/);
  });

  it('changes nothing that was taken out, and tells what it breaks before it is accepted', async () => {
    assert.match((await proposal().locator('.refused').textContent()) ?? '', /src\/stock\.ts.*out of the plan/);
    const problem = fileRow('basket.ts').locator('.problems li').first();
    await problem.waitFor();
    assert.match((await problem.textContent()) ?? '', /^\s*Line 14: .*'string'.*'number'/);
    assert.equal(
      await fileRow('price.ts').locator('.problems li').count(),
      0,
      'what is renamed everywhere is no problem',
    );
    for (const path of ['src/price.ts', 'src/basket.ts']) assert.equal(await onDisk(editor, path), shop[path], path);
  });

  it('is accepted whole, and undone in one step', async () => {
    const { page } = editor;
    await proposal().getByRole('button', { name: 'Accept All' }).first().dblclick();
    await proposal().locator('.verdict', { hasText: 'Accepted' }).first().waitFor();
    await isSavedAs(editor, 'README.md', (text) => assert.match(text, /Money is kept in cents/));
    await isSavedAs(editor, 'src/price.ts', (text) => assert.match(text, /interface Money \{[\s\S]*not saved yet/));
    await isSaved(editor, 'src/stock.ts', shop['src/stock.ts'] ?? '');
    await openFile(page, 'README.md');
    await page.keyboard.press('Control+Z');
    await page.locator('.tab.dirty[data-resource-name="README.md"]').waitFor();
    await isSaved(editor, 'src/price.ts', `${shop['src/price.ts']}// not saved yet`);
    for (const path of ['src/basket.ts', 'src/stock.ts', 'README.md']) await isSaved(editor, path, shop[path] ?? '');
  });
});
