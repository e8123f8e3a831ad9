import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Log } from '../core/ports.ts';
import { leftOutByName } from '../core/repository/leftOut.ts';
import type { LazyChatView } from './chat/lazyChatView.ts';
import { registerCommand } from './failure.ts';
import { placeOf } from './place.ts';

/** What the light bulb offers; each begins a chat with the slash command of its name. */
export type CodeActionName = 'explain' | 'fix' | 'tests' | 'docs';

const command = 'glmCoder.codeAction';

type Arguments = readonly [name: CodeActionName, uri: vscode.Uri, range: vscode.Range, further: readonly string[]];

/** Problems that are fixed at once, at the most. */
const mostProblems = 10;

/** Offers Edit Here, Explain, Write tests and Document for a selection, and Fix for problems. */
export function registerCodeActions(chat: LazyChatView, log: Log): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, { diagnostics }) {
      if (leftOutByName(placeOf(document.uri).path, 0)) return [];
      const action = (name: CodeActionName, title: string, kind: vscode.CodeActionKind, further: string[] = []) => {
        const made = new vscode.CodeAction(title, kind);
        made.command = { command, title, arguments: [name, document.uri, range, further] };
        return made;
      };
      const { Empty, QuickFix, Refactor, RefactorRewrite } = vscode.CodeActionKind;
      const told = diagnostics
        .slice(0, mostProblems)
        .map(({ message, range: { start } }) => `${placeOf(document.uri).path}:${start.line + 1}: ${message}`);
      const fix = told.length > 0 ? [action('fix', l10n.t('Fix with GLM Coder'), QuickFix, told)] : [];
      if (range.isEmpty) return fix;
      const here = new vscode.CodeAction(l10n.t('Edit Here with GLM Coder…'), RefactorRewrite);
      here.command = { command: 'glmCoder.editHere', title: here.title };
      return [
        ...fix,
        here,
        action('explain', l10n.t('Explain with GLM Coder'), Empty),
        action('tests', l10n.t('Write Tests with GLM Coder'), Refactor),
        action('docs', l10n.t('Document with GLM Coder'), Refactor),
      ];
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider([{ scheme: 'file' }, { scheme: 'untitled' }], provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.Refactor],
    }),
    registerCommand(command, log, async (...given) => {
      const [name, uri, range, further] = given as unknown as Arguments;
      // What an action sends is not needed to offer it.
      const { attachmentsAt } = await import('./codeActionContext.ts');
      const document = await vscode.workspace.openTextDocument(uri);
      await (await chat.get()).ask([`/${name}`, ...further].join('\n'), attachmentsAt(document, range));
    }),
  );
}
