import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation/attachments.ts';
import type { Glm } from '../../core/glm.ts';
import type { Log } from '../../core/ports.ts';
import {
  type BackendView,
  type ConversationKind,
  type HostMessage,
  isPageMessage,
  type PageMessage,
} from '../../protocol/chat.ts';
import { showFailure } from '../failure.ts';
import { activeRoot, uriIn } from '../place.ts';
import { createChips } from './chips.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { pageFolder, pageHtml } from './page.ts';
import type { Proposals } from './proposals.ts';

const viewId = 'glmCoder.chat';

/** The sidebar: one conversation, its page, and what commands do to it. */
export interface ChatView extends vscode.Disposable {
  /** Opens the sidebar with the keyboard in its input. */
  focus(): Promise<void>;
  newChat(): void;
  /** Begins a new conversation with a question, in the open sidebar. */
  begin(kind: ConversationKind, question: string, attachments: readonly Attachment[]): Promise<void>;
  decide(proposal: string, decision: 'accepted' | 'rejected'): Promise<void>;
  backend(backend: BackendView): void;
}

/** What the sidebar works with. */
export interface ChatViewPorts {
  readonly glm: Glm;
  readonly log: Log;
  readonly proposals: Proposals;
  readonly extension: vscode.Uri;
  readonly translations: Readonly<Record<string, string>>;
}

/** Registers the sidebar. */
export function registerChatView({ glm, log, proposals, extension, translations }: ChatViewPorts): ChatView {
  let page: vscode.WebviewView | undefined;
  let ready = false;
  let backend: BackendView = {};

  const post = (message: HostMessage): void => {
    if (ready) void page?.webview.postMessage(message);
  };
  function create(kind: ConversationKind, root = activeRoot()): Conversation {
    // What a conversation that was left still has to say is not for the page, which shows another by then.
    const mine = createConversation(kind, {
      glm,
      log,
      post: (said) => mine === conversation && post(said),
      proposals,
      root,
    });
    return mine;
  }

  let conversation: Conversation = create('chat');
  let focusWanted = false;
  const chips = createChips(
    glm,
    () => page?.visible ?? false,
    (current) => post({ type: 'chips', chips: current }),
  );

  function sendState(): void {
    const { kind, turns, busy } = conversation;
    post({ type: 'state', state: { kind, turns, busy, chips: chips.current(), backend }, l10n: translations });
  }

  function replace(next: Conversation): void {
    conversation.stop();
    conversation = next;
    sendState();
  }

  async function open(path: string, startLine: number, endLine: number): Promise<void> {
    const { root } = conversation;
    const uri = root === undefined ? undefined : uriIn(root, path);
    if (!uri) return;
    try {
      const selection = new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);
      await vscode.window.showTextDocument(uri, { selection, preview: true });
    } catch {
      void vscode.window.showWarningMessage(l10n.t('{0} cannot be opened. It may have been moved or deleted.', path));
    }
  }

  async function decide(proposal: string, decision: 'accepted' | 'rejected'): Promise<void> {
    const view = await proposals.decide(proposal, decision);
    if (view) conversation.decided(view);
  }

  async function receive(message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        ready = true;
        sendState();
        chips.refresh();
        if (focusWanted) post({ type: 'focus' });
        focusWanted = false;
        return;
      case 'send':
        // A chat that was begun before a folder was opened is about that folder now.
        if (conversation.turns.length === 0) conversation = create(conversation.kind);
        return conversation.send(message.text, chips.attachments());
      case 'stop':
        return conversation.stop();
      case 'newChat':
        return replace(create('chat'));
      case 'toggleChip':
        return chips.toggle(message.id);
      case 'open':
        return open(message.path, message.startLine, message.endLine);
      case 'review':
        return proposals.review(message.proposal, message.path);
      case 'decide':
        return decide(message.proposal, message.decision);
      case 'copy':
        return vscode.env.clipboard.writeText(message.text);
      case 'command':
        await vscode.commands.executeCommand(`glmCoder.${message.command}`);
    }
  }

  const registration = vscode.window.registerWebviewViewProvider(viewId, {
    resolveWebviewView(view) {
      page = view;
      ready = false;
      view.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extension)] };
      view.webview.onDidReceiveMessage((message: unknown) => {
        if (isPageMessage(message)) receive(message).catch((error: unknown) => showFailure(error, log));
        else log.warn('the page sent something that is not a message');
      });
      view.onDidDispose(() => {
        page = undefined;
        ready = false;
      });
      view.webview.html = pageHtml(view.webview, extension);
    },
  });

  const focus = async (): Promise<void> => {
    focusWanted = !ready;
    await vscode.commands.executeCommand(`${viewId}.focus`);
    post({ type: 'focus' });
  };

  return {
    focus,
    newChat: () => replace(create('chat')),
    async begin(kind, question, attachments) {
      const next = create(kind);
      await focus();
      replace(next);
      await next.send(question, attachments);
    },
    decide,
    backend(next) {
      backend = next;
      post({ type: 'backend', backend });
    },
    dispose() {
      conversation.stop();
      chips.dispose();
      registration.dispose();
    },
  };
}
