import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** What a click on the status bar offers. */
export async function menu(document: vscode.TextDocument | undefined, inlineOn: boolean): Promise<void> {
  const items = [
    {
      label: inlineOn
        ? `$(circle-slash) ${l10n.t('Turn Inline Completions Off')}`
        : `$(sparkle) ${l10n.t('Turn Inline Completions On')}`,
      command: 'toggleInline',
    },
    ...(document
      ? [
          {
            label: `$(symbol-keyword) ${l10n.t('Turn Inline Completions On or Off for {0}', document.languageId)}`,
            command: 'toggleInlineLanguage',
          },
        ]
      : []),
    { label: `$(bell-slash) ${l10n.t('Snooze Inline Completions')}`, command: 'snoozeInline' },
    { label: `$(comment-discussion) ${l10n.t('Open Chat')}`, command: 'openChat' },
    ...(document ? [{ label: `$(edit) ${l10n.t('Edit Selection Here')}`, command: 'editHere' }] : []),
    { label: `$(question) ${l10n.t('Ask Repository…')}`, command: 'askRepository' },
    { label: `$(checklist) ${l10n.t('Ask About Every File…')}`, command: 'askEverything' },
    { label: `$(server) ${l10n.t('Choose Backend')}`, command: 'selectBackend' },
    { label: `$(symbol-misc) ${l10n.t('Choose Model')}`, command: 'chooseModel' },
    { label: `$(key) ${l10n.t('Set API Key')}`, command: 'setApiKey' },
    { label: `$(pulse) ${l10n.t('Doctor')}`, command: 'doctor' },
    { label: `$(output) ${l10n.t('Show Log')}`, command: 'showLog' },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'GLM Coder' });
  if (picked) await vscode.commands.executeCommand(`glmCoder.${picked.command}`);
}
