import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readSettings, setTools } from '../settings.ts';

/** Lets the user turn the tools of chats on or off; a chat keeps what it began with. */
export async function chatTools(): Promise<void> {
  const { tools: isOn } = readSettings().chat;
  const current = l10n.t('Now');
  const items = [
    {
      label: l10n.t('Off'),
      description: isOn ? '' : current,
      detail: l10n.t('The model sees what is sent along, and nothing else.'),
      isOn: false,
    },
    {
      label: l10n.t('On'),
      description: isOn ? current : '',
      detail: l10n.t(
        'In new chats the model may read files, search, and list symbols and problems. Nothing is written.',
      ),
      isOn: true,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: l10n.t('Tools in Chats') });
  if (picked && picked.isOn !== isOn) await setTools(picked.isOn);
}
