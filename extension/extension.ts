import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { createGlm } from './core/glm.ts';
import { watchBackend } from './editor/backendWatch.ts';
import type { ChatView } from './editor/chat/chatView.ts';
import { registerLazyChatView } from './editor/chat/lazyChatView.ts';
import { registerCodeActions } from './editor/codeActions.ts';
import { registerCommands } from './editor/commands.ts';
import { watchFiles } from './editor/fileWatch.ts';
import { registerInline } from './editor/inline/inline.ts';
import { createLazyInlineEdits } from './editor/inlineEdit/lazyInlineEdits.ts';
import { lazyEditorKnowledge } from './editor/lazyEditorKnowledge.ts';
import { createMemory } from './editor/memory.ts';
import { readNetwork } from './editor/networkSettings.ts';
import { followRecentFiles } from './editor/recentFiles.ts';
import { createScanProgress } from './editor/scanProgress.ts';
import { createKeyStore } from './editor/secrets.ts';
import { onInlineEnabled, readSettings } from './editor/settings.ts';
import { createSpendingWatch } from './editor/spendingWatch.ts';
import { createStatusBar } from './editor/statusBar.ts';
import { createSteering } from './editor/steering.ts';
import { diskFiles } from './node/diskFiles.ts';
import { createLazyTransport } from './node/lazyTransport.ts';
import { createOutlineThread } from './node/outlineThread.ts';
import { createRepositoryThread } from './node/repositoryThread.ts';

/** Bytes of what files were before accepted edits, in one workspace. */
const checkpointBytes = 200 * 2 ** 20;

/** What must be done before the window is gone. */
let closing: () => Promise<void> = async () => {};

/** Has VS Code wait until what was said is on disk. */
export const deactivate = (): Promise<void> => closing();

/** Builds the object graph and registers it. */
export function activate(context: vscode.ExtensionContext): void {
  const translations = (vscode.l10n.bundle ?? {}) as Record<string, string>;
  l10n.config({ contents: translations });
  const distribution = context.asAbsolutePath('dist');
  const log = vscode.window.createOutputChannel('GLM Coder', { log: true });
  const transport = createLazyTransport(distribution, readNetwork);
  const scan = createScanProgress(() => glm.stopReading());
  const storage = (context.storageUri ?? context.globalStorageUri).fsPath;
  const repository = createRepositoryThread({ distribution, translations, indexes: storage }, scan.report);
  const keys = createKeyStore(context.secrets);

  // A thread of its own: the repository's may be busy, and a keystroke waits for this one.
  const syntax = createOutlineThread({ distribution });
  const memory = createMemory(context.globalState);
  const { packer, reader, tokenizer } = repository;
  const status = createStatusBar();
  const watchSpending = createSpendingWatch();
  const ofWorkspace = createMemory(context.workspaceState);
  const steering = createSteering(ofWorkspace);
  const glm = createGlm({
    transport,
    packer,
    reader,
    editor: lazyEditorKnowledge,
    tokenizer,
    files: diskFiles,
    settings: readSettings,
    secrets: keys,
    log,
    syntax,
    memory,
    steering: steering.get,
    inline: (event) => inline.event(event),
    spending(spent) {
      status.spent(spent);
      watchSpending(spent);
    },
  });
  const recent = followRecentFiles();
  const inline = registerInline({ glm, recent, status, memory, log });

  const { extensionUri: extension } = context;
  const edits = createLazyInlineEdits({ glm, log, memory: ofWorkspace });

  async function loadChat(): Promise<ChatView> {
    const { createChatView } = await import('./editor/chat/chatView.ts');
    const { createHistory } = await import('./node/history/history.ts');
    const { checkOnThread } = await import('./node/typescript/typescriptThread.ts');
    const failed = (failure: Error) => log.error(failure.message);
    const history = createHistory({ folder: storage, checkpointBytes, failed });
    closing = () => history.store.dispose();
    const checkLanguage = (check: Parameters<typeof checkOnThread>[1], signal: AbortSignal) =>
      checkOnThread(distribution, check, signal);
    const shown = { extension, translations, memory: ofWorkspace };
    return createChatView({ glm, log, syntax, checkLanguage, ...history, ...shown });
  }
  const chat = registerLazyChatView(loadChat, log);

  const files = watchFiles();
  // Before anybody looks again.
  files.onChange(() => glm.changed());
  const events = { onProgress: scan.onProgress, onFiles: files.onChange };
  const inspecting = { glm, chat, steering, recent, log, extension, translations, ...events };
  context.subscriptions.push(
    ...[log, scan, status, recent, chat, inline, edits, steering, files],
    steering.onChange(() => glm.steered()),
    registerCodeActions(chat, log),
    registerCommands({ glm, chat, inline, edits, keys, log, inspecting }),
    watchBackend(glm, keys, status, log, (backend) => chat.backend(backend)),
    onInlineEnabled(inline.stateChanged),
    ...[glm, repository, syntax, transport].map((each) => new vscode.Disposable(() => each.dispose())),
  );
  // The window need not wait for what it only decorates.
  void import('./editor/steeringMarks.ts').then(({ markSteering }) =>
    context.subscriptions.push(markSteering(steering)),
  );
}
