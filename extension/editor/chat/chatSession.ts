import * as l10n from '@vscode/l10n';
import type { ChatStore, ChatWriter, OpenChat, SavedTurn } from '../../core/conversation/history/chatStore.ts';
import type { Checkpoints } from '../../core/conversation/history/checkpoints.ts';
import type { Log } from '../../core/ports.ts';
import type { ConversationKind, HostMessage } from '../../protocol/chat.ts';
import { type Conversation, type ConversationPorts, createConversation } from './conversation.ts';

/** A conversation, and its file in the history. */
export interface ChatSession {
  readonly conversation: Conversation;
  /** Its name in the history; undefined before anything was said, and where it cannot be kept. */
  id(): Promise<string | undefined>;
  /** The same, once it is kept: a chat that another window has open is this window's own from then on, as a copy. */
  ownId(): Promise<string | undefined>;
  /** Keeps what was said by now as a chat of its own; returns its title, undefined where it cannot be kept. */
  keepCopy(): Promise<string | undefined>;
  /** Ends the answer, and lets others have the file. */
  close(): Promise<void>;
}

/** What sessions work with. */
export interface SessionPorts
  extends Omit<ConversationPorts, 'listener' | 'earlier' | 'root' | 'tools' | 'repository'> {
  readonly store: ChatStore;
  readonly checkpoints: Pick<Checkpoints, 'copy'>;
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

/** Has a chat that was begun for another window's hold what this window knows of it, and nothing that was said there since. */
function align({ chat, writer }: OpenChat, turns: readonly SavedTurn[]): void {
  const idsOf = (some: readonly SavedTurn[]) => new Set(some.map(({ turn }) => turn.id));
  const [ours, theirs] = [idsOf(turns), idsOf(chat.turns)];
  const other = chat.turns.find(({ turn }) => !ours.has(turn.id));
  if (other) writer?.cut(other.turn.id);
  for (const said of turns) if (!theirs.has(said.turn.id)) writer?.put(said);
}

/** Begins a session. It is kept from the first message on; where that fails, the chat goes on without. */
export function createChatSession(beginning: Beginning, ports: SessionPorts): ChatSession {
  const { store, checkpoints, log, post, redraw, kept } = ports;
  const saved = 'chat' in beginning ? beginning : undefined;
  const { kind, root, repository } = 'chat' in beginning ? beginning.chat : beginning;
  const head = repository ? { repository } : {};
  let file: Promise<{ id: string; writer: ChatWriter } | undefined> | undefined;

  async function open(): Promise<{ id: string; writer: ChatWriter } | undefined> {
    try {
      const begin = () => store.create({ kind, root, tools: conversation.tools, ...head });
      // A chat that another window has open goes on as a copy of its own.
      const own = saved?.writer ? saved : ((saved && (await store.copy(saved.chat.id))) ?? (await begin()));
      if (saved && own !== saved) {
        align(own, saved.chat.turns);
        await checkpoints.copy(saved.chat.id, own.chat.id);
      }
      const { chat, writer } = own;
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

  const idNow = async () => (saved?.writer ? saved.chat.id : (await file)?.id);

  return {
    conversation,
    id: idNow,
    async ownId() {
      file ??= open();
      return (await file)?.id;
    },
    async keepCopy() {
      const id = await idNow();
      try {
        const copy = id === undefined ? undefined : await store.copy(id);
        if (id === undefined || !copy?.writer) return undefined;
        const title = l10n.t('{0} (earlier)', copy.chat.title);
        copy.writer.title(title);
        await copy.writer.close();
        await checkpoints.copy(id, copy.chat.id);
        return title;
      } catch (error) {
        log.error(`what was left behind is not kept: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    },
    async close() {
      conversation.stop();
      const opened = file ? await file : undefined;
      await (opened?.writer ?? saved?.writer)?.close().catch((error: unknown) => log.error(String(error)));
    },
  };
}
