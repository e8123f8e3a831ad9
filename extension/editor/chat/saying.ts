import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { HostMessage } from '../../protocol/chat.ts';
import { activeRoot } from '../place.ts';
import type { Chips } from './chips.ts';
import type { CurrentChat } from './currentChat.ts';
import { attachmentsFor, commandIn } from './outgoing.ts';

/**
 * Says what the user has written, with what goes along, in the chat that is open or in another one, where its command needs
 * that. What cannot be said goes back into the input.
 */
export function createSaying(
  current: CurrentChat,
  chips: Chips,
  post: (message: HostMessage) => void,
): (text: string) => Promise<void> {
  /** Messages are sent one after the other: the page does not know at once that an answer is on its way. */
  let line: Promise<void> = Promise.resolve();

  async function sayNow(text: string): Promise<void> {
    const { conversation } = current.session;
    // The page did not know of an answer that has begun, and has sent its input.
    if (conversation.busy) return post({ type: 'draft', text });
    const kind = commandIn(text)?.kind ?? conversation.kind;
    // A chat that was begun before a folder was opened is about that folder now.
    const head = conversation.repository && conversation.kind === 'chat' ? ({ repository: true } as const) : {};
    if (conversation.turns.length === 0) current.begin({ kind, root: activeRoot(), ...head });
    // The kind decides the head of the prompt: another one is another chat.
    else if (kind !== conversation.kind) current.replace({ kind, root: activeRoot() });
    const mine = current.session.conversation;
    if (/^\/all\s*$/.test(text)) {
      void vscode.window.showInformationMessage(l10n.t('Write your question behind "/all".'));
      post({ type: 'draft', text: '/all ' });
      return;
    }
    const attachments = await attachmentsFor(text, mine.root, chips).catch((error: unknown) => {
      post({ type: 'draft', text });
      throw error;
    });
    if (!attachments) {
      void vscode.window.showInformationMessage(l10n.t('There are no staged changes.'));
      post({ type: 'draft', text });
      return;
    }
    await mine.send(text, attachments);
  }

  return (text) => {
    const said = line.then(() => sayNow(text));
    line = said.catch(() => {});
    return said;
  };
}
