import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { createGlm } from './core/glm.ts';
import { watchBackend } from './editor/backendWatch.ts';
import { registerChatView } from './editor/chat/chatView.ts';
import { createProposals } from './editor/chat/proposals.ts';
import { registerCodeActions } from './editor/codeActions.ts';
import { registerCommands } from './editor/commands.ts';
import { watchFiles } from './editor/fileWatch.ts';
import { registerInline } from './editor/inline/inline.ts';
import { createMemory } from './editor/memory.ts';
import { readNetwork } from './editor/networkSettings.ts';
import { followRecentFiles } from './editor/recentFiles.ts';
import { createScanProgress } from './editor/scanProgress.ts';
import { createKeyStore } from './editor/secrets.ts';
import { onInlineEnabled, readSettings } from './editor/settings.ts';
import { createSpendingWatch } from './editor/spendingWatch.ts';
import { createStatusBar } from './editor/statusBar.ts';
import { diskFiles } from './node/diskFiles.ts';
import { createLazyHistory } from './node/history/lazyHistory.ts';
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
  const { packer, tokenizer } = repository;
  const status = createStatusBar();
  const watchSpending = createSpendingWatch();
  const glm = createGlm({
    transport,
    packer,
    tokenizer,
    files: diskFiles,
    settings: readSettings,
    secrets: keys,
    log,
    syntax,
    memory,
    inline: (event) => inline.event(event),
    spending(spent) {
      status.spent(spent);
      watchSpending(spent);
    },
  });
  const proposals = createProposals(syntax);
  const { store, checkpoints } = createLazyHistory(distribution, {
    folder: storage,
    checkpointBytes,
    failed: (failure) => log.error(failure.message),
  });
  const recent = followRecentFiles();
  const inline = registerInline({ glm, recent, status, memory, log });
  const chat = registerChatView({
    glm,
    log,
    proposals,
    store,
    checkpoints,
    memory: createMemory(context.workspaceState),
    extension: context.extensionUri,
    translations,
  });
  closing = () => store.dispose();

  context.subscriptions.push(
    log,
    scan,
    status,
    recent,
    proposals,
    chat,
    inline,
    registerCodeActions(chat, log),
    registerCommands({ glm, chat, inline, proposals, keys, log }),
    watchBackend(glm, keys, status, log, (backend) => chat.backend(backend)),
    watchFiles(() => glm.changed()),
    onInlineEnabled(inline.stateChanged),
    { dispose: () => glm.dispose() },
    { dispose: () => repository.dispose() },
    { dispose: () => syntax.dispose() },
    { dispose: () => transport.dispose() },
  );
}
