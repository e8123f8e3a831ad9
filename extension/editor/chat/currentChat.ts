import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Log, Memory } from '../../core/ports.ts';
import type { ConversationKind } from '../../protocol/chat.ts';
import { activeRoot } from '../place.ts';
import type { Beginning, ChatSession } from './chatSession.ts';
import { type ReopenPorts, reopenChat } from './reopenChat.ts';

/** Under which name the chat that is open is remembered. */
const lastChat = 'lastChat';

/** Whether a chat's prompt begins with the repository. */
type Head = { readonly repository?: true };

/** The chat that is open, and how another one takes its place. */
export interface CurrentChat {
  readonly session: ChatSession;
  /** Begins a chat in place of one in which nothing was said; what is shown stays. */
  begin(beginning: Beginning): void;
  /** Shows another chat, and has the one before end its answer and its file. */
  replace(beginning: Beginning): ChatSession;
  newChat(kind?: ConversationKind, head?: Head): void;
  /** Goes on with a chat that was kept. */
  open(id: string): Promise<void>;
  /** Shows what the window showed last, unless something was said by then. Never rejects: a chat can be begun anew. */
  resume(): Promise<void>;
  /** Has the prompt of the chat begin with the repository, or not: its head stays what it was once something was said. */
  setRepository(wanted: boolean): Promise<void>;
  /** A chat is kept under a name from now on. */
  kept(id: string): void;
}

/** What chats are opened with. */
export interface CurrentChatPorts extends ReopenPorts {
  readonly log: Log;
  /** Of this workspace. */
  readonly memory: Memory;
  readonly create: (beginning: Beginning) => ChatSession;
  /** Another chat is to be shown. */
  readonly redraw: () => void;
}

/** Begins with an empty chat. */
export function createCurrentChat({ log, memory, create, redraw, ...kept }: CurrentChatPorts): CurrentChat {
  let session = create({ kind: 'chat', root: activeRoot() });

  function replace(beginning: Beginning): ChatSession {
    const next = create(beginning);
    void session.close();
    session = next;
    redraw();
    return next;
  }

  function newChat(kind: ConversationKind = 'chat', head: Head = {}): void {
    memory.set(lastChat, undefined);
    replace({ kind, root: activeRoot(), ...head });
  }

  return {
    get session() {
      return session;
    },
    begin(beginning) {
      session = create(beginning);
    },
    replace,
    newChat,
    async open(id) {
      if ((await session.id()) === id) return;
      const reopened = await reopenChat(kept, id);
      if (!reopened) return;
      memory.set(lastChat, id);
      replace(reopened);
    },
    async resume() {
      const id = memory.get(lastChat);
      if (typeof id !== 'string') return;
      try {
        const reopened = await reopenChat(kept, id);
        if (!reopened) return;
        if (session.conversation.turns.length === 0 && !session.conversation.busy) replace(reopened);
        else await reopened.writer?.close();
      } catch (error) {
        log.error(String(error));
      }
    },
    async setRepository(wanted) {
      const { kind, turns, root, repository } = session.conversation;
      if (repository === wanted) return;
      const head: Head = wanted ? { repository: true } : {};
      if (turns.length === 0) {
        replace({ kind, root: root ?? activeRoot(), ...head });
        return;
      }
      const begin = l10n.t('New Chat');
      const told = l10n.t('The repository is what a conversation begins with. A new chat can begin with it.');
      if ((await vscode.window.showInformationMessage(told, begin)) === begin) newChat('chat', head);
    },
    kept: (id) => memory.set(lastChat, id),
  };
}
