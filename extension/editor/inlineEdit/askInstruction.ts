import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Memory } from '../../core/ports.ts';

/** Under which name the instructions are remembered, and how many. */
const remembered = 'editInstructions';
const most = 20;

const historyOf = (memory: Memory): string[] => {
  const kept = memory.get(remembered);
  return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string') : [];
};

/** Asks what is to be changed, offering what was asked before; undefined where the user leaves it. */
export async function askInstruction(memory: Memory, about: string, before = ''): Promise<string | undefined> {
  const input = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly instruction: string }>();
  const history = historyOf(memory);
  const draw = (): void => {
    const typed = input.value.trim();
    const own = { label: typed, description: l10n.t('Enter to send'), alwaysShow: true, instruction: typed };
    const others = history.filter((each) => each !== typed);
    input.items = [
      ...(typed ? [own] : []),
      ...others.map((each) => ({ label: each, iconPath: new vscode.ThemeIcon('history'), instruction: each })),
    ];
  };
  input.title = l10n.t('Edit Here: {0}', about);
  input.placeholder = l10n.t('What should change? For example: handle the empty list');
  input.ignoreFocusOut = true;
  input.value = before;
  draw();
  input.onDidChangeValue(draw);
  const answered = new Promise<string | undefined>((resolve) => {
    input.onDidAccept(() => resolve(input.activeItems[0]?.instruction ?? (input.value.trim() || undefined)));
    input.onDidHide(() => resolve(undefined));
  });
  input.show();
  const instruction = await answered;
  input.dispose();
  if (instruction)
    memory.set(remembered, [instruction, ...history.filter((each) => each !== instruction)].slice(0, most));
  return instruction;
}
