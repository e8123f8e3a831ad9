import assert from 'node:assert/strict';
import type { Backend } from '../../extension/core/backend/backend.ts';
import { createFormatRecord } from '../../extension/core/conversation/edits/formatRecord.ts';
import type { ChatStore, OpenChat } from '../../extension/core/conversation/history/chatStore.ts';
import type { Checkpoints } from '../../extension/core/conversation/history/checkpoints.ts';
import type { ConversationRequest } from '../../extension/core/conversation/requests.ts';
import type { Glm } from '../../extension/core/glm.ts';
import { type Conversation, createConversation } from '../../extension/editor/chat/conversation.ts';
import { createProposals, type Proposals } from '../../extension/editor/chat/proposals.ts';
import { reopenChat } from '../../extension/editor/chat/reopenChat.ts';
import { closeAll, eventually, root, writeFile } from './editor.ts';

const edit = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

/** What a model says, and what becomes of it then: it ends, it goes on until it is stopped, or it fails. */
type Answer = readonly [text: string, end?: 'hangs' | 'fails'];

/** A core whose model gives some answers, one after the other. */
function fakeGlm(answers: Answer[]): Glm {
  return {
    formats: createFormatRecord(),
    probe: async () => ({ backend: { kind: 'local', label: 'fake', window: 9_999 } as unknown as Backend, reason: '' }),
    projectRules: async () => '',
    screen: async (_: unknown, attachments: unknown) => ({ attachments, refused: [] }),
    async *edit(_: ConversationRequest, signal: AbortSignal) {
      const [text, end] = answers.shift() ?? [''];
      yield { type: 'text', text };
      if (end === 'fails') throw new Error('the server hung up');
      if (end === 'hangs') {
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      }
      yield { type: 'finish', reason: 'stop' };
    },
  } as unknown as Glm;
}

describe('edits whose answer comes to no end', () => {
  let proposals: Proposals;
  let conversation: Conversation;
  beforeEach(async () => {
    proposals = createProposals({ faults: async () => [] });
    for (const name of ['a', 'b', 'c']) await writeFile(`stopped/${name}.ts`, 'one\ntwo\n');
  });
  afterEach(async () => {
    conversation?.stop();
    proposals.dispose();
    await closeAll();
  });

  const attached = [{ path: 'stopped/a.ts', languageId: '', text: 'one\ntwo\n' }];
  const last = () => conversation.turns.at(-1);
  const proposed = () => ({
    files: last()?.proposal?.files.map(({ path }) => path),
    refused: last()?.proposal?.refused.map(({ path }) => path),
  });

  async function answered(...answers: Answer[]): Promise<void> {
    const listener = { put() {}, append() {}, cut() {} };
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const ports = { glm: fakeGlm(answers), log, proposals, root: root().fsPath, listener };
    conversation = createConversation('edit', ports);
    const hangs = answers.findIndex(([, end]) => end === 'hangs');
    const text = answers[hangs]?.[0] ?? '';
    const sent = conversation.send('Rename it.', attached);
    if (hangs >= 0) {
      await eventually('all of it is there', () => last()?.text.endsWith(text) === true);
      conversation.stop();
    }
    await sent;
  }

  const twoFiles = edit('stopped/a.ts', 'one', 'ONE') + edit('stopped/b.ts', 'one', 'ONE');

  it('are proposed as far as files are whole, where the user stops it', async () => {
    await answered([`${twoFiles}stopped/c.ts\n<<<<<<< SEARCH\non`, 'hangs']);
    assert.equal(last()?.status, 'stopped');
    assert.deepEqual(proposed(), { files: ['stopped/a.ts', 'stopped/b.ts'], refused: ['stopped/c.ts'] });
    assert.equal(last()?.proposal?.decision, 'pending');
    const judged = await proposals.decide(last()?.id ?? '', 'rejected', { path: 'stopped/b.ts' }, async () => {});
    assert.deepEqual(
      judged?.files.map(({ decision }) => decision),
      ['pending', 'rejected'],
    );
  });

  it('are proposed where the server hangs up, and with its failure', async () => {
    await answered([twoFiles, 'fails']);
    assert.equal(last()?.status, 'failed');
    assert.ok(last()?.error);
    assert.deepEqual(proposed(), { files: ['stopped/a.ts'], refused: ['stopped/b.ts'] });
  });

  it('are those that fitted, where the user stops what mends the others', async () => {
    const mending = edit('stopped/c.ts', 'one', 'ONE');
    await answered([twoFiles + edit('stopped/c.ts', 'wrong', 'ONE')], [mending, 'hangs']);
    assert.equal(last()?.status, 'stopped');
    assert.deepEqual(proposed(), { files: ['stopped/a.ts', 'stopped/b.ts'], refused: ['stopped/c.ts'] });
  });

  it('are none where none came, or words alone', async () => {
    await answered(['I shall rename it.', 'hangs']);
    assert.deepEqual([last()?.status, last()?.proposal], ['stopped', undefined]);
  });

  describe('and the chat is opened again', () => {
    async function reopened() {
      const turns = conversation.turns.map((turn) => ({ turn, attachments: [] }));
      const chat = { id: 'c', kind: 'edit', root: root().fsPath, created: 0, title: '', turns } as const;
      const store = { open: async (): Promise<OpenChat> => ({ chat, writer: {} as never }) } as unknown as ChatStore;
      const checkpoints = { turns: async () => [] } as unknown as Checkpoints;
      const opened = await reopenChat({ store, checkpoints, proposals }, 'c');
      const turn = opened?.chat.turns.at(-1)?.turn;
      return turn?.proposal?.files.map(({ path }) => path);
    }

    it('with what was mended', async () => {
      await answered([edit('stopped/a.ts', 'wrong', 'ONE')], [edit('stopped/a.ts', 'one', 'ONE')]);
      assert.deepEqual(proposed(), { files: ['stopped/a.ts'], refused: [] });
      assert.deepEqual(await reopened(), ['stopped/a.ts']);
    });

    it('with the files that came whole before the window was gone', async () => {
      await answered([twoFiles, 'hangs']);
      const { proposal: _, ...killed } = last() ?? assert.fail();
      const turns = [...conversation.turns.slice(0, -1), killed];
      conversation = { ...conversation, turns };
      assert.deepEqual(await reopened(), ['stopped/a.ts']);
    });
  });
});
