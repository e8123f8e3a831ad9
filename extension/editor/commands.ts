import * as vscode from 'vscode';
import type { Glm } from '../core/glm.ts';
import type { LazyChatView } from './chat/lazyChatView.ts';
import { selectBackend } from './commands/selectBackend.ts';
import type { Diagnostics } from './diagnostics/diagnostics.ts';
import { registerCommand } from './failure.ts';
import type { Inline } from './inline/inline.ts';
import type { InlineEdits } from './inlineEdit/inlineEdits.ts';
import type { Inspector, InspectorPorts } from './inspector/inspector.ts';
import type { KeyStore } from './secrets.ts';
import { inlineEnabled, toggleInline, toggleInlineFor } from './settings.ts';

/** What the commands act on. */
export interface CommandPorts {
  readonly glm: Glm;
  readonly chat: LazyChatView;
  readonly inline: Inline;
  readonly edits: InlineEdits;
  readonly keys: KeyStore;
  readonly log: vscode.LogOutputChannel;
  readonly inspecting: InspectorPorts;
}

/** Registers every command of the manifest. What only a command needs is loaded when it is first called. */
export function registerCommands(ports: CommandPorts): vscode.Disposable {
  const { glm, chat, inline, edits, keys, log, inspecting } = ports;
  const { steering } = inspecting;
  let diagnostics: Diagnostics | undefined;
  let inspector: Inspector | undefined;
  async function diagnose(): Promise<Diagnostics> {
    const { createDiagnostics } = await import('./diagnostics/diagnostics.ts');
    diagnostics ??= createDiagnostics(glm, keys, log);
    return diagnostics;
  }
  const active = () => vscode.window.activeTextEditor?.document;
  const steer = async (how: 'pin' | 'exclude' | 'reset', clicked: unknown, selection: unknown): Promise<void> => {
    const { steerContext } = await import('./commands/steerContext.ts');
    steerContext(steering, how, clicked, selection);
  };
  const commands: Record<string, (argument: unknown, further: unknown) => unknown> = {
    setApiKey: async () => (await import('./commands/apiKey.ts')).setApiKey(keys),
    clearApiKey: async () => (await import('./commands/apiKey.ts')).clearApiKey(keys),
    selectBackend,
    chooseModel: async () => (await import('./commands/chooseModel.ts')).chooseModel(glm),
    doctor: async () => (await diagnose()).doctor.show(),
    probeWindow: async () => (await diagnose()).probe.show(),
    async showWhatIsSent() {
      const { createInspector } = await import('./inspector/inspector.ts');
      inspector ??= createInspector(inspecting);
      inspector.show();
    },
    pinInContext: (clicked, selection) => steer('pin', clicked, selection),
    excludeFromContext: (clicked, selection) => steer('exclude', clicked, selection),
    resetContext: (clicked, selection) => steer('reset', clicked, selection),
    toggleInline,
    toggleInlineLanguage: () => toggleInlineFor(active()),
    snoozeInline: () => inline.snooze(),
    clearStatistics: () => inline.clearStatistics(),
    menu: async () => (await import('./commands/menu.ts')).menu(active(), inlineEnabled(active())),
    openChat: async () => (await chat.get()).focus(),
    newChat: async () => (await chat.get()).newChat(),
    chatHistory: async () => (await chat.get()).history(),
    chatTools: async () => (await import('./commands/chatTools.ts')).chatTools(),
    askRepository: async () => (await import('./commands/askRepository.ts')).askRepository(await chat.get()),
    askEverything: async () => (await import('./commands/askRepository.ts')).askRepository(await chat.get(), true),
    addToChat: async (clicked, selected) =>
      (await import('./commands/addToChat.ts')).addToChat(glm, await chat.get(), clicked, selected),
    addSelectionToChat: async () => (await import('./commands/addToChat.ts')).addSelectionToChat(glm, await chat.get()),
    commitMessage: async (argument) => (await import('./commands/commitMessage.ts')).commitMessage(glm, argument),
    refactorSelection: async () =>
      (await import('./commands/refactorSelection.ts')).refactorSelection(glm, await chat.get()),
    editHere: () => edits.start(),
    acceptEdit: (argument) => edits.accept(argument),
    rejectEdit: (argument) => edits.reject(argument),
    retryEdit: (argument) => edits.retry(argument),
    showEditDiff: (argument) => edits.showDiff(argument),
    revealEdit: (argument) => edits.reveal(argument),
    acceptEdits: async () => (await chat.get()).decideHere('accepted'),
    rejectEdits: async () => (await chat.get()).decideHere('rejected'),
    showLog: () => log.show(),
  };
  return vscode.Disposable.from(
    { dispose: () => diagnostics?.dispose() },
    { dispose: () => inspector?.dispose() },
    ...Object.entries(commands).map(([name, run]) => registerCommand(`glmCoder.${name}`, log, run)),
  );
}
