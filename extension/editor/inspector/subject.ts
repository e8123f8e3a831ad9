import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Glm } from '../../core/glm.ts';
import type { InspectRequest } from '../../core/inspection.ts';
import type { InspectorChoices, InspectorSource } from '../../protocol/inspector.ts';
import type { LazyChatView } from '../chat/lazyChatView.ts';
import { isCompleted, requestAt } from '../inline/requestAt.ts';
import { activeRoot, placeOf, unsavedIn } from '../place.ts';
import type { RecentFiles } from '../recentFiles.ts';
import { excludedPatterns } from '../settings.ts';

/** What the inspector can be asked for. */
export interface Subject extends vscode.Disposable {
  /** The folder that a choice is about; undefined where none is open. */
  root(source: InspectorSource): string | undefined;
  /** What there is to choose from now. */
  choices(source: InspectorSource, question: string): InspectorChoices;
  /** What is most likely meant: the chat that is open, the file that is, or the repository. */
  likely(): InspectorSource;
  /** Told when another pack goes along with the chat that is open, or none any more. */
  readonly onSentAnew: vscode.Event<void>;
  /** The request for a choice, or why there is nothing to show, in the user's language. */
  request(source: InspectorSource, question: string, signal: AbortSignal): Promise<InspectRequest | string>;
}

/** What it is found with. */
export interface SubjectPorts {
  readonly glm: Pick<Glm, 'projectRules'>;
  readonly chat: Pick<LazyChatView, 'made' | 'onSaid'>;
  readonly recent: RecentFiles;
}

/** Follows what the inspector can show; the editor that had the keyboard last counts, since the inspector has it now. */
export function followSubject({ glm, chat, recent }: SubjectPorts): Subject {
  let root: string | undefined;
  let editor: vscode.TextEditor | undefined;
  const follow = (next: vscode.TextEditor | undefined): void => {
    if (!next || !isCompleted(next.document)) return;
    editor = next;
    root = placeOf(next.document.uri).root ?? root;
  };
  root = activeRoot();
  follow(vscode.window.activeTextEditor);
  const following = vscode.window.onDidChangeActiveTextEditor(follow);

  const sentAnew = new vscode.EventEmitter<void>();
  let sent = chat.made?.sent()?.pack;
  const hearing = chat.onSaid(() => {
    const next = chat.made?.sent()?.pack;
    if (next === sent) return;
    sent = next;
    sentAnew.fire();
  });

  const open = (): vscode.TextEditor | undefined =>
    editor && !editor.document.isClosed && placeOf(editor.document.uri).root !== undefined ? editor : undefined;

  return {
    root: (source) => (source === 'conversation' ? chat.made?.sent()?.root : undefined) ?? root ?? activeRoot(),
    choices(source, question) {
      const { document, selection } = open() ?? {};
      const cursor = document && selection && `${placeOf(document.uri).path}:${selection.active.line + 1}`;
      return { source, question, hasConversation: chat.made?.sent() !== undefined, ...(cursor ? { cursor } : {}) };
    },
    likely: () => (chat.made?.sent() ? 'conversation' : open() ? 'cursor' : 'question'),
    async request(source, question, signal) {
      if (source === 'conversation') {
        const sent = chat.made?.sent();
        if (!sent) return l10n.t('No repository context goes along with the chat that is open.');
        const { pack, kind, projectRules } = sent;
        return { of: source, pack, kind, projectRules };
      }
      if (source === 'cursor') {
        const { document, selection } = open() ?? {};
        if (!document || !selection) return l10n.t('Open a file of the workspace to see what is sent at its cursor.');
        const place = requestAt(document, selection.active, recent);
        if (!place) return l10n.t('Nothing is completed on a line as long as this one.');
        return { of: source, request: place.request };
      }
      const folder = root ?? activeRoot();
      if (folder === undefined) return l10n.t('Open a folder to see what of it is sent.');
      const exclude = excludedPatterns();
      const projectRules = await glm.projectRules(folder, exclude, signal);
      const request = { root: folder, question, overlay: unsavedIn(folder), exclude };
      return { of: source, request, projectRules };
    },
    onSentAnew: sentAnew.event,
    dispose: () => vscode.Disposable.from(following, hearing, sentAnew).dispose(),
  };
}
