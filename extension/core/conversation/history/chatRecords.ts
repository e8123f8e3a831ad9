import type { ConversationKind, TurnView } from '../../../protocol/chat.ts';
import type { ChatMessage } from '../../backend/backend.ts';
import type { Attachment } from '../attachments.ts';
import type { SavedChat, SavedTurn } from './chatStore.ts';
import { isObject } from './isObject.ts';
import { readAttachments, readExchange, readTurn } from './turnGuard.ts';

/** The form of the files that this version writes; it leaves files of a later form alone. */
export const chatFormat = 1;

/** What begins a chat's file. */
export interface ChatHeader {
  readonly glmCoderChat: number;
  readonly id: string;
  readonly kind: ConversationKind;
  readonly root?: string;
  /** True where its prompt begins with tools. */
  readonly tools?: boolean;
  readonly repository?: true;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

/** What follows, one after the other; a reader passes over types that it does not know. */
export type ChatRecord =
  /** Adds a turn, or replaces the one with the same id. */
  | {
      readonly type: 'turn';
      readonly turn: TurnView;
      readonly attachments?: readonly Attachment[];
      readonly exchange?: readonly ChatMessage[];
    }
  /** Adds streamed text to a turn. */
  | { readonly type: 'append'; readonly id: string; readonly to: 'text' | 'reasoning'; readonly text: string }
  /** The user went another way from this turn on: it and those after it are shown no more. */
  | { readonly type: 'branch'; readonly from: string }
  | { readonly type: 'title'; readonly title: string };

/** What records come to. */
export interface Folded {
  readonly turns: readonly SavedTurn[];
  /** The user's own title. */
  readonly title: string | undefined;
}

/** The header that a stored value is; undefined for anything else. */
export function readHeader(value: unknown): ChatHeader | undefined {
  if (!isObject(value) || !Number.isSafeInteger(value.glmCoderChat)) return undefined;
  const { id, kind, root, tools, repository, created } = value;
  const isHeader =
    typeof id === 'string' &&
    (kind === 'chat' || kind === 'ask' || kind === 'edit') &&
    (root === undefined || typeof root === 'string') &&
    (tools === undefined || typeof tools === 'boolean') &&
    (repository === undefined || repository === true) &&
    typeof created === 'number';
  // Of a later form no more can be asked than that it says so.
  return isHeader || Number(value.glmCoderChat) > chatFormat ? (value as unknown as ChatHeader) : undefined;
}

/** The record that a stored value is; undefined for anything else. */
export function readRecord(value: unknown): ChatRecord | undefined {
  if (!isObject(value)) return undefined;
  switch (value.type) {
    case 'turn': {
      const turn = readTurn(value.turn);
      const exchange = readExchange(value.exchange);
      const said = { attachments: readAttachments(value.attachments), ...(exchange ? { exchange } : {}) };
      return turn && { type: 'turn', turn, ...said };
    }
    case 'append': {
      const { id, to, text } = value;
      if (typeof id !== 'string' || typeof text !== 'string' || (to !== 'text' && to !== 'reasoning')) return undefined;
      return { type: 'append', id, to, text };
    }
    case 'branch':
      return typeof value.from === 'string' ? { type: 'branch', from: value.from } : undefined;
    case 'title':
      return typeof value.title === 'string' ? { type: 'title', title: value.title } : undefined;
    default:
      return undefined;
  }
}

/** Whether a turn has come to its end. */
export const isSettled = ({ status }: TurnView): boolean =>
  status === 'done' || status === 'stopped' || status === 'failed';

/** A turn whose window ended before it did. */
function settled(said: SavedTurn): SavedTurn {
  const { turn } = said;
  if (isSettled(turn)) return said;
  const { waitsFor: _, ...rest } = turn;
  return { ...said, turn: { ...rest, status: 'stopped' } };
}

/** Plays records. What refers to a turn that is not there, for its line was damaged, is passed over. */
export function foldRecords(records: Iterable<ChatRecord>): Folded {
  const turns: SavedTurn[] = [];
  let title: string | undefined;
  const indexOf = (id: string): number => turns.findLastIndex(({ turn }) => turn.id === id);
  for (const record of records) {
    switch (record.type) {
      case 'turn': {
        const at = indexOf(record.turn.id);
        const { turn, attachments = [], exchange } = record;
        turns[at < 0 ? turns.length : at] = { turn, attachments, ...(exchange ? { exchange } : {}) };
        break;
      }
      case 'append': {
        const at = indexOf(record.id);
        const said = turns[at];
        if (said) turns[at] = { ...said, turn: { ...said.turn, [record.to]: said.turn[record.to] + record.text } };
        break;
      }
      case 'branch': {
        const at = indexOf(record.from);
        if (at >= 0) turns.length = at;
        break;
      }
      case 'title':
        title = record.title;
    }
  }
  return { turns: turns.map(settled), title };
}

/** The fewest records that come to the same. */
export function recordsOf({ turns, title }: Folded): ChatRecord[] {
  const said = turns.map(turnRecord);
  return title === undefined ? said : [{ type: 'title', title }, ...said];
}

/** The record of a turn. */
export const turnRecord = ({ turn, attachments, exchange }: SavedTurn): ChatRecord => ({
  type: 'turn',
  turn,
  ...(attachments.length > 0 ? { attachments } : {}),
  ...(exchange ? { exchange } : {}),
});

/** Characters of a title, at the most. */
const longestTitle = 80;

/** A text as a title: on one line, and short. */
export function asTitle(text: string): string {
  const characters = [...text.slice(0, 1_000).replace(/\s+/g, ' ').trim()];
  return characters.length > longestTitle ? `${characters.slice(0, longestTitle - 1).join('')}…` : characters.join('');
}

/** The chat that a header and what its records come to make. */
export function savedChat(header: ChatHeader, { turns, title }: Folded): SavedChat {
  const { id, kind, root, tools, repository, created } = header;
  const first = turns.find(({ turn }) => turn.role === 'user')?.turn.text ?? '';
  const begun = { id, kind, root, ...(tools ? { tools } : {}), ...(repository ? { repository } : {}), created };
  return { ...begun, title: title || asTitle(first), turns };
}
