import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChatStore, ChatSummary } from '../../core/conversation/history/chatStore.ts';
import type { Checkpoints } from '../../core/conversation/history/checkpoints.ts';

interface ChatItem extends vscode.QuickPickItem {
  readonly id: string;
  readonly title: string;
}

/** Milliseconds without a key before chats are searched. */
const rest = 200;

/** Where chats are kept, and what their edits replaced. */
export interface HistoryPorts {
  readonly store: ChatStore;
  readonly checkpoints: Checkpoints;
}

interface ActionButton extends vscode.QuickInputButton {
  readonly run: (ports: HistoryPorts, item: ChatItem) => Promise<void>;
}

const button = (icon: string, tooltip: string, run: ActionButton['run']): ActionButton => ({
  iconPath: new vscode.ThemeIcon(icon),
  tooltip,
  run,
});

const icons = { chat: 'comment-discussion', ask: 'search', edit: 'edit' } as const;

function itemOf({ id, title, kind, changed, turns }: ChatSummary, snippet?: string): ChatItem {
  const when = new Date(changed).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  const name = title || l10n.t('Without a title');
  return {
    id,
    title: name,
    label: `$(${icons[kind]}) ${name}`,
    description: l10n.t('{0}, {1} messages', when, turns),
    ...(snippet ? { detail: snippet } : {}),
    buttons: [
      button('edit', l10n.t('Rename'), renameChat),
      button('markdown', l10n.t('Export as Markdown'), exportChat),
      button('trash', l10n.t('Delete'), removeChat),
    ],
    alwaysShow: true,
  };
}

async function exportChat({ store }: HistoryPorts, { id, title }: ChatItem): Promise<void> {
  const labels = {
    user: l10n.t('You'),
    assistant: 'GLM Coder',
    reasoning: l10n.t('Reasoning'),
    tools: l10n.t('Tools used'),
  };
  const content = await store.exportMarkdown(id, labels);
  if (content === undefined) return;
  const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
  await vscode.window.showTextDocument(document);
  void vscode.window.setStatusBarMessage(l10n.t('Exported: {0}', title), 5_000);
}

async function renameChat({ store }: HistoryPorts, { id, title }: ChatItem): Promise<void> {
  const value = await vscode.window.showInputBox({ title: l10n.t('Rename Chat'), value: title });
  if (value?.trim()) await store.rename(id, value.trim());
}

async function removeChat({ store, checkpoints }: HistoryPorts, { id, title }: ChatItem): Promise<void> {
  const yes = l10n.t('Delete');
  const message = l10n.t('Delete the chat "{0}"? This cannot be undone.', title);
  if ((await vscode.window.showWarningMessage(message, { modal: true }, yes)) !== yes) return;
  await store.remove(id);
  await checkpoints.remove(id);
}

/** Lists the chats of this workspace, and searches them; returns the one to go on with. */
export async function pickChat(ports: HistoryPorts, failed: (error: unknown) => void): Promise<string | undefined> {
  const { store } = ports;
  const pick = vscode.window.createQuickPick<ChatItem>();
  pick.title = l10n.t('Chat History');
  pick.placeholder = l10n.t('Search all chats');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let isActing = false;

  async function fill(): Promise<void> {
    const words = pick.value;
    pick.busy = true;
    const [all, hits] = await Promise.all([store.list(), words.trim() === '' ? undefined : store.search(words)]);
    if (isOver || pick.value !== words) return;
    const known = new Map(all.filter(({ turns }) => turns > 0).map((chat) => [chat.id, chat]));
    pick.items = hits
      ? hits.flatMap(({ id, snippet }) => {
          const chat = known.get(id);
          return chat ? [itemOf(chat, snippet)] : [];
        })
      : [...known.values()].map((chat) => itemOf(chat));
    pick.busy = false;
  }

  const refill = (): void => {
    fill().catch(failed);
  };

  try {
    return await new Promise<string | undefined>((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.id));
      pick.onDidHide(() => {
        if (!isActing) resolve(undefined);
      });
      pick.onDidChangeValue(() => {
        clearTimeout(timer);
        timer = setTimeout(refill, rest);
      });
      pick.onDidTriggerItemButton(({ button, item }) => {
        // It asks further, which hides this list.
        isActing = true;
        (button as ActionButton)
          .run(ports, item)
          .catch(failed)
          .finally(() => resolve(undefined));
      });
      refill();
      pick.show();
    });
  } finally {
    isOver = true;
    clearTimeout(timer);
    pick.dispose();
  }
}
