import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from './editor.ts';
import { eventually } from './eventually.ts';
import { openFile } from './workbench.ts';

/** What is on the disk. */
export const onDisk = ({ workspace }: Editor, path: string): Promise<string> =>
  readFile(join(workspace.folder, path), 'utf8');

/**
 * Has a file shown and saved until the disk has what is expected of its text: unsaved text is in the editor alone.
 * @throws the last error of `check`, where the text never is as expected
 */
export async function isSavedAs(editor: Editor, path: string, check: (text: string) => void): Promise<void> {
  const dirty = editor.page.locator('.tab.active.dirty');
  await eventually(async () => {
    await openFile(editor.page, path);
    await editor.page.keyboard.press('Control+S');
    await dirty.waitFor({ state: 'detached' });
    check(await onDisk(editor, path));
  });
}

/** Has a file shown and saved until the disk has this text of it. */
export async function isSaved(editor: Editor, path: string, expected: string, message = path): Promise<void> {
  await isSavedAs(editor, path, (text) => assert.equal(text, expected, message));
}
