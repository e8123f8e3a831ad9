import type { ConversationKind, TurnView } from '../../../protocol/chat.ts';
import type { ChatMessage } from '../../backend/backend.ts';
import type { Attachment } from '../attachments.ts';

/** One turn of a chat, and what went along with it: enough to go on with the conversation. */
export interface SavedTurn {
  readonly turn: TurnView;
  readonly attachments: readonly Attachment[];
  /** Of an answer that used tools: all that was said after the question. */
  readonly exchange?: readonly ChatMessage[];
}

/** A chat as it was left. The pack is not kept: it is made again. */
export interface SavedChat {
  readonly id: string;
  readonly kind: ConversationKind;
  /** Absolute path of the folder it is about; undefined where none was open. */
  readonly root: string | undefined;
  /** Whether its prompt began with tools; false unless given. */
  readonly tools?: boolean;
  /** Its prompt begins with the repository, whatever its kind. */
  readonly repository?: true;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** The user's own, or the beginning of the first message; empty where there is neither. */
  readonly title: string;
  /** A turn that was still being answered when its window ended is `stopped`. */
  readonly turns: readonly SavedTurn[];
}

/** A chat in a list. */
export interface ChatSummary extends Pick<SavedChat, 'id' | 'kind' | 'created' | 'title'> {
  /** Milliseconds since the epoch: when it was last written to. */
  readonly changed: number;
  /** How many turns it shows. */
  readonly turns: number;
}

/** A chat in which words were found. */
export interface ChatHit {
  readonly id: string;
  /** What stands around the first of the words, on one line. */
  readonly snippet: string;
}

/** The words of an export that are not the chat's own. */
export interface ExportLabels {
  readonly user: string;
  readonly assistant: string;
  readonly reasoning: string;
  readonly tools: string;
}

/**
 * Writes one chat, and is the only one to do so. All but `flush` and `close` return at once and never throw: what they are
 * told is on disk within a second, and at once where a turn has ended.
 */
export interface ChatWriter {
  /** A turn is new, or is another by now. */
  put(said: SavedTurn): void;
  /** Adds streamed text to a turn; pieces may be as small as they come. */
  append(id: string, to: 'text' | 'reasoning', text: string): void;
  /** A turn and those after it are left behind. */
  cut(id: string): void;
  title(title: string): void;
  /** Has all of it on disk, safe from a power cut. @throws StoreFailure, with nothing lost: it is tried again next time. */
  flush(): Promise<void>;
  /** Flushes and lets others write the chat; told more, it ignores it. @throws StoreFailure as `flush` does. */
  close(): Promise<void>;
}

/** A chat to go on with. */
export interface OpenChat {
  readonly chat: SavedChat;
  /** Undefined while another window has the chat open: it can be read, and gone on with in a copy. */
  readonly writer: ChatWriter | undefined;
}

/**
 * The history of chats. Nothing in it throws for damaged data: a damaged line is passed over. An id that is not there, or is of
 * a newer version of this extension, gives undefined.
 */
export interface ChatStore {
  /** Begins a chat. @throws StoreFailure */
  create(
    about: Pick<SavedChat, 'kind' | 'root' | 'tools' | 'repository'>,
  ): Promise<OpenChat & { readonly writer: ChatWriter }>;
  /** Opens a chat to go on with it; a writer that this window has of it is closed. @throws StoreFailure where it may not be written; {@link read} still reads it then. */
  open(id: string): Promise<OpenChat | undefined>;
  /** A new chat that begins as another one is now. @throws StoreFailure */
  copy(id: string): Promise<OpenChat | undefined>;
  read(id: string): Promise<SavedChat | undefined>;
  /** All chats, the one that was written to last first. @throws StoreFailure where the folder may not be read. */
  list(): Promise<ChatSummary[]>;
  /**
   * Chats that hold every one of the words (divided by spaces, upper and lower case alike) in their title, texts or reasoning;
   * in the order of {@link list}. Nothing for no words. @throws StoreFailure as `list` does.
   */
  search(words: string, most?: number): Promise<ChatHit[]>;
  /** @throws StoreFailure: `gone` where there is no such chat, `in use` where another window has it open. */
  rename(id: string, title: string): Promise<void>;
  /** Deletes a chat for good, and closes its writer. @throws StoreFailure: `in use` where another window has it open. */
  remove(id: string): Promise<void>;
  /** The chat as Markdown; labels are English unless given. */
  exportMarkdown(id: string, labels?: ExportLabels): Promise<string | undefined>;
  /** Closes every writer. Never rejects. */
  dispose(): Promise<void>;
}
