import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileChange } from '../../core/conversation/edits/fileChanges.ts';
import { uriIn } from '../place.ts';
import { textOf } from './applyWritings.ts';

/** Address scheme of proposed texts, shown on the right of the diff editor. */
export const proposalScheme = 'glm-coder-proposal';

/** A text of a proposal: what a file is to be, or what it was when the edits were read. */
export interface ProposalText {
  readonly id: string;
  readonly path: string;
  readonly side: 'before' | 'after';
}

/** The text of a proposal that stands at an address. */
export function proposalTextAt({ scheme, query, path }: vscode.Uri): ProposalText | undefined {
  if (scheme !== proposalScheme) return undefined;
  const [id = '', side] = query.split('&');
  return { id, path: path.slice(1), side: side === 'before' ? 'before' : 'after' };
}

/** The address of a text of a proposal; it ends like the file, so that its language is known. */
export const proposalAddress = (id: string, path: string, side: ProposalText['side'] = 'after'): vscode.Uri =>
  vscode.Uri.from({ scheme: proposalScheme, path: `/${path}`, query: side === 'before' ? `${id}&before` : id });

/** The texts of files of a folder as the user sees them, or as they were `before`: undefined for no file. */
export async function textsOf(
  root: string,
  paths: readonly string[],
  before: ReadonlyMap<string, string | undefined> = new Map(),
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    const uri = before.has(path) ? undefined : await uriIn(root, path);
    const text = uri ? await textOf(uri) : before.get(path);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

/** Opens VS Code's diff of a change of a proposal. */
export async function openProposalDiff(id: string, root: string, change: FileChange): Promise<void> {
  const file = await uriIn(root, change.path);
  const nothing = vscode.Uri.from({ scheme: proposalScheme, path: '/', query: 'none' });
  const original = change.kind === 'make' || !file ? nothing : file;
  const name = change.kind === 'rename' ? `${change.path} → ${change.to}` : change.path;
  const title = l10n.t('{0} (proposed)', name);
  await vscode.commands.executeCommand('vscode.diff', original, proposalAddress(id, change.path), title, {
    preview: true,
  });
}

/** Closes the diffs of a proposal. */
export async function closeProposalDiffs(id: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
  const ours = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && proposalTextAt(input.modified)?.id === id,
  );
  await vscode.window.tabGroups.close(ours, true);
}
