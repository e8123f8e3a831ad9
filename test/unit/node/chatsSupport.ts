import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { ChatWriter, SavedTurn } from '../../../extension/core/conversation/history/chatStore.ts';
import type { TurnView } from '../../../extension/protocol/chat.ts';

const parent = await mkdtemp(join(tmpdir(), 'glm-coder-chats-'));
after(() => rm(parent, { recursive: true, force: true }));

/** Makes an empty folder that is gone after the tests of the file. */
export const newFolder = (): Promise<string> => mkdtemp(join(parent, 'store-'));

/** A turn that is done and says nothing, but for what is given. */
export const turnOf = (id: string, part: Partial<TurnView> = {}): TurnView => ({
  id,
  role: 'assistant',
  text: '',
  reasoning: '',
  status: 'done',
  attached: [],
  citations: [],
  ...part,
});

/** The same with nothing attached. */
export const said = (id: string, part: Partial<TurnView> = {}): SavedTurn => ({
  turn: turnOf(id, part),
  attachments: [],
});

/** What must be there. */
export function must<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A chat with a question and its answer. */
export async function converse(writer: ChatWriter, question: string, answer: string): Promise<void> {
  writer.put(said('u', { role: 'user', text: question }));
  writer.put(said('a', { status: 'streaming' }));
  writer.append('a', 'text', answer);
  writer.put(said('a', { text: answer }));
  await writer.flush();
}
