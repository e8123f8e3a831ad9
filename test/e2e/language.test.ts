import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { startEditor } from '../support/editor.ts';
import { ask } from '../support/sidebar.ts';
import { openWorkbench, runCommand, webviewFrame } from '../support/workbench.ts';

describe('in Chinese', () => {
  it('the manifest, the sidebar and its answers speak Chinese', async () => {
    const editor = await startEditor();
    try {
      const url = editor.server.url(editor.workspace.folder, { extension: resolve('.') });
      // The editor's own texts stay English without a language pack; what extensions are told is its language.
      const context = await editor.browser.newContext();
      await context.addInitScript(() => {
        Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { value: 'zh-cn', writable: false });
      });
      const page = await openWorkbench(context, url);
      await runCommand(page, 'GLM Coder: 打开对话');
      const chat = await webviewFrame(page, '.composer textarea');
      await chat.locator('.backend:not(.tools-line)', { hasText: '代码库匹配器' }).waitFor();
      const turn = await ask(chat, '税是怎样加到 price 上的？tax');
      await turn.filter({ hasText: /最匹配的段落[\s\S]*price\.ts/ }).waitFor();
    } finally {
      await editor.dispose();
    }
  });
});
