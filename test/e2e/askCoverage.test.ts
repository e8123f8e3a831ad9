import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Editor, startEditor } from '../support/editor.ts';
import {
  type HostedStandin,
  type ReceivedRequest,
  type Recording,
  startHostedStandin,
  streamedAnswer,
} from '../support/hostedStandin.ts';
import { ask, openChat, send } from '../support/sidebar.ts';
import { answerInputBox, codeShows, listRows, runCommand } from '../support/workbench.ts';

const json = (body: object): Recording => ({ type: 'application/json', pieces: [JSON.stringify(body)] });

/** A file of so many lines about something. */
const about = (word: string, at: number): string =>
  Array.from(
    { length: 60 },
    (_, line) => `export const ${word}${at}x${line} = '${word} number ${line} of ${at}';`,
  ).join('\n');

describe('a question to a repository that is larger than the window', () => {
  let editor: Editor;
  let server: HostedStandin;
  let chat: Frame;
  let answer: (request: ReceivedRequest) => Recording = () => ({ pieces: [] });

  before(async () => {
    // Looks like llama.cpp with a window of 8,192 tokens.
    server = await startHostedStandin((request) => {
      if (request.path === '/v1/models') return json({ data: [{ id: 'glm-standin', owned_by: 'llamacpp' }] });
      if (request.path === '/props') return json({ default_generation_settings: { n_ctx: 8_192 }, total_slots: 1 });
      if (request.path === '/v1/chat/completions') return answer(request);
      return { status: 404, ...json({}) };
    });
    editor = await startEditor({
      settings: { 'glmCoder.backend': 'local', 'glmCoder.local.url': server.url, 'glmCoder.inline.enabled': false },
      async prepare(folder) {
        await mkdir(join(folder, 'src', 'rates'), { recursive: true });
        for (let at = 0; at < 6; at++) {
          await writeFile(join(folder, 'src', `tax${at}.ts`), about('tax', at));
          await writeFile(join(folder, 'src', 'rates', `rate${at}.ts`), about('rate', at));
        }
      },
    });
    chat = await openChat(editor.page);
    await chat.locator('.backend', { hasText: 'glm-standin' }).waitFor();
  });
  after(async () => {
    await editor?.dispose();
    await server?.dispose();
  });

  const chats = () => server.requests.filter(({ path }) => path === '/v1/chat/completions');
  const messagesOf = (request: ReceivedRequest | undefined) =>
    (request?.body.messages ?? []) as { role: string; content: string }[];
  const packOf = (request: ReceivedRequest | undefined) => messagesOf(request)[0]?.content ?? '';
  const last = () => chat.locator('.turn.assistant').last();
  const press = (name: string) => last().getByRole('button', { name, exact: true }).click();
  /** Ticks a row of the list that is open, and confirms. */
  const pick = async (label: string) => {
    const { page } = editor;
    await page.locator('.quick-input-box input').fill(label);
    await listRows(page).filter({ hasText: label }).first().click();
    await page.locator('.quick-input-action .monaco-button', { hasText: 'OK' }).click();
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  };

  it('tells what share was read and what is missing, and asks again with the files that may hold it', async () => {
    const { page } = editor;
    answer = () => ({
      pieces: streamedAnswer(['It is not in these files.\n\nMISS', 'ING: the rate of ta', 'x']),
      pause: 30,
    });
    await runCommand(page, 'GLM Coder: Ask Repository…');
    await answerInputBox(page, 'Ask Repository', 'How is tax added?');
    await last().and(chat.locator('.done')).waitFor();
    await last().locator('.missing-evidence').waitFor();
    assert.equal((await last().locator('.markdown').textContent())?.trim(), 'It is not in these files.');
    assert.match((await last().locator('.missing-what').textContent()) ?? '', /the rate of tax/);
    assert.match((await last().locator('.searched').textContent()) ?? '', /tax[\s\S]*of 17 files were read/);
    const summary = (await last().locator('.coverage > summary').textContent()) ?? '';
    assert.match(summary, /^Read [\d,]+ tokens of about [\d,]+: \d+ of 17 files$/);
    await last().locator('.coverage > summary').click();
    await page.screenshot({ path: 'out/ask-coverage.png' });

    const likely = (await last().locator('.missing-evidence li button').allTextContents()).filter((path) => path);
    assert.ok(likely.length > 0);
    answer = () => ({ pieces: streamedAnswer(['Now it is: see `src/price.ts:8`.']) });
    await press('Ask Again With These Files');
    await chat.locator('.turn.assistant.done', { hasText: 'Now it is' }).waitFor();
    assert.equal(await chat.locator('.turn.assistant').count(), 1);
    assert.match(packOf(chats().at(-1)), new RegExp(`###PATH: ${likely[0]}\\n`));
    assert.notEqual(packOf(chats().at(-1)), packOf(chats().at(-2)));
    assert.equal(await last().locator('.missing-evidence').count(), 0);
  });

  it('keeps its pack for a follow-up, and shows the share with that, too', async () => {
    const before = packOf(chats().at(-1));
    answer = () => ({ pieces: streamedAnswer(['By nobody.']) });
    const turn = await ask(chat, 'Why is that?');
    await turn.filter({ hasText: 'By nobody.' }).waitFor();
    assert.equal(packOf(chats().at(-1)), before);
    assert.match((await last().locator('.coverage > summary').textContent()) ?? '', /of 17 files/);
  });

  it('reads what the user chooses, leaves out what they exclude, and lists what was left out', async () => {
    const { page } = editor;
    await last().locator('.coverage > summary').click();
    answer = () => ({ pieces: streamedAnswer(['With rate 4.']) });
    await press('Choose Files…');
    await pick('src/rates/rate4.ts');
    await chat.locator('.turn.assistant.done', { hasText: 'With rate 4.' }).waitFor();
    assert.match(packOf(chats().at(-1)), /###PATH: src\/rates\/rate4\.ts\n/);

    answer = () => ({ pieces: streamedAnswer(['Without it.']) });
    await last().locator('.coverage > summary').click();
    await press('Leave Files Out…');
    await pick('src/rates/rate4.ts');
    await chat.locator('.turn.assistant.done', { hasText: 'Without it.' }).waitFor();
    assert.doesNotMatch(packOf(chats().at(-1)), /###PATH: src\/rates\/rate4\.ts/);

    await last().locator('.coverage > summary').click();
    await press('Show All Files Left Out');
    await page.locator('.tab.active', { hasText: 'Files Left Out' }).waitFor();
    await codeShows(page, /src\/rates\/rate4\.ts/);
    await runCommand(page, 'View: Close Editor');
  });

  it('asks about every file part by part once the user has seen what it costs, and merges', async () => {
    const { page } = editor;
    const isMerge = (request: ReceivedRequest) =>
      messagesOf(request).at(-1)?.content.includes('Findings in part') ?? false;
    answer = (request) => {
      if (isMerge(request)) return { pieces: streamedAnswer(['Taxes are in six files.']) };
      const paths = [...packOf(request).matchAll(/^###PATH: (src\/tax\S+)$/gm)].map(([, path]) => path);
      const found = paths.map((path) => `- \`${path}:1\``).join('\n');
      return { pieces: streamedAnswer([found || 'NONE']), pause: 200 };
    };
    await runCommand(page, 'GLM Coder: Ask About Every File…');
    await answerInputBox(page, 'Ask About Every File', 'Where are taxes?');
    const plan = chat.locator('.survey-plan');
    await plan.waitFor();
    assert.match((await plan.textContent()) ?? '', /17 files in \d parts: \d requests and about [\d,]+ tokens\./);
    await page.screenshot({ path: 'out/ask-plan.png' });
    const before = chats().length;
    await plan.getByRole('button', { name: 'Ask About Every File' }).click();
    await chat.locator('.parts > summary', { hasText: /Part \d of \d/ }).waitFor();
    await chat.locator('.turn.assistant.done', { hasText: 'Taxes are in six files.' }).waitFor();
    await last()
      .locator('.parts > summary', { hasText: /Asked (\d) of \1 parts/ })
      .waitFor();
    await last().locator('.findings > summary').click();
    const found = (await last().locator('.findings-text').textContent()) ?? '';
    for (let at = 0; at < 6; at++) assert.ok(found.includes(`src/tax${at}.ts:1`), `tax${at}`);
    const sent = chats().slice(before);
    const paths = sent.flatMap((request) =>
      [...packOf(request).matchAll(/^###PATH: (\S+)$/gm)].map(([, path]) => path),
    );
    assert.equal(new Set(paths).size, 17);
    assert.equal(paths.length, 17, 'each file once');
    await page.screenshot({ path: 'out/ask-everything.png' });
  });

  it('keeps what was found where the user stops in the middle', async () => {
    let parts = 0;
    answer = () => {
      parts++;
      return parts === 1
        ? { pieces: streamedAnswer(['- `src/tax0.ts:1`']) }
        : { pieces: streamedAnswer(Array(20_000).fill('word ')), pause: 20 };
    };
    const turn = await send(chat, 'List all rates');
    await turn.locator('.survey-plan').getByRole('button', { name: 'Ask About Every File' }).click();
    await turn.locator('.parts > summary', { hasText: 'Part 2 of' }).waitFor();
    await chat.getByRole('button', { name: 'Stop' }).click();
    await chats().at(-1)?.abandoned;
    await turn.and(chat.locator('.stopped')).waitFor();
    assert.match((await turn.textContent()) ?? '', /src\/tax0\.ts:1/);
    assert.equal(parts, 2);
  });

  it('answers from what matches best where the user prefers that', async () => {
    answer = () => ({ pieces: streamedAnswer(['Best.']) });
    const before = chats().length;
    const turn = await send(chat, 'Find every receipt');
    await turn.getByRole('button', { name: 'Read Only What Matches Best' }).click();
    await turn.and(chat.locator('.done')).waitFor();
    assert.equal(chats().length, before + 1);
    assert.equal(await turn.locator('.survey').count(), 0);
    assert.match((await turn.locator('.coverage > summary').textContent()) ?? '', /of 17 files/);
  });
});
