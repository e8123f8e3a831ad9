import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, openAt, writeFile } from './editor.ts';

describe('bad input', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  before(() => {
    process.on('unhandledRejection', note);
  });
  after(() => {
    process.off('unhandledRejection', note);
  });
  afterEach(closeAll);

  /** Asks for a suggestion and gives it time to fail. */
  async function poke(uri: vscode.Uri, line: number, character: number): Promise<void> {
    const editor = await openAt(uri, line, character);
    const before = editor.document.getText();
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(editor.document.getText(), before);
  }

  it('does no harm: an endless line, no line break, nothing at all', async () => {
    await poke(await writeFile('bad/line.js', `x = "${'a'.repeat(200_000)}`), 0, 200_005);
    await poke(await writeFile('bad/no-newline.ts', 'const x = zzz'), 0, 13);
    await poke(await writeFile('bad/empty.ts', ''), 0, 0);
    await poke(await writeFile('bad/latin.txt', new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x0a])), 0, 4);
  });

  it('does no harm: a backend that is not there, or no model server', async () => {
    const configuration = vscode.workspace.getConfiguration('glmCoder');
    await configuration.update('local.url', 'http://127.0.0.1:9', vscode.ConfigurationTarget.Global);
    await configuration.update('backend', 'local', vscode.ConfigurationTarget.Global);
    await poke(await writeFile('bad/dead.ts', '  for (const price of'), 0, 21);
    await configuration.update('backend', 'embedded', vscode.ConfigurationTarget.Global);
    await configuration.update('local.url', undefined, vscode.ConfigurationTarget.Global);

    const editor = await openAt(await writeFile('bad/again.ts', '  for (const price of'), 0, 21);
    await eventually('suggestions are back', async () => {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await new Promise((resolve) => setTimeout(resolve, 300));
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      return editor.document.getText().includes('prices');
    });
  });

  it('leaves no rejection unhandled', () => {
    assert.deepEqual(unhandled, []);
  });
});
