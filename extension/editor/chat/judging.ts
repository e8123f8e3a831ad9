import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Checkpoints } from '../../core/conversation/history/checkpoints.ts';
import type { Log } from '../../core/ports.ts';
import type { Judged } from '../../protocol/chat.ts';
import type { ChatSession } from './chatSession.ts';
import { followSaves } from './formattedSaves.ts';
import type { Proposals } from './proposals.ts';
import { proposalTextAt } from './proposalTexts.ts';
import { changesOf, restoreFiles } from './restoreFiles.ts';

/** What the user decides about the edits of the chat that is open. */
export interface Judging extends vscode.Disposable {
  decide(proposal: string, decision: 'accepted' | 'rejected', judged: Judged): Promise<void>;
  /** Judges the proposed file whose diff, or whose text, has the keyboard. */
  decideHere(decision: 'accepted' | 'rejected'): Promise<void>;
  /** Puts the files back to what they were before a turn. */
  restore(turn: string): Promise<void>;
}

/** What judging works with. */
export interface JudgingPorts {
  readonly log: Log;
  readonly proposals: Proposals;
  readonly checkpoints: Checkpoints;
  readonly session: () => ChatSession;
}

/** Creates what judges edits: before-images are kept of all that is accepted. */
export function createJudging({ log, proposals, checkpoints, session }: JudgingPorts): Judging {
  const saves = followSaves((error) => log.error(String(error)));

  async function decide(proposal: string, decision: 'accepted' | 'rejected', judged: Judged): Promise<void> {
    const { conversation, ownId } = session();
    const { root = '' } = conversation;
    if (!conversation.turns.some((turn) => turn.id === proposal)) {
      const told = l10n.t('These edits belong to another chat: open it from the chat history to judge them.');
      void vscode.window.showInformationMessage(told);
      return;
    }
    let canRestore = false;
    const chat = await ownId();
    const view = await proposals.decide(proposal, decision, judged, async (writings) => {
      if (chat === undefined) return;
      canRestore = await checkpoints.record(chat, proposal, await changesOf(root, writings));
      saves.follow(root, writings, async ({ path, before, after }) => {
        const change = { kind: 'change', path, before, after } as const;
        await checkpoints.record(chat, proposal, await changesOf(root, [change]));
      });
    });
    if (view) conversation.decided(view, canRestore);
  }

  return {
    decide,
    async decideHere(decision) {
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      const active = vscode.window.activeTextEditor?.document.uri;
      const uri = input instanceof vscode.TabInputTextDiff ? input.modified : active;
      const place = uri && proposalTextAt(uri);
      if (place) await decide(place.id, decision, { path: place.path });
    },
    async restore(turn) {
      const { conversation, ownId } = session();
      const chat = conversation.root === undefined ? undefined : await ownId();
      if (chat === undefined || conversation.root === undefined) return;
      if (!(await restoreFiles(checkpoints, conversation.root, chat, turn))) return;
      const from = conversation.turns.findIndex((each) => each.id === turn);
      for (const { id: own, proposal } of conversation.turns.slice(from)) {
        const view = proposal && proposals.reopen(own);
        if (view) conversation.decided(view, false);
      }
    },
    dispose: () => saves.dispose(),
  };
}
