import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createProposals, type Proposals } from '../../extension/editor/chat/proposals.ts';
import { proposalAddress } from '../../extension/editor/chat/proposalTexts.ts';
import type { ProposalView } from '../../extension/protocol/chat.ts';
import { closeAll, eventually, root, writeFile } from './editor.ts';

/** A language service that speaks of every open document, be it a file or not: each line with the word is a problem. */
function startService(word: string): vscode.Disposable & { takeBack(uri: vscode.Uri): void } {
  const problems = vscode.languages.createDiagnosticCollection('words');
  const look = ({ uri, lineCount, lineAt }: vscode.TextDocument): void => {
    const lines = [...Array(lineCount).keys()].map((at) => lineAt(at)).filter(({ text }) => text.includes(word));
    problems.set(
      uri,
      lines.map(
        ({ range, text }) => new vscode.Diagnostic(range, `${text} is no word`, vscode.DiagnosticSeverity.Warning),
      ),
    );
  };
  const listening = [
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => problems.delete(uri)),
  ];
  const all = vscode.Disposable.from(problems, ...listening);
  return { dispose: () => all.dispose(), takeBack: (uri) => problems.set(uri, []) };
}

describe('problems of proposed texts by services of the editor', () => {
  let proposals: Proposals;
  let service: ReturnType<typeof startService>;
  let heard: ProposalView[] = [];
  before(() => {
    service = startService('oops');
    proposals = createProposals(
      { faults: async () => [] },
      { check: async () => [], heard: (view) => heard.push(view) },
    );
  });
  after(() => {
    proposals.dispose();
    service.dispose();
  });
  beforeEach(() => {
    heard = [];
  });
  afterEach(closeAll);

  async function propose(id: string, path: string, search: string, replace: string): Promise<void> {
    const answer = `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
    await proposals.propose(id, root().fsPath, { written: [answer], mended: [] });
    await proposals.check(id);
  }
  const told = () => eventually('a problem is told', () => problems()?.[0]?.length === 1);
  const problems = () => heard.at(-1)?.files.map((file) => file.problems);

  it('are those that the file does not have', async () => {
    await writeFile('edits/words.txt', 'oops old\none\ntwo\n');
    await propose('s1', 'edits/words.txt', 'one', 'oops new\none');
    await told();
    assert.deepEqual(problems(), [['Line 2: oops new is no word']]);
  });

  it('are found in a new file, and nothing is opened for it before the user', async () => {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).length;
    await propose('s2', 'edits/made.txt', '', 'fine\noops');
    await told();
    assert.deepEqual(problems(), [['Line 2: oops is no word']]);
    assert.equal(vscode.window.tabGroups.all.flatMap((group) => group.tabs).length, tabs);
    assert.ok(vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty));
  });

  it('stay when the service takes them back because the diff is closed', async () => {
    await writeFile('edits/shut.txt', 'one\ntwo\n');
    await propose('s3', 'edits/shut.txt', 'one', 'oops');
    await proposals.review('s3');
    await told();
    await closeAll();
    service.takeBack(proposalAddress('s3', 'edits/shut.txt'));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.deepEqual(problems(), [['Line 1: oops is no word']]);
  });

  it('are no news once a file is judged', async () => {
    await writeFile('edits/late.txt', 'one\ntwo\n');
    await propose('s4', 'edits/late.txt', 'two', 'oops');
    await proposals.decide('s4', 'accepted', {}, async () => {});
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal(heard.length, 0);
  });
});
