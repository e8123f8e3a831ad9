import * as l10n from '@vscode/l10n';
import { diffLines } from 'diff';
import * as vscode from 'vscode';
import { applyEdits, type Refusal } from '../../core/conversation/applyEdits.ts';
import { type EditBlock, parseEditBlocks } from '../../core/conversation/editBlocks.ts';
import type { FileView, ProposalView } from '../../protocol/chat.ts';
import { EditsRefused } from '../failure.ts';
import { uriIn } from '../place.ts';

/** Address scheme of proposed texts, shown on the right of the diff editor. */
export const proposalScheme = 'glm-coder-proposal';

/** One file that a proposal changes. */
interface ProposedFile {
  readonly path: string;
  readonly uri: vscode.Uri;
  readonly blocks: readonly EditBlock[];
  /** Undefined for a file that is to be made. */
  readonly before: string | undefined;
  readonly after: string;
}

interface Proposal {
  readonly files: readonly ProposedFile[];
  view: ProposalView;
}

/** Edits that wait to be judged. */
export interface Proposals extends vscode.Disposable {
  /** Reads the edit blocks of an answer against the files as they are; undefined where it has none. */
  propose(id: string, root: string, answer: string): Promise<ProposalView | undefined>;
  /** Opens the diff of one file, or of the first. */
  review(id: string, path?: string): Promise<void>;
  /** Applies or drops a proposal. @throws EditsRefused where a file no longer fits; nothing is changed then. */
  decide(id: string, decision: 'accepted' | 'rejected'): Promise<ProposalView | undefined>;
  /** The proposal that an address on the right of a diff belongs to. */
  idOf(uri: vscode.Uri): string | undefined;
}

function refusalText(refusal: Refusal): string {
  switch (refusal) {
    case 'not found':
      return l10n.t('the lines to replace are not in the file');
    case 'found more than once':
      return l10n.t('the lines to replace are in the file more than once');
    case 'file exists already':
      return l10n.t('the file exists already');
    case 'no such file':
      return l10n.t('there is no such file');
  }
}

/** The file's text as the user sees it, unsaved changes included; undefined where there is no file. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

/** Lines added and removed. */
function lineChanges(before: string, after: string): { added: number; removed: number } {
  const changes = diffLines(before, after);
  const sum = (of: 'added' | 'removed') =>
    changes.reduce((lines, change) => lines + (change[of] ? change.count : 0), 0);
  return { added: sum('added'), removed: sum('removed') };
}

/** Replaces the part that differs and nothing else, so that cursors and markers around it stay. */
function replaceDifference(edit: vscode.WorkspaceEdit, document: vscode.TextDocument, after: string): void {
  const before = document.getText();
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(before.length - end));
  edit.replace(document.uri, range, after.slice(start, after.length - end));
}

/** Creates an empty set of proposals and shows their texts to the diff editor. */
export function createProposals(): Proposals {
  const proposals = new Map<string, Proposal>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(proposalScheme, {
    provideTextDocumentContent: (uri) => fileAt(uri)?.after ?? '',
  });

  const idOf = (uri: vscode.Uri) => (uri.scheme === proposalScheme ? uri.query : undefined);
  const fileAt = (uri: vscode.Uri) => proposals.get(idOf(uri) ?? '')?.files.find(({ path }) => `/${path}` === uri.path);
  const addressOf = (id: string, path: string) =>
    vscode.Uri.from({ scheme: proposalScheme, path: `/${path}`, query: id });

  async function closeDiffs(id: string): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    const ours = tabs.filter(({ input }) => input instanceof vscode.TabInputTextDiff && idOf(input.modified) === id);
    await vscode.window.tabGroups.close(ours, true);
  }

  async function apply({ files }: Proposal): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    for (const { path, uri, blocks, before } of files) {
      // The user may have gone on writing since: the blocks are applied to the text as it is now, or not at all.
      const applied = applyEdits(await textOf(uri), blocks);
      if ('refused' in applied) {
        throw new EditsRefused(
          l10n.t('{0} has changed: {1}. Nothing was changed.', path, refusalText(applied.refused)),
        );
      }
      if (before === undefined) {
        edit.createFile(uri, { contents: new TextEncoder().encode(applied.text) });
      } else {
        replaceDifference(edit, await vscode.workspace.openTextDocument(uri), applied.text);
      }
    }
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
      throw new EditsRefused(l10n.t('The editor did not apply the edits. Nothing was changed.'));
    }
  }

  return {
    idOf,
    async propose(id, root, answer) {
      const { blocks, incomplete } = parseEditBlocks(answer);
      const paths = [...new Set(blocks.map(({ path }) => path))];
      if (paths.length === 0 && !incomplete) return undefined;
      const files: ProposedFile[] = [];
      const refused: { path: string; reason: string }[] = [];
      for (const path of paths) {
        const uri = uriIn(root, path);
        if (!uri) {
          refused.push({ path, reason: l10n.t('not a file in this folder') });
          continue;
        }
        const own = blocks.filter((block) => block.path === path);
        const before = await textOf(uri);
        const applied = applyEdits(before, own);
        if ('refused' in applied) refused.push({ path, reason: refusalText(applied.refused) });
        else if (applied.text !== before) files.push({ path, uri, blocks: own, before, after: applied.text });
      }
      if (incomplete) refused.push({ path: '', reason: l10n.t('the answer was cut off inside an edit') });
      const changes = files.map(
        ({ path, before, after }): FileView => ({
          path,
          kind: before === undefined ? 'make' : 'change',
          decision: 'pending',
          hunks: [],
          problems: [],
          ...lineChanges(before ?? '', after),
        }),
      );
      const view: ProposalView = { id, decision: files.length > 0 ? 'pending' : 'rejected', files: changes, refused };
      proposals.set(id, { files, view });
      return view;
    },

    async review(id, path) {
      const files = proposals.get(id)?.files ?? [];
      const file = files.find((each) => each.path === path) ?? files[0];
      if (!file) return;
      const original =
        file.before === undefined ? vscode.Uri.from({ scheme: proposalScheme, path: '/', query: 'none' }) : file.uri;
      const title = l10n.t('{0} (proposed)', file.path);
      await vscode.commands.executeCommand('vscode.diff', original, addressOf(id, file.path), title, { preview: true });
    },

    async decide(id, decision) {
      const proposal = proposals.get(id);
      if (proposal?.view.decision !== 'pending') return proposal?.view;
      if (decision === 'accepted') await apply(proposal);
      proposal.view = { ...proposal.view, decision };
      await closeDiffs(id);
      return proposal.view;
    },

    dispose() {
      provider.dispose();
      proposals.clear();
    },
  };
}
