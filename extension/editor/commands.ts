import * as vscode from 'vscode';
import type { Glm } from '../core/glm.ts';
import type { ChatView } from './chat/chatView.ts';
import type { Proposals } from './chat/proposals.ts';
import { clearApiKey, setApiKey } from './commands/apiKey.ts';
import { askRepository } from './commands/askRepository.ts';
import { chooseModel } from './commands/chooseModel.ts';
import { commitMessage } from './commands/commitMessage.ts';
import { createDoctor } from './commands/doctor.ts';
import { menu } from './commands/menu.ts';
import { refactorSelection } from './commands/refactorSelection.ts';
import { selectBackend } from './commands/selectBackend.ts';
import { registerCommand } from './failure.ts';
import type { Inline } from './inline/inline.ts';
import type { KeyStore } from './secrets.ts';
import { inlineEnabled, toggleInline, toggleInlineFor } from './settings.ts';

/** What the commands act on. */
export interface CommandPorts {
  readonly glm: Glm;
  readonly chat: ChatView;
  readonly inline: Inline;
  readonly proposals: Proposals;
  readonly keys: KeyStore;
  readonly log: vscode.LogOutputChannel;
}

/** Registers every command of the manifest. */
export function registerCommands({ glm, chat, inline, proposals, keys, log }: CommandPorts): vscode.Disposable {
  const doctor = createDoctor(glm);
  const active = () => vscode.window.activeTextEditor?.document;
  const decide = async (decision: 'accepted' | 'rejected'): Promise<void> => {
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    const uri = input instanceof vscode.TabInputTextDiff ? input.modified : active()?.uri;
    const place = uri && proposals.at(uri);
    if (place) await chat.decide(place.id, decision, { path: place.path });
  };
  const commands: Record<string, (argument: unknown) => unknown> = {
    setApiKey: () => setApiKey(keys),
    clearApiKey: () => clearApiKey(keys),
    selectBackend,
    chooseModel: () => chooseModel(glm),
    doctor: () => doctor.show(),
    toggleInline,
    toggleInlineLanguage: () => toggleInlineFor(active()),
    snoozeInline: () => inline.snooze(),
    clearStatistics: () => inline.clearStatistics(),
    menu: () => menu(active(), inlineEnabled(active())),
    openChat: () => chat.focus(),
    newChat: () => chat.newChat(),
    chatHistory: () => chat.history(),
    askRepository: () => askRepository(chat),
    commitMessage: (argument) => commitMessage(glm, argument),
    refactorSelection: () => refactorSelection(glm, chat),
    acceptEdits: () => decide('accepted'),
    rejectEdits: () => decide('rejected'),
    showLog: () => log.show(),
  };
  return vscode.Disposable.from(
    doctor,
    ...Object.entries(commands).map(([name, run]) => registerCommand(`glmCoder.${name}`, log, run)),
  );
}
