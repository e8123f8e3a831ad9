import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ChatStore, OpenChat } from '../../extension/core/conversation/history/chatStore.ts';
import type { Checkpoints } from '../../extension/core/conversation/history/checkpoints.ts';
import { createProposals, type Proposals } from '../../extension/editor/chat/proposals.ts';
import { reopenChat } from '../../extension/editor/chat/reopenChat.ts';
import { changesOf } from '../../extension/editor/chat/restoreFiles.ts';
import { createCheckpoints } from '../../extension/node/history/checkpoints.ts';
import type { Judged, ProposalView } from '../../extension/protocol/chat.ts';
import { closeAll, root, writeFile } from './editor.ts';

const edit = (path: string, search: string, replace: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

const text = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n';
const answer = [
  edit('partly/a.ts', 'one', 'ONE') + edit('partly/a.ts', 'nine', 'NINE'),
  edit('partly/b.ts', 'one', 'ONE'),
  edit('partly/c.ts', 'one', 'ONE'),
  edit('partly/made.ts', '', 'new'),
].join('');

describe('a proposal that was judged in part, when its window is reloaded', () => {
  let proposals: Proposals;
  let folder: string;
  let checkpoints: Checkpoints;
  let view: ProposalView | undefined;
  const folderOfFiles = () => root().fsPath;
  const textNow = async (name: string) =>
    (await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root(), 'partly', name))).getText();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'glm-coder-checkpoints-'));
    checkpoints = createCheckpoints(folder, { maxBytes: 1 << 20 });
    for (const name of ['a', 'b', 'c']) await writeFile(`partly/${name}.ts`, text);
    proposals = createProposals({ faults: async () => [] });
    view = (await proposals.propose('t', folderOfFiles(), { written: [answer], mended: [] })).view;
  });
  afterEach(async () => {
    proposals.dispose();
    await closeAll();
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(root(), 'partly'), { recursive: true });
    await rm(folder, { recursive: true, force: true });
  });

  async function decide(decision: 'accepted' | 'rejected', what: Judged): Promise<void> {
    view = await proposals.decide('t', decision, what, async (writings) => {
      await checkpoints.record('c', 't', await changesOf(folderOfFiles(), writings));
    });
  }

  /** What the sidebar shows of it in the next window. */
  async function reloaded(): Promise<ProposalView | undefined> {
    await vscode.workspace.saveAll();
    proposals.dispose();
    proposals = createProposals({ faults: async () => [] });
    const said = { id: 't', role: 'assistant', status: 'done', text: answer, reasoning: '', proposal: view } as never;
    const chat = {
      id: 'c',
      kind: 'edit',
      root: folderOfFiles(),
      created: 0,
      title: '',
      turns: [{ turn: said, attachments: [] }],
    };
    const store = { open: async () => ({ chat, writer: {} }) as unknown as OpenChat } as unknown as ChatStore;
    const opened = await reopenChat({ store, checkpoints, proposals }, 'c');
    return opened?.chat.turns[0]?.turn.proposal;
  }

  const verdicts = (of: ProposalView | undefined) =>
    of?.files.map(({ decision, hunks }) => [decision, ...hunks.map((hunk) => hunk.decision)]);

  it('is offered as it was, and what is left can be accepted', async () => {
    await decide('accepted', { path: 'partly/a.ts', hunk: 0 });
    await decide('rejected', { path: 'partly/b.ts' });
    await decide('accepted', { path: 'partly/made.ts' });
    const before = verdicts(view);
    const now = await reloaded();
    assert.deepEqual(verdicts(now), before);
    assert.equal(now?.decision, 'pending');
    await decide('accepted', {});
    assert.equal(await textNow('a.ts'), text.replace('one', 'ONE').replace('nine', 'NINE'));
    assert.equal(await textNow('b.ts'), text);
    assert.equal(await textNow('c.ts'), text.replace('one', 'ONE'));
    const plan = await checkpoints.restorePlan('c', 't', async () => undefined);
    assert.deepEqual(
      plan.map(({ path }) => path),
      ['partly/a.ts', 'partly/c.ts', 'partly/made.ts'],
    );
  });

  it('keeps what was written meanwhile in a file that is left', async () => {
    await decide('accepted', { path: 'partly/a.ts', hunk: 0 });
    const typed = new vscode.WorkspaceEdit();
    typed.replace(vscode.Uri.joinPath(root(), 'partly/c.ts'), new vscode.Range(4, 0, 4, 4), 'mine');
    await vscode.workspace.applyEdit(typed);
    await reloaded();
    await decide('accepted', {});
    assert.equal(await textNow('c.ts'), text.replace('one', 'ONE').replace('five', 'mine'));
  });

  it('is closed where what the files were is no longer kept', async () => {
    await decide('accepted', { path: 'partly/a.ts', hunk: 0 });
    await checkpoints.remove('c');
    const now = await reloaded();
    assert.equal(now?.decision === 'pending', false, JSON.stringify(verdicts(now)));
  });
});
