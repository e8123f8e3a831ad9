import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { held, type ReceivedRequest, type Recording, streamedAnswer, streamedCalls } from '../support/hostedStandin.ts';
import { ask, keyboardIsIn, openChat, send } from '../support/sidebar.ts';
import { answerInputBox, clickAtOnce, listRows, reloadWindow, runCommand, webviewFrame } from '../support/workbench.ts';

const secret = 'hunter2-do-not-send';

interface WireMessage {
  readonly role: string;
  readonly content: string;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
}

describe('tools in the sidebar', () => {
  let editor: HostedEditor;
  let answer: (request: ReceivedRequest) => Recording = () => ({ pieces: [] });
  let chat: Frame;

  before(async () => {
    editor = await startHostedEditor((request) => answer(request), {
      prepare: (folder) => writeFile(join(folder, '.env'), `PASSWORD=${secret}\n`),
    });
    await mkdir('out/shots', { recursive: true });
    chat = await openChat(editor.page);
    await chat.locator('.backend', { hasText: 'glm-4.7' }).waitFor();
  });
  after(() => editor?.dispose());

  /** Says something, and waits until it is answered with these words. */
  async function answered(question: string, words: string): Promise<void> {
    const turn = await ask(chat, question);
    await turn.filter({ hasText: words }).waitFor();
  }
  const sent = (at: number) => editor.standin.requests.at(at)?.body ?? {};
  const messages = (at: number) => sent(at).messages as WireMessage[];

  /** Answers with calls first, then with a text. */
  const calling = (calls: Parameters<typeof streamedCalls>[0], text: string): void => {
    const before = editor.standin.requests.length;
    answer = () =>
      editor.standin.requests.length === before + 1
        ? { pieces: streamedCalls(calls, { text: 'Let me look.', reasoning: 'I should look.' }), pause: 5 }
        : { pieces: streamedAnswer([text]), pause: 5 };
  };

  it('are off: no request names them', async () => {
    answer = () => ({ pieces: streamedAnswer(['Hello.']) });
    await chat.locator('.tools-line', { hasText: /^Tools: off$/ }).waitFor();
    await answered('Hello?', 'Hello.');
    assert.equal('tools' in sent(-1), false);
  });

  it('are turned on from the line below the input; the chat that is open keeps what it began with', async () => {
    const { page } = editor;
    await chat.locator('.tools-line').click();
    const on = listRows(page).filter({ hasText: 'In new chats the model may read and search files' });
    await on.waitFor();
    await page.screenshot({ path: 'out/shots/tools-choice.png' });
    await clickAtOnce(on);
    await chat.locator('.tools-line', { hasText: 'Tools: off (On in new chats)' }).waitFor();
    answer = () => ({ pieces: streamedAnswer(['Still here.']) });
    await answered('And now?', 'Still here.');
    assert.equal('tools' in sent(-1), false);
    await keyboardIsIn(page);
    await chat.getByRole('button', { name: 'New Chat' }).first().click();
    await chat.locator('.tools-line', { hasText: /^Tools: on$/ }).waitFor();
  });

  it('are called, shown, and used in the answer', async () => {
    const calls = [
      { id: 'call_1', name: 'read_file', arguments: { path: 'src/price.ts', firstLine: 7, lastLine: 10 } },
      { id: 'call_2', name: 'search', arguments: { text: 'withTax(' } },
    ];
    calling(calls, 'Tax is added in `src/price.ts:8-10`.');
    await answered('Where is tax added?', 'Tax is added');
    const names = (sent(-2).tools as { function: { name: string } }[]).map((tool) => tool.function.name);
    assert.deepEqual(names, ['read_file', 'search', 'list_symbols', 'find_symbol', 'problems']);
    assert.deepEqual(sent(-2).tools, sent(-1).tools);
    const round = messages(-1).slice(-3);
    assert.deepEqual(
      round.map(({ role }) => role),
      ['assistant', 'tool', 'tool'],
    );
    assert.equal(round[0]?.reasoning_content, 'I should look.');
    assert.match(round[1]?.content ?? '', /lines 7 to 10 of 15:\n7\t\/\*\* Adds value added tax/);
    assert.match(round[2]?.content ?? '', /src\/basket\.ts:14: return formatPrice/);
    // The prompt has only grown.
    assert.deepEqual(messages(-1).slice(0, -3), messages(-2));

    const turn = chat.locator('.turn.assistant').last();
    const lines = await turn.locator('.tool summary').allTextContents();
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /^read_filesrc\/price\.ts · firstLine 7 · lastLine 10\d+ tokens$/);
    await turn.locator('.tool summary').nth(1).click();
    assert.match((await turn.locator('.tool-result').textContent()) ?? '', /src\/price\.ts:8: export function withTax/);
    await turn.locator('button.citation', { hasText: 'src/price.ts:8-10' }).waitFor();
    assert.match((await turn.locator('.note').textContent()) ?? '', /^108 tokens in, 282 out, 94 from cache/);
    await editor.page.screenshot({ path: 'out/shots/tools-editor.png' });
  });

  it('go into the next prompt as they were', async () => {
    const before = messages(-1);
    answer = () => ({ pieces: streamedAnswer(['Eighteen.']) });
    await answered('What is the rate?', 'Eighteen.');
    assert.deepEqual(messages(-1).slice(0, before.length), before);
    assert.equal(messages(-1).at(before.length)?.role, 'assistant');
    assert.match(messages(-1).at(-1)?.content ?? '', /What is the rate\?$/);
  });

  it('are refused a file that holds secrets, and say so', async () => {
    calling([{ id: 'call_3', name: 'read_file', arguments: { path: '.env' } }], 'I may not read it.');
    await answered('What is the password?', 'I may not read it.');
    const turn = chat.locator('.turn.assistant').last();
    assert.match((await turn.locator('.tool[data-state="refused"]').textContent()) ?? '', /Refused/);
    await turn.locator('.tool summary').click();
    assert.match((await turn.locator('.tool-result').textContent()) ?? '', /\.env may not be read: may hold secrets/);
    assert.equal(
      editor.standin.requests.some(({ body }) => JSON.stringify(body).includes(secret)),
      false,
    );
  });

  it('list symbols, with a language service where there is one, and problems', async () => {
    const calls = [
      { id: 'call_4', name: 'list_symbols', arguments: { path: 'src/stock.ts' } },
      { id: 'call_5', name: 'find_symbol', arguments: { name: 'withTax' } },
      { id: 'call_6', name: 'problems', arguments: '{}' },
      { id: 'call_7', name: 'read_file', arguments: '{"path": "src/' },
    ];
    calling(calls, 'A class.');
    await answered('What is in stock.ts?', 'A class.');
    const [symbols, found, problems, broken] = messages(-1).slice(-4);
    assert.match(symbols?.content ?? '', /class Stock 2-8\n[\s\S]*method add 5-7/);
    assert.match(found?.content ?? '', /function withTax src\/price\.ts:8-10/);
    assert.match(problems?.content ?? '', /problems/);
    assert.match(broken?.content ?? '', /not valid JSON/);
  });

  it('are stopped with the answer', async () => {
    answer = () => held(streamedCalls([{ id: 'x', name: 'search', arguments: { text: 'a' } }]), 2);
    const turn = await send(chat, 'Look for ever');
    await turn.locator('.waiting-for').waitFor();
    await chat.getByRole('button', { name: 'Stop' }).click();
    await turn.and(chat.locator('.stopped')).waitFor();
    assert.equal(await turn.locator('.tool').count(), 0);
  });

  it('are there after a reload, and the chat still has them', async () => {
    const { page } = editor;
    await reloadWindow(page);
    await runCommand(page, 'GLM Coder: Open Chat');
    chat = await webviewFrame(page, '.turn.assistant.done');
    await chat.locator('.turn.assistant', { hasText: 'A class.' }).waitFor();
    // Turns far up are drawn when they are scrolled to; until all is drawn, the page stays at its end.
    await eventually(async () => {
      await chat.locator('.log').evaluate((log) => log.scrollTo(0, 0));
      await chat.locator('.tool summary', { hasText: 'withTax(' }).first().waitFor({ timeout: 2_000 });
    });
    await chat.locator('.tools-line', { hasText: /^Tools: on$/ }).waitFor();
    answer = () => ({ pieces: streamedAnswer(['Back.']) });
    await answered('Are you there?', 'Back.');
    assert.ok(Array.isArray(sent(-1).tools));
    assert.ok(messages(-1).some(({ role, content }) => role === 'tool' && content.includes('withTax')));
  });

  it('work for questions about the repository, too', async () => {
    const { page } = editor;
    calling([{ id: 'call_8', name: 'list_symbols', arguments: { path: 'src/basket.ts' } }], 'See `src/basket.ts:4`.');
    await runCommand(page, 'GLM Coder: Ask Repository…');
    await answerInputBox(page, 'Ask Repository', 'What sums a basket?');
    await chat.locator('button.citation', { hasText: 'src/basket.ts:4' }).waitFor();
    assert.match(messages(-1).at(-1)?.content ?? '', /function basketTotal/);
  });
});
