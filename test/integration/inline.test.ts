import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, openAt, writeFile } from './editor.ts';

/** Triggers a suggestion at the cursor and accepts it once it shows, which changes the document. */
async function acceptSuggestion(editor: vscode.TextEditor): Promise<string> {
  const before = editor.document.getText();
  await eventually('a suggestion was accepted', async () => {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
    return editor.document.getText() !== before;
  });
  return editor.document.getText();
}

describe('inline completion', () => {
  afterEach(closeAll);

  it('continues what stands in the repository', async () => {
    const uri = await writeFile(
      'src/receipt.ts',
      'export function total(prices) {\n  let cents = 0;\n  for (const price of',
    );
    const text = await acceptSuggestion(await openAt(uri, 2, 21));
    assert.match(text, /for \(const price of prices\) \{/);
  });

  it('is one undo step', async () => {
    const uri = await writeFile('src/undo.ts', '  for (const price of');
    const editor = await openAt(uri, 0, 21);
    await acceptSuggestion(editor);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), '  for (const price of');
  });

  it('is silent where it is turned off, in front of words, and in files that may hold secrets', async () => {
    const silent = async (uri: vscode.Uri, line: number, character: number) => {
      const editor = await openAt(uri, line, character);
      const before = editor.document.getText();
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      assert.equal(editor.document.getText(), before);
      await closeAll();
    };
    await silent(await writeFile('src/words.ts', '  for (const price of other words'), 0, 21);
    await silent(await writeFile('.env', '  for (const price of'), 0, 21);
    const configuration = vscode.workspace.getConfiguration('glmCoder');
    await vscode.commands.executeCommand('glmCoder.toggleInline');
    await silent(await writeFile('src/off.ts', '  for (const price of'), 0, 21);
    await configuration.update('inline.enabled', undefined, vscode.ConfigurationTarget.Global);
  });
});
