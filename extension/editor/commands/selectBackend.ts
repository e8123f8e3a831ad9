import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BackendChoice } from '../../core/settings.ts';
import { chooseBackend, readSettings } from '../settings.ts';

/** "Choose Backend": sets where completions and answers come from. */
export async function selectBackend(): Promise<void> {
  const { backend: now } = readSettings();
  const items: (vscode.QuickPickItem & { choice: BackendChoice })[] = [
    {
      choice: 'auto',
      label: l10n.t('Automatic'),
      detail: l10n.t('A stored key, else a local server, else the repository matcher'),
    },
    { choice: 'hosted', label: l10n.t('Hosted'), detail: l10n.t('BigModel or Z.ai, with an API key') },
    { choice: 'local', label: l10n.t('Local'), detail: l10n.t('llama.cpp, vLLM or any OpenAI-compatible server') },
    {
      choice: 'embedded',
      label: l10n.t('Repository Matcher'),
      detail: l10n.t('No model: continues and quotes the repository itself'),
    },
  ];
  const picked = await vscode.window.showQuickPick(
    items.map((item) => (item.choice === now ? { ...item, description: l10n.t('in use') } : item)),
    { title: l10n.t('Choose Backend') },
  );
  if (picked) await chooseBackend(picked.choice);
}
