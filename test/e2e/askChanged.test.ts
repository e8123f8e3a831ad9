import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type HostedEditor, startHostedEditor } from '../support/hostedEditor.ts';
import { streamedAnswer } from '../support/hostedStandin.ts';
import { ask, openChat } from '../support/sidebar.ts';
import { answerInputBox, openFile, runCommand, typeText } from '../support/workbench.ts';

describe('a follow-up about files that have changed', () => {
  let editor: HostedEditor;
  let chat: Frame;
  before(async () => {
    editor = await startHostedEditor(() => ({ pieces: streamedAnswer(['Seen.']) }), {
      settings: { 'glmCoder.inline.enabled': false },
    });
    chat = await openChat(editor.page);
    await runCommand(editor.page, 'GLM Coder: Ask Repository…');
    await answerInputBox(editor.page, 'Ask Repository', 'How is tax added?');
    await chat.locator('.turn.assistant.done').waitFor();
  });
  after(() => editor?.dispose());

  const lastMessages = () => editor.standin.requests.at(-1)?.body.messages as { content: string }[];

  it('brings them as they are, behind the prompt as it was, and each once', async () => {
    const [system] = lastMessages();
    const path = join(editor.workspace.folder, 'src/price.ts');
    await writeFile(path, (await readFile(path, 'utf8')).replace('withTax', 'withVat'));
    await ask(chat, 'Is it right now?');
    const messages = lastMessages();
    assert.equal(messages[0]?.content, system?.content, 'the prompt begins with the same bytes');
    assert.match(messages[0]?.content ?? '', /withTax/);
    const last = messages.at(-1)?.content ?? '';
    assert.match(
      last,
      /^src\/price\.ts has changed\. It is now:\n```typescript\n[\s\S]*withVat[\s\S]*Is it right now\?$/,
    );
    assert.match((await chat.locator('.turn.user').last().textContent()) ?? '', /price\.ts/);

    await ask(chat, 'Sure?');
    assert.equal(lastMessages().at(-1)?.content, 'Sure?');
    assert.equal(lastMessages().at(-3)?.content, last, 'what was said stays as it was said');
  });

  it('knows what is not saved yet', async () => {
    await openFile(editor.page, 'src/basket.ts');
    await editor.page.keyboard.press('Control+Home');
    await typeText(editor.page, '// unsaved words\n');
    await ask(chat, 'And now?');
    assert.match(lastMessages().at(-1)?.content ?? '', /^src\/basket\.ts has changed\.[\s\S]*unsaved words/);
    await openFile(editor.page, 'src/basket.ts');
    await runCommand(editor.page, 'File: Revert File');
    await editor.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await ask(chat, 'And without that?');
    const last = lastMessages().at(-1)?.content ?? '';
    assert.match(last, /^src\/basket\.ts has changed\./);
    assert.doesNotMatch(last, /unsaved words/);
  });
});
