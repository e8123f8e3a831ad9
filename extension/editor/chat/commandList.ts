import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { promptFile, slashCommands, slashIn } from '../../core/conversation/slashCommands.ts';
import type { CommandView } from '../../protocol/chat.ts';

/** Prompt files that are listed, at the most. */
const mostPrompts = 100;

/** What the commands of our own stand for. */
function whatFor(name: string): string {
  switch (name) {
    case 'refactor':
      return l10n.t('Refactor the open file or what is selected');
    case 'plan':
      return l10n.t('Plan a change over the repository, then make it');
    case 'fix':
      return l10n.t('Find what is wrong in the open code, and fix it');
    case 'tests':
      return l10n.t('Write tests for the open code');
    case 'docs':
      return l10n.t('Document the open code');
    case 'explain':
      return l10n.t('Explain the open code');
    case 'review':
      return l10n.t('Review the open code, defects first');
    case 'all':
      return l10n.t('Ask about every file of the repository');
    case 'commit':
      return l10n.t('Write a commit message for what is staged');
    default:
      return '';
  }
}

/** What a message can begin with: our own commands, and the prompt files of a folder. */
export async function commandList(root: string | undefined): Promise<readonly CommandView[]> {
  const own = slashCommands.map(({ name }) => ({ name, what: whatFor(name) }));
  if (root === undefined) return own;
  const known = new Set(own.map(({ name }) => name));
  const pattern = new vscode.RelativePattern(root, promptFile('*'));
  const files = await vscode.workspace.findFiles(pattern, null, mostPrompts);
  const prompts = files
    .map(({ path }) => path.slice(path.lastIndexOf('/') + 1, -'.md'.length))
    // A file of another name cannot be called, and ours come first.
    .filter((name) => slashIn(`/${name}`)?.name === name && !known.has(name))
    .sort((a, b) => a.localeCompare(b));
  return [...own, ...prompts.map((name) => ({ name, what: promptFile(name) }))];
}
