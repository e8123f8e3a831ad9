import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { KeyOwner, KeyStore } from '../secrets.ts';
import { readSettings } from '../settings.ts';

/** Asks which server the key is for; the address in the settings is shown, since the key is sent there and nowhere else. */
async function pickOwner(): Promise<{ owner: KeyOwner; url: string } | undefined> {
  const { hosted, local } = readSettings();
  const items: (vscode.QuickPickItem & { owner: KeyOwner; url: string })[] = [
    { owner: 'hosted', url: hosted.url, label: l10n.t('BigModel or Z.ai'), detail: hosted.url },
    {
      owner: 'local',
      url: local.url,
      label: l10n.t('Your own server'),
      detail: local.url || l10n.t('Set "glmCoder.local.url" first.'),
    },
  ];
  return vscode.window.showQuickPick(items, { title: l10n.t('Whose API Key?') });
}

/** "Set API Key": stores a key in the editor's secret storage. */
export async function setApiKey(keys: KeyStore): Promise<void> {
  const picked = await pickOwner();
  if (!picked) return;
  const { owner, url } = picked;
  if (!URL.canParse(url)) {
    void vscode.window.showErrorMessage(l10n.t('{0} is not a URL.', url || '""'));
    return;
  }
  const key = await vscode.window.showInputBox({
    title: l10n.t('API Key'),
    prompt: l10n.t('It is kept in the secret storage of the editor and sent to the chosen endpoint only.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^\S*$/.test(value.trim()) ? undefined : l10n.t('A key has no spaces in it: was something else copied as well?'),
  });
  if (key?.trim()) await keys.store(owner, key.trim(), new URL(url).origin);
}

/** "Clear API Key": forgets the keys. */
export async function clearApiKey(keys: KeyStore): Promise<void> {
  await keys.clear();
}
