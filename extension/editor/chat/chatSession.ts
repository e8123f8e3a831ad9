import type { ChatStore, ChatWriter, OpenChat } from '../../core/conversation/history/chatStore.ts';
import type { Log } from '../../core/ports.ts';
import type { ConversationKind, HostMessage } from '../../protocol/chat.ts';
import { type Conversation, type ConversationPorts, createConversation } from './conversation.ts';

/** A conversation, and its file in the history. */
export interface ChatSession {
  readonly conversation: Conversation;
  /** Its name in the history; undefined before anything was said, and where it cannot be kept. */
  id(): Promise<string | undefined>;
  /** Ends the answer, and lets others have the file. */
  close(): Promise<void>;
}

/** What sessions work with. */
export interface SessionPorts
  extends Omit<ConversationPorts, 'listener' | 'earlier' | 'root' | 'tools' | 'repository'> {
  readonly store: ChatStore;
  readonly log: Log;
  /** Says something to the page, while this session is the one that it shows. */
  readonly post: (message: HostMessage) => void;
  /** Shows the session from its beginning: turns were left behind. */
  readonly redraw: () => void;
  /** Told once of the name under which it is kept. */
  readonly kept: (id: string) => void;
}

/** What a session begins with: a kind, or a chat that was kept. */
export type Beginning =
  | { readonly kind: ConversationKind; readonly root: string | undefined; readonly repository?: true }
  | OpenChat;

/** Begins a session. It is kept from the first message on; where that fails, the chat goes on without. */
export function createChatSession(beginning: Beginning, ports: SessionPorts): ChatSession {
  const { store, log, post, redraw, kept } = ports;
  const saved = 'chat' in beginning ? beginning : undefined;
  const { kind, root, repository } = 'chat' in beginning ? beginning.chat : beginning;
  const head = repository ? { repository } : {};
  let file: Promise<{ id: string; writer: ChatWriter } | undefined> | undefined;

  async function open(): Promise<{ id: string; writer: ChatWriter } | undefined> {
    try {
      // A chat that another window has open goes on as a copy of its own.
      const copied = saved && !saved.writer ? await store.copy(saved.chat.id) : undefined;
      const { chat, writer } =
        copied ?? (saved?.writer ? saved : await store.create({ kind, root, tools: conversation.tools, ...head }));
      kept(chat.id);
      return writer && { id: chat.id, writer };
    } catch (error) {
      log.error(`the chat is not kept: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /** Writes, in the order of the calls. */
  function write(what: (writer: ChatWriter) => void): void {
    file ??= open();
    void file.then((opened) => opened && what(opened.writer));
  }

  const conversation = createConversation(kind, {
    ...ports,
    root,
    ...(saved ? { tools: saved.chat.tools === true } : {}),
    ...head,
    earlier: saved?.chat.turns ?? [],
    listener: {
      put(said) {
        post({ type: 'turn', turn: said.turn, busy: conversation.busy });
        write((writer) => writer.put(said));
      },
      append(id, to, text) {
        post({ type: 'append', id, to, text });
        write((writer) => writer.append(id, to, text));
      },
      arriving: (id, files) => post({ type: 'arriving', id, files }),
      cut(id) {
        redraw();
        write((writer) => writer.cut(id));
      },
    },
  });

  return {
    conversation,
    async id() {
      if (saved?.writer) return saved.chat.id;
      return (await file)?.id;
    },
    async close() {
      conversation.stop();
      const opened = file ? await file : undefined;
      await (opened?.writer ?? saved?.writer)?.close().catch((error: unknown) => log.error(String(error)));
    },
  };
}
