import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { withAttachments } from '../../core/conversation/attachments.ts';
import { filesOfDiff } from '../../core/conversation/filesOfDiff.ts';
import { writtenOut } from '../../core/conversation/slashCommands.ts';
import type { Glm } from '../../core/glm.ts';
import { signalOf } from '../cancellation.ts';
import { type GitRepository, gitRepositories } from '../git.ts';
import { excludedPatterns } from '../settings.ts';

/** Characters of changes that are sent: the message of a larger commit is about its beginning. */
const mostCharacters = 60_000;

/** The repository of the view that the command was called from, else the only one, else the one that the user picks. */
async function chosen(argument: unknown): Promise<GitRepository | undefined> {
  const all = await gitRepositories();
  const root = (argument as { rootUri?: vscode.Uri } | undefined)?.rootUri?.toString();
  const called = all.find(({ rootUri }) => rootUri.toString() === root);
  if (called || all.length < 2) return called ?? all[0];
  const items = all.map((repository) => ({ label: repository.rootUri.fsPath, repository }));
  return (await vscode.window.showQuickPick(items, { title: l10n.t('Write Commit Message') }))?.repository;
}

/** Without the fence that models put around a message. */
const bare = (text: string): string =>
  text
    .trim()
    .replace(/^```[^\n]*\n/, '')
    .replace(/\n?```$/, '')
    .trim();

/** "Write Commit Message": streams a message for what is staged, or else for what is changed, into the input of the view. */
export async function commitMessage(glm: Glm, argument: unknown): Promise<void> {
  const repository = await chosen(argument);
  if (!repository) {
    void vscode.window.showInformationMessage(l10n.t('No Git repository is open.'));
    return;
  }
  const diff = (await repository.diff(true)) || (await repository.diff(false));
  const files = filesOfDiff(diff).map(({ path, text }) => ({ path, languageId: 'diff', text }));
  if (files.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There are no changes to describe.'));
    return;
  }
  const title = l10n.t('Writing the commit message…');
  const window = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const before = repository.inputBox.value;
  await vscode.window.withProgress(window, async (_, token) => {
    const signal = signalOf(token);
    const root = repository.rootUri.fsPath;
    const { attachments } = await glm.screen(root, files, excludedPatterns(), signal);
    let room = mostCharacters;
    const sent = attachments.map((each) => {
      const text = each.text.slice(0, Math.max(0, room));
      room -= text.length;
      return { ...each, text };
    });
    const question = writtenOut(before.trim() ? `/commit ${before.trim()}` : '/commit', []);
    const messages = [
      {
        role: 'user',
        content: withAttachments(
          question,
          sent.filter(({ text }) => text !== ''),
        ),
      },
    ] as const;
    let answer = '';
    try {
      for await (const event of glm.chat({ root: undefined, messages, question, thinking: false }, signal)) {
        if (event.type === 'take-back') answer = '';
        if (event.type !== 'text') continue;
        answer += event.text;
        repository.inputBox.value = bare(answer);
      }
    } catch (error) {
      // What the user had written is not lost to half a message.
      repository.inputBox.value = before;
      if (!signal.aborted) throw error;
    }
  });
}
