import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { fenceFor } from '../../core/context/section.ts';
import { diffText } from '../../core/conversation/inlineEdit/lineDiff.ts';
import { differenceOf } from './editMarks.ts';
import { type PendingEdit, rangeOf } from './pendingEdit.ts';

/** Commands that a failure links to; nothing else in a thread can run any. */
const enabledCommands = ['glmCoder.setApiKey', 'glmCoder.selectBackend', 'glmCoder.showLog'];

/** "+3 −1" in signs, for the eye. */
export function sizeOf(edit: PendingEdit): { readonly added: number; readonly removed: number } {
  const lines = differenceOf(edit);
  const count = (sign: '+' | '-') => lines.filter((line) => line.sign === sign).length;
  return { added: count('+'), removed: count('-') };
}

function bodyOf(edit: PendingEdit): vscode.MarkdownString {
  const body = new vscode.MarkdownString('', true);
  const { state } = edit;
  if (state.phase === 'asking') return body;
  if (state.phase === 'waiting') return body.appendMarkdown('$(loading~spin) ').appendText(state.note);
  if (state.phase === 'failed') {
    body.isTrusted = { enabledCommands };
    body.appendMarkdown('$(error) ').appendText(`${state.error.summary} ${state.error.nextStep}`);
    if (!state.isBackend) return body;
    const links = [
      [l10n.t('Set API Key'), 'setApiKey'],
      [l10n.t('Choose Backend'), 'selectBackend'],
      [l10n.t('Show Log'), 'showLog'],
    ];
    const written = links.map(([title, command]) => `[${title}](command:glmCoder.${command})`).join(' · ');
    return body.appendMarkdown(`\n\n${written}`);
  }
  const lines = differenceOf(edit);
  if (state.phase === 'proposed' && lines.length === 0)
    return body
      .appendMarkdown('$(warning) ')
      .appendText(l10n.t('You changed the same lines meanwhile. Try again, or reject.'));
  const text = diffText(lines, state.phase === 'proposed');
  const fence = fenceFor(text);
  return body.appendMarkdown(`${fence}diff\n${text}\n${fence}`);
}

function labelOf(edit: PendingEdit): string {
  if (edit.state.phase === 'writing') return l10n.t('writing…');
  const { added, removed } = sizeOf(edit);
  return edit.state.phase === 'proposed' ? `+${added} −${removed}` : '';
}

/** What shows each edit below its lines: what the model writes, or why it does not. */
export interface EditThreads extends vscode.Disposable {
  draw(edits: readonly PendingEdit[]): void;
  /** Opens what was folded. */
  expand(edit: PendingEdit): void;
}

/** Creates the threads. They are VS Code's comments, the one thing that an extension can show between lines. */
export function createEditThreads(): EditThreads {
  /** There only while something is shown: VS Code offers its view of comments as long as there is one. */
  let controller: vscode.CommentController | undefined;
  const threads = new Map<PendingEdit, vscode.CommentThread>();
  return {
    draw(edits) {
      for (const [edit, thread] of threads) {
        if (edits.includes(edit)) continue;
        thread.dispose();
        threads.delete(edit);
      }
      for (const edit of edits) {
        const range = rangeOf(edit);
        const label = labelOf(edit);
        const comment: vscode.Comment = {
          author: { name: 'GLM Coder' },
          body: bodyOf(edit),
          mode: vscode.CommentMode.Preview,
          ...(label ? { label } : {}),
        };
        let thread = threads.get(edit);
        if (!thread) {
          controller ??= vscode.comments.createCommentController('glmCoder.inlineEdit', 'GLM Coder');
          thread = controller.createCommentThread(edit.document.uri, range, [comment]);
          thread.canReply = false;
          thread.label = edit.instruction;
          thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
          threads.set(edit, thread);
        } else {
          thread.comments = [comment];
          if (!thread.range?.isEqual(range)) thread.range = range;
        }
        thread.contextValue = edit.state.phase;
      }
      if (threads.size > 0) return;
      controller?.dispose();
      controller = undefined;
    },
    expand(edit) {
      const thread = threads.get(edit);
      if (thread) thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    },
    dispose: () => controller?.dispose(),
  };
}
