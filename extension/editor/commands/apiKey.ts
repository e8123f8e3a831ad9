import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { KeyStore } from '../secrets.ts';

/** "Set API Key": stores the key of BigModel or Z.ai in the editor's secret storage. */
export async function setApiKey(keys: KeyStore): Promise<void> {
  const key = await vscode.window.showInputBox({
    title: l10n.t('BigModel or Z.ai API Key'),
    prompt: l10n.t('It is kept in the secret storage of the editor and sent to the chosen endpoint only.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^\S*$/.test(value.trim()) ? undefined : l10n.t('A key has no spaces in it: was something else copied as well?'),
  });
  if (key?.trim()) await keys.store(key.trim());
}

/** "Clear API Key": forgets the key. */
export async function clearApiKey(keys: KeyStore): Promise<void> {
  await keys.clear();
}
