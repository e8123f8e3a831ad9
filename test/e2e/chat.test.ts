import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type HostedEditor, hostedKey, startHostedEditor } from '../support/hostedEditor.ts';
import { type ReceivedRequest, type Recording, streamedAnswer } from '../support/hostedStandin.ts';
import { onDisk } from '../support/savedFiles.ts';
import { openChat, send as sendIn } from '../support/sidebar.ts';
import {
  answerInputBox,
  chooseRow,
  codeShows,
  cursorAt,
  goToLine,
  listRows,
  openFile,
  runCommand,
  visibleCode,
  webviewFrame,
} from '../support/workbench.ts';

describe('the sidebar on the hosted API', () => {
  let editor: HostedEditor;
  let answer: (request: ReceivedRequest) => Recording = () => ({ pieces: [] });
  let chat: Frame;

  before(async () => {
    editor = await startHostedEditor((request) => answer(request));
    chat = await openChat(editor.page);
    await chat.locator('.backend', { hasText: 'glm-4.7' }).waitFor();
  });
  after(() => editor?.dispose());

  const last = () => chat.locator('.turn.assistant').last();
  const send = (text: string) => sendIn(chat, text);

  it('streams reasoning, Markdown and highlighted code, and tells what it cost', async () => {
    answer = () => ({
      pieces: streamedAnswer(['**Yes**: see\n\n', '```ts\nconst a = 1;\n', '```\n'], 'glm-4.7', ['\n', 'hm, ', 'well']),
      pause: 30,
    });
    await send('Is it so? 是吗？');
    await chat.locator('.turn.assistant.done').waitFor();
    assert.equal(await last().locator('strong').textContent(), 'Yes');
    assert.equal(await last().locator('.hljs-keyword').textContent(), 'const');
    assert.match((await last().locator('.reasoning summary').textContent()) ?? '', /Thought for/);
    await last().locator('.reasoning summary').click();
    assert.equal(await last().locator('.reasoning-text').textContent(), 'hm, well');
    assert.match((await last().locator('.note').textContent()) ?? '', /8 tokens in, 262 out, 4 from cache/);
    const sent = editor.standin.requests.at(-1);
    assert.equal(sent?.headers.authorization, `Bearer ${hostedKey}`);
  });

  it('stops at a click and closes the connection', async () => {
    answer = () => ({ pieces: streamedAnswer(Array(20_000).fill('word ')), pause: 10 });
    await send('Go on for ever');
    await chat.locator('.turn.assistant.streaming', { hasText: 'word word' }).waitFor();
    await chat.getByRole('button', { name: 'Stop' }).click();
    await chat.locator('.turn.assistant.stopped').waitFor();
    await editor.standin.requests.at(-1)?.abandoned;
    assert.match((await last().textContent()) ?? '', /word word[\s\S]*Stopped\./);
  });

  it('begins a new chat in the middle of an answer, and nothing of the old one comes after', async () => {
    answer = () => ({ pieces: streamedAnswer(Array(20_000).fill('word ')), pause: 10 });
    await send('Go on for ever');
    await chat.locator('.turn.assistant.streaming').waitFor();
    await chat.getByRole('button', { name: 'New Chat' }).click();
    await editor.standin.requests.at(-1)?.abandoned;
    await chat.locator('.welcome').waitFor();
    await editor.page.waitForTimeout(300);
    assert.equal(await chat.locator('.turn').count(), 0);
  });

  it('waits for a busy server, says so, and answers', async () => {
    const busy = { status: 429, type: 'application/json', headers: { 'retry-after': '2' } };
    const refused: Recording = { ...busy, pieces: ['{"error":{"code":"1302","message":"并发过高"}}'] };
    const before = editor.standin.requests.length;
    answer = () =>
      editor.standin.requests.length === before + 1 ? refused : { pieces: streamedAnswer(['Here I am.']) };
    await send('Are you there?');
    await last().locator('.waiting-for', { hasText: 'too many requests' }).filter({ hasText: '2 s' }).waitFor();
    await chat.locator('.turn.assistant.done', { hasText: 'Here I am.' }).waitFor();
    assert.equal(editor.standin.requests.length, before + 2);
    assert.equal(await chat.locator('.waiting-for').count(), 0);
  });

  it('says what is wrong with a key, keeps the question, and offers the way out', async () => {
    answer = () => ({
      status: 401,
      type: 'application/json',
      pieces: ['{"error":{"code":"1002","message":"令牌无效"}}'],
    });
    await send('Hello?');
    await last().and(chat.locator('.failed')).waitFor();
    const text = (await last().textContent()) ?? '';
    assert.match(text, /did not accept the API key/);
    assert.equal(text.includes('test-secret'), false);
    assert.equal(await chat.locator('.turn.user').last().locator('.question').textContent(), 'Hello?');
    await last().getByRole('button', { name: 'Set API Key' }).click();
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'BigModel' }).waitFor();
    await editor.page.keyboard.press('Escape');
  });

  it('offers the models that the server lists, with what they cost, and uses the one that is chosen', async () => {
    const { page } = editor;
    const listed = ['glm-4.7', 'glm-4.6', 'glm-6-preview'].map((id) => ({ id }));
    const json = (body: object) => ({ type: 'application/json', pieces: [JSON.stringify(body)] });
    answer = ({ path }) => {
      if (path === '/models') return json({ data: listed });
      return path === '/tokenizer' ? json({ usage: { prompt_tokens: 6 } }) : { pieces: streamedAnswer(['Six.']) };
    };
    await runCommand(page, 'GLM Coder: Choose Model');
    await chooseRow(page, 'For chat and questions');
    await listRows(page).filter({ hasText: 'glm-6-preview' }).waitFor();
    assert.equal(await listRows(page).count(), 3);
    await chooseRow(page, /glm-4\.6.*200,000 tokens/);
    await chat.locator('.backend', { hasText: 'glm-4.6' }).waitFor();
    await send('Which are you?');
    await chat.locator('.turn.assistant.done', { hasText: 'Six.' }).waitFor();
    assert.equal(editor.standin.requests.at(-1)?.body.model, 'glm-4.6');
  });

  it('is described by the doctor, without the key', async () => {
    const { page } = editor;
    await runCommand(page, 'GLM Coder: Doctor');
    const doctor = await webviewFrame(page, '.part .lines');
    await doctor.locator('.lines', { hasText: 'accepted' }).waitFor();
    assert.equal((await doctor.content()).includes('test-secret'), false);
    await runCommand(page, 'View: Close Editor');
  });

  it('sends the selection along as a chip with its tokens', async () => {
    const { page } = editor;
    await openFile(page, 'src/stock.ts');
    await goToLine(page, 5, 1);
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    const chip = chat.locator('.chip[aria-pressed="true"]');
    await chip
      .filter({ hasText: 'stock.ts:5-6' })
      .filter({ hasText: /\d+ tokens/ })
      .waitFor();
    answer = () => ({ pieces: streamedAnswer(['Seen.']) });
    await send('What is this?');
    await chat.locator('.turn.assistant.done', { hasText: 'Seen.' }).waitFor();
    const messages = editor.standin.requests.at(-1)?.body.messages as { role: string; content: string }[];
    assert.match(messages.at(-1)?.content ?? '', /^src\/stock\.ts:5-6\n```typescript\n {2}add\([\s\S]*What is this\?$/);
  });

  it('answers about the repository with links that open the place', async () => {
    const { page } = editor;
    answer = () => ({
      pieces: streamedAnswer(['Tax is added in `src/price.ts:8-10`', ', not in `src/tax.ts:1-2`.']),
      pause: 30,
    });
    await runCommand(page, 'GLM Coder: Ask Repository…');
    await answerInputBox(page, 'Ask Repository', 'Where is tax added?');
    const link = chat.locator('button.citation', { hasText: 'src/price.ts:8-10' });
    await link.waitFor();
    assert.equal(await chat.locator('s.citation.wrong').textContent(), 'src/tax.ts:1-2');
    const messages = editor.standin.requests.at(-1)?.body.messages as { role: string; content: string }[];
    assert.match(messages[0]?.content ?? '', /###PATH: src\/price\.ts\n/);
    await link.click();
    await page.locator('.tab.active[data-resource-name="price.ts"]').waitFor();
    await cursorAt(page, 10, 2).waitFor();
  });

  it('turns a refactor into a diff, applies it on Accept, and undoes it in one step', async () => {
    const { page } = editor;
    const original = await onDisk(editor, 'src/stock.ts');
    const edits = [
      'I rename it.\n\nsrc/stock.ts\n<<<<<<< SEARCH\n  private readonly counts = ',
      'new Map<string, number>();\n=======\n  private readonly left = new Map<string, number>();\n>>>>>>> REPLACE\n\n',
      'src/stock.ts\n<<<<<<< SEARCH\n    this.counts.set(article, (this.counts.get(article) ?? 0) + count);\n=======\n',
      '    this.left.set(article, (this.left.get(article) ?? 0) + count);\n>>>>>>> REPLACE\n',
    ];
    answer = () => ({ pieces: streamedAnswer(edits), pause: 30 });
    await openFile(page, 'src/stock.ts');
    await page.keyboard.press('Control+A');
    await runCommand(page, 'GLM Coder: Refactor Selection…');
    await answerInputBox(page, 'Refactor Selection', 'Rename counts to left');
    await page.locator('.monaco-diff-editor').first().waitFor();
    const proposal = chat.locator('.proposal').last();
    await proposal.filter({ hasText: /stock\.ts.*\+2.*−2/ }).waitFor();
    assert.equal(await onDisk(editor, 'src/stock.ts'), original);
    await last().and(chat.locator('.done')).waitFor();
    await proposal.getByRole('button', { name: 'Accept' }).click();
    await proposal.locator('.verdict', { hasText: 'Accepted' }).waitFor();

    await openFile(page, 'src/stock.ts');
    await codeShows(page, /this\.left\.set/);
    await page.keyboard.press('Control+Z');
    await codeShows(page, /this\.counts[\s\S]*this\.counts/);
    assert.doesNotMatch(await visibleCode(page), /this\.left/);
  });
});
