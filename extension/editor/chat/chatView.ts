import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation/attachments.ts';
import type { ChatStore } from '../../core/conversation/history/chatStore.ts';
import type { Checkpoints } from '../../core/conversation/history/checkpoints.ts';
import type { Glm } from '../../core/glm.ts';
import type { Pack } from '../../core/pack.ts';
import type { Log, Memory, SyntaxParser } from '../../core/ports.ts';
import {
  type BackendView,
  type Chip,
  type ConversationKind,
  type HostMessage,
  isPageMessage,
  type ToolsView,
} from '../../protocol/chat.ts';
import { showFailure } from '../failure.ts';
import { activeRoot } from '../place.ts';
import { onToolsSetting, readSettings } from '../settings.ts';
import type { ComingContext } from './addedContext.ts';
import { pickChat } from './chatHistory.ts';
import { type Beginning, type ChatSession, createChatSession } from './chatSession.ts';
import { createChips } from './chips.ts';
import { type ContextSource, chooseContext } from './contextSources.ts';
import { createCurrentChat } from './currentChat.ts';
import { createJudging } from './judging.ts';
import { type LanguageChecker, languageProblems } from './languageProblems.ts';
import { leaveTurns } from './leaving.ts';
import { createMeterWatch, repositoryChip } from './meterWatch.ts';
import { commandIn } from './outgoing.ts';
import { pageFolder, pageHtml } from './page.ts';
import { obey, type PageSubjects } from './pageMessages.ts';
import { createProposals } from './proposals.ts';
import { createLeftOutDocument } from './reading/leftOutDocument.ts';
import { createSaying } from './saying.ts';
import { shownTo } from './shownTo.ts';

const viewId = 'glmCoder.chat';

/** The sidebar: one conversation, its page, and what commands do to it. */
export interface ChatView extends vscode.Disposable {
  /** Draws its page in a view that VS Code has opened. */
  resolve(view: vscode.WebviewView): void;
  /** Opens the sidebar with the keyboard in its input. */
  focus(): Promise<void>;
  newChat(): void;
  /** Lets the user choose one of the chats that were kept. */
  history(): Promise<void>;
  /** Begins a new conversation with a question, in the open sidebar. */
  begin(kind: ConversationKind, question: string, attachments: readonly Attachment[]): Promise<void>;
  /** Says something in a chat of the kind that its slash command needs, in the open sidebar. */
  ask(text: string, attachments: readonly Attachment[]): Promise<void>;
  /** Judges the proposed file whose diff, or whose text, has the keyboard. */
  decideHere(decision: 'accepted' | 'rejected'): Promise<void>;
  /** Adds context to the next message, in the open sidebar. */
  add(contexts: readonly ComingContext[]): Promise<void>;
  backend(backend: BackendView): void;
  /** The conversation that is open, where a pack goes along with it. */
  sent(): SentConversation | undefined;
  /** Told when that may be another. */
  readonly onSaid: vscode.Event<void>;
}

/** A conversation and the pack that goes along with each of its messages. */
export interface SentConversation {
  readonly kind: ConversationKind;
  readonly root: string;
  readonly pack: Pack;
  readonly projectRules: string;
}

/** What the sidebar works with. */
export interface ChatViewPorts {
  readonly glm: Glm;
  readonly log: Log;
  readonly syntax: Pick<SyntaxParser, 'faults'>;
  readonly checkLanguage: LanguageChecker;
  readonly store: ChatStore;
  readonly checkpoints: Checkpoints;
  /** Of this workspace. */
  readonly memory: Memory;
  readonly extension: vscode.Uri;
  readonly translations: Readonly<Record<string, string>>;
}

/** Makes the sidebar; {@link ChatView.resolve} shows it. */
export function createChatView(ports: ChatViewPorts): ChatView {
  const { glm, log, store, checkpoints, memory, extension, translations } = ports;
  const proposals = createProposals(ports.syntax, {
    shown: shownTo(glm),
    check: languageProblems(ports.checkLanguage),
    heard: (view) => current.session.conversation.decided(view, false),
  });
  let page: vscode.WebviewView | undefined;
  let ready = false;
  let backend: BackendView = {};
  const changes = new vscode.EventEmitter<void>();

  const post = (message: HostMessage): void => {
    if (ready) void page?.webview.postMessage(message);
  };
  function create(beginning: Beginning): ChatSession {
    // What a conversation that was left still has to say is not for the page, which shows another by then.
    const mine = createChatSession(beginning, {
      glm,
      log,
      proposals,
      store,
      checkpoints,
      post(said) {
        if (mine !== current.session) return;
        post(said);
        if (said.type !== 'turn') return;
        // What it takes is known once it is packed, and it stays from then on.
        if (mine.conversation.repository) post({ type: 'chips', chips: allChips() });
        meter.changed();
        changes.fire();
      },
      redraw: () => mine === current.session && sendState(),
      kept: (id) => mine === current.session && current.kept(id),
    });
    return mine;
  }

  const current = createCurrentChat({ log, memory, store, checkpoints, proposals, create, redraw: () => sendState() });
  let focusWanted = false;
  const judging = createJudging({ log, proposals, checkpoints, session: () => current.session });
  const leftOut = createLeftOutDocument();
  const isVisible = () => page?.visible ?? false;
  const chips = createChips({
    glm,
    log,
    // An empty chat is about the folder that is open when something is said.
    root: () => (current.session.conversation.turns.length === 0 ? activeRoot() : current.session.conversation.root),
    visible: isVisible,
    changed() {
      post({ type: 'chips', chips: allChips() });
      meter.changed();
    },
  });
  const allChips = (): readonly Chip[] => [...repositoryChip(current.session.conversation), ...chips.current()];
  const meter = createMeterWatch({
    conversation: () => current.session.conversation,
    chips,
    visible: isVisible,
    show: (view) => post({ type: 'meter', meter: view }),
  });

  /** Nothing was said in a chat that is empty: it begins with what is set by then. */
  function toolsView(): ToolsView {
    const { tools: isOnNext } = readSettings().chat;
    const { conversation } = current.session;
    return { isOn: conversation.turns.length === 0 ? isOnNext : conversation.tools, isOnNext };
  }
  const toolsWatch = onToolsSetting(() => post({ type: 'tools', tools: toolsView() }));

  function sendState(): void {
    const { kind, turns, busy, arriving } = current.session.conversation;
    const { view } = meter;
    const shown = {
      chips: allChips(),
      ...(view ? { meter: view } : {}),
      backend,
      tools: toolsView(),
      ...(arriving ? { arriving } : {}),
    };
    post({ type: 'state', state: { kind, turns, busy, ...shown }, l10n: translations });
    meter.changed();
    changes.fire();
  }

  async function addContext(source: ContextSource | undefined): Promise<void> {
    const context = await chooseContext(glm, source);
    if (context === 'repository') await current.setRepository(true);
    else if (context && 'read' in context) chips.add(context);
    else if (context && context.attachments.length === 0 && !context.leftOut) {
      void vscode.window.showInformationMessage(l10n.t('There is nothing to add: {0}.', context.label));
    } else if (context) chips.add({ label: context.label, read: async () => context });
    if (context) post({ type: 'chosen' });
    // The page has the keyboard in its input; told so once more, it would take it from a list that was opened since.
    await vscode.commands.executeCommand(`${viewId}.focus`);
  }

  let isResumed = false;

  /** The page has been drawn and listens. */
  function pageReady(): void {
    ready = true;
    sendState();
    // Once: what the page shows when it is drawn again is the session's own.
    if (!isResumed) void current.resume();
    isResumed = true;
    chips.refresh();
    if (focusWanted) post({ type: 'focus' });
    focusWanted = false;
  }

  const subjects: PageSubjects = {
    ...{ glm, chips, meter, proposals, judging, leftOut, post, addContext },
    say: createSaying(current, chips, post),
    setRepository: current.setRepository,
    conversation: () => current.session.conversation,
    async leave(turn) {
      const mine = current.session;
      return (await leaveTurns(mine, turn, checkpoints)) && mine === current.session;
    },
    ready: pageReady,
    newChat: () => current.newChat(),
  };

  function resolve(view: vscode.WebviewView): void {
    page = view;
    ready = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extension)] };
    view.webview.onDidReceiveMessage((message: unknown) => {
      if (isPageMessage(message)) obey(message, subjects).catch((error: unknown) => showFailure(error, log));
      else log.warn('the page sent something that is not a message');
    });
    view.onDidDispose(() => {
      page = undefined;
      ready = false;
    });
    view.webview.html = pageHtml(view.webview, extension);
  }

  const focus = async (): Promise<void> => {
    focusWanted = !ready;
    await vscode.commands.executeCommand(`${viewId}.focus`);
    post({ type: 'focus' });
  };

  return {
    resolve,
    focus,
    newChat: () => current.newChat(),
    async history() {
      const id = await pickChat({ store, checkpoints }, (error) => void showFailure(error, log));
      if (id === undefined) {
        const shown = await current.session.id();
        // The chat that is open was deleted.
        if (shown !== undefined && !(await store.read(shown))) current.newChat();
        return;
      }
      await current.open(id);
      await focus();
    },
    async begin(kind, question, attachments) {
      const root = activeRoot();
      await focus();
      await current.replace({ kind, root }).conversation.send(question, attachments);
    },
    async ask(text, attachments) {
      const beginning = { kind: commandIn(text)?.kind ?? 'chat', root: activeRoot() };
      await focus();
      await current.replace(beginning).conversation.send(text, attachments);
    },
    decideHere: judging.decideHere,
    async add(contexts) {
      await focus();
      for (const context of contexts) chips.add(context);
    },
    backend(next) {
      backend = next;
      post({ type: 'backend', backend });
      meter.changed();
    },
    onSaid: changes.event,
    sent() {
      const { kind, root, sent } = current.session.conversation;
      return root !== undefined && sent ? { kind, root, ...sent } : undefined;
    },
    dispose() {
      current.session.conversation.stop();
      judging.dispose();
      chips.dispose();
      leftOut.dispose();
      proposals.dispose();
      toolsWatch.dispose();
      meter.dispose();
      changes.dispose();
    },
  };
}
