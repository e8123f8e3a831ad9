import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Backend } from '../../extension/core/backend/backend.ts';
import { createFormatRecord } from '../../extension/core/conversation/edits/formatRecord.ts';
import type { ChatStore } from '../../extension/core/conversation/history/chatStore.ts';
import type { Checkpoints } from '../../extension/core/conversation/history/checkpoints.ts';
import type { ConversationRequest } from '../../extension/core/conversation/requests.ts';
import type { Glm } from '../../extension/core/glm.ts';
import { type Beginning, type ChatSession, createChatSession } from '../../extension/editor/chat/chatSession.ts';
import { createJudging, type Judging } from '../../extension/editor/chat/judging.ts';
import { leaveTurns } from '../../extension/editor/chat/leaving.ts';
import { createProposals, type Proposals } from '../../extension/editor/chat/proposals.ts';
import { reopenChat } from '../../extension/editor/chat/reopenChat.ts';
import { createHistory } from '../../extension/node/history/history.ts';
import { closeAll, root, writeFile } from './editor.ts';

const edit = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
const textOf = async (path: string) =>
  (await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root(), path))).getText();

/** A core whose model gives some answers, one after the other. */
function fakeGlm(answers: string[]): Glm {
  return {
    formats: createFormatRecord(),
    probe: async () => ({ backend: { kind: 'local', label: 'fake', window: 9_999 } as unknown as Backend, reason: '' }),
    projectRules: async () => '',
    screen: async (_: unknown, attachments: unknown) => ({ attachments, refused: [] }),
    async *edit(_: ConversationRequest) {
      yield { type: 'text', text: answers.shift() ?? 'Nothing.' };
      yield { type: 'finish', reason: 'stop' };
    },
  } as unknown as Glm;
}

const log = { debug() {}, info() {}, warn() {}, error() {} };

describe('turns that are left behind', () => {
  let folder: string;
  let store: ChatStore;
  let checkpoints: Checkpoints;
  let proposals: Proposals;
  let session: ChatSession;
  let judging: Judging;
  const { showWarningMessage, showInformationMessage } = vscode.window;
  let path = '';
  let files = 0;
  /** What the user picks in the questions that come, one after the other; undefined to go back. */
  let picks: (string | undefined)[] = [];
  let told: string[] = [];

  before(() => {
    const answer = async (message: string) => {
      told.push(message);
      return picks.shift();
    };
    Object.assign(vscode.window, { showWarningMessage: answer, showInformationMessage: answer });
  });
  after(() => Object.assign(vscode.window, { showWarningMessage, showInformationMessage }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glm-coder-left-'));
    ({ store, checkpoints } = createHistory({ folder, checkpointBytes: 1 << 20, failed: () => {} }));
    proposals = createProposals({ faults: async () => [] });
    path = `left/${++files}.ts`;
    picks = [];
    told = [];
  });
  afterEach(async () => {
    await session.close();
    judging.dispose();
    await store.dispose();
    proposals.dispose();
    await vscode.workspace.saveAll();
    await closeAll();
    await rm(folder, { recursive: true });
  });

  function begin(answers: string[], beginning: Beginning = { kind: 'edit', root: root().fsPath }): ChatSession {
    const ports = { glm: fakeGlm(answers), log, proposals, store, checkpoints, post() {}, redraw() {}, kept() {} };
    session = createChatSession(beginning, ports);
    judging = createJudging({ log, proposals, checkpoints, session: () => session });
    return session;
  }
  const turns = () => session.conversation.turns;
  const lastId = () => turns().at(-1)?.id ?? '';
  const send = (text: string) => session.conversation.send(text, [{ path: path, languageId: '', text: 'one\n' }]);
  /** The titles of all chats, with how many turns they have. */
  const titles = async () => {
    await session.id();
    const chats = await Promise.all((await store.list()).map(({ id }) => store.read(id)));
    return chats.map((chat) => `${chat?.title}: ${chat?.turns.length}`).sort();
  };
  const open = async (title: string) => {
    const id = (await store.list()).find((chat) => chat.title === title)?.id ?? '';
    const opened = await reopenChat({ store, checkpoints, proposals }, id);
    return opened ?? assert.fail(title);
  };

  /** A chat of two questions; the edits of both answers were accepted. */
  async function edited(...more: string[]): Promise<void> {
    await writeFile(path, 'one\n');
    begin([edit(path, 'one', 'two'), edit(path, 'two', 'three'), ...more]);
    for (const question of ['First', 'Second']) {
      await send(question);
      await judging.decide(lastId(), 'accepted', {});
    }
    assert.equal(await textOf(path), 'three\n');
    assert.equal(turns().at(-1)?.canRestore, true);
  }

  it('stay where the user would rather not', async () => {
    await edited();
    assert.equal(await leaveTurns(session, lastId(), checkpoints), false);
    assert.equal(told.length, 1);
    assert.equal(await textOf(path), 'three\n');
    assert.deepEqual(await titles(), ['First: 4']);
  });

  it('go with what they did to files, where the user wants that', async () => {
    await edited();
    picks = ['Restore the Files', 'Restore'];
    assert.equal(await leaveTurns(session, lastId(), checkpoints), true);
    assert.equal(await textOf(path), 'two\n');
    await session.conversation.regenerate();
    assert.deepEqual(await titles(), ['First: 4']);
    await judging.restore(turns()[1]?.id ?? '');
  });

  it('are kept as a chat of their own where the files stay changed, and can be restored there', async () => {
    await edited();
    picks = ['Keep the Changes'];
    const [first] = turns();
    assert.equal(await leaveTurns(session, first?.id ?? '', checkpoints), true);
    await session.conversation.edit(first?.id ?? '', 'Other');
    assert.deepEqual(await titles(), ['First (earlier): 4', 'Other: 2']);
    await session.close();

    const earlier = await open('First (earlier)');
    begin([], earlier);
    assert.deepEqual(
      turns().map(({ canRestore }) => canRestore),
      [undefined, true, undefined, true],
    );
    picks = ['Restore'];
    await judging.restore(turns()[1]?.id ?? '');
    assert.equal(await textOf(path), 'one\n');
  });

  it('are kept as well where they are more than the last answer, without a question', async () => {
    begin([]);
    for (const question of ['First', 'Second']) await send(question);
    assert.equal(await leaveTurns(session, lastId(), checkpoints), true);
    assert.deepEqual(await titles(), ['First: 4']);
    assert.equal(await leaveTurns(session, turns()[0]?.id ?? '', checkpoints), true);
    assert.deepEqual(await titles(), ['First (earlier): 4', 'First: 4']);
    assert.deepEqual(told, []);
  });

  it('offer their edits no more', async () => {
    await writeFile(path, 'one\n');
    begin([edit(path, 'one', 'two'), 'Nothing.']);
    await send('First');
    const id = lastId();
    assert.equal(proposals.view(id)?.decision, 'pending');
    await session.conversation.regenerate();
    assert.equal(proposals.view(id)?.decision, 'rejected');
    await judging.decide(id, 'accepted', {});
    assert.match(told[0] ?? '', /belong to another chat/);
    assert.equal(await textOf(path), 'one\n');
  });

  it('and edits that were judged in part are offered again when their chat is', async () => {
    await writeFile(path, 'one\nmid\ntwo\n');
    begin([edit(path, 'one', 'ONE') + edit(path, 'two', 'TWO')]);
    await send('First');
    await judging.decide(lastId(), 'accepted', { path: path, hunk: 0 });
    await session.close();
    begin([], await open('First'));
    assert.equal(turns().at(-1)?.proposal?.decision, 'pending');
    await judging.decide(lastId(), 'accepted', {});
    assert.equal(await textOf(path), 'ONE\nmid\nTWO\n');
  });

  it('in another window are none of a copy, which can restore what the chat could', async () => {
    await edited('Still here.');
    const other = createHistory({ folder, checkpointBytes: 1 << 20, failed: () => {} });
    const id = (await session.id()) ?? '';
    const mine = session;
    const looked = (await other.store.open(id)) ?? assert.fail();
    assert.equal(looked.writer, undefined);
    await send('Third, in the first window');

    const ports = { glm: fakeGlm([]), log, proposals, ...other, post() {}, redraw() {}, kept() {} };
    session = createChatSession(looked, ports);
    picks = ['Restore'];
    await judging.restore(turns()[1]?.id ?? '');
    assert.equal(await textOf(path), 'one\n');
    await send('Third, in the second');
    const copy = (await session.id()) ?? '';
    await session.close();
    await mine.close();
    assert.notEqual(copy, id);
    const questions = async (chat: string) =>
      (await store.read(chat))?.turns.filter(({ turn }) => turn.role === 'user').map(({ turn }) => turn.text);
    assert.deepEqual(await questions(copy), ['First', 'Second', 'Third, in the second']);
    assert.deepEqual(await questions(id), ['First', 'Second', 'Third, in the first window']);
    await other.store.dispose();
  });
});
