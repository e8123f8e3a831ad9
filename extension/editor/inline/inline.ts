import * as vscode from 'vscode';
import type { InlineEvent } from '../../core/completion/inlineRequest.ts';
import { createStatistics } from '../../core/completion/statistics.ts';
import type { Glm } from '../../core/glm.ts';
import type { Log, Memory } from '../../core/ports.ts';
import type { RecentFiles } from '../recentFiles.ts';
import { inlineEnabled } from '../settings.ts';
import type { StatusBar } from '../statusBar.ts';
import { createAcceptance } from './acceptance.ts';
import { follow } from './following.ts';
import { registerProvider } from './provider.ts';
import { createSnooze } from './snooze.ts';
import { registerStatisticsView } from './statisticsView.ts';

/** What inline completions are made with. */
export interface InlinePorts {
  readonly glm: Glm;
  readonly recent: RecentFiles;
  readonly status: StatusBar;
  readonly memory: Memory;
  readonly log: Log;
}

/** The surface of inline completions. */
export interface Inline extends vscode.Disposable {
  /** Takes what happens beside the answers. */
  event(event: InlineEvent): void;
  /** It was turned on or off. */
  stateChanged(): void;
  /** Asks for how long to be silent, or ends the silence. */
  snooze(): Promise<void>;
  clearStatistics(): void;
}

/** Milliseconds between two savings of what was learned. */
const savedEvery = 30_000;

/** Registers ghost text, and all that watches and counts it. */
export function registerInline({ glm, recent, status, memory, log }: InlinePorts): Inline {
  const statistics = createStatistics(memory.get('statistics'));
  const view = registerStatisticsView(statistics);
  const snooze = createSnooze(() => stateChanged());
  function stateChanged(): void {
    const { why } = snooze;
    const isOn = why === undefined && inlineEnabled(vscode.window.activeTextEditor?.document);
    status.activity(isOn ? { state: 'idle' } : { state: 'off', ...(why ? { why } : {}) });
    if (!isOn) void vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
  }
  const following = follow(glm, recent, snooze);
  const acceptance = createAcceptance(glm, statistics, view.changed);
  const save = (): void => {
    memory.set('statistics', statistics.image());
    glm.remember();
  };
  const saving = setInterval(save, savedEvery);
  const parts = vscode.Disposable.from(
    view,
    snooze,
    following,
    acceptance,
    registerProvider({ glm, recent, status, following, acceptance, snooze, log }),
  );
  return {
    event(event) {
      if (event.type === 'grown') {
        void following.refresh();
        return;
      }
      if (event.type === 'accepted') {
        acceptance.accepted(event.text);
        return;
      }
      const { usage, milliseconds, answeredBy, context } = event;
      acceptance.answered(usage);
      status.activity({
        state: 'idle',
        context,
        milliseconds: Math.round(milliseconds),
        ...(usage ? { usage } : {}),
        ...(answeredBy ? { answeredBy } : {}),
      });
    },
    stateChanged,
    snooze: () => snooze.choose(),
    clearStatistics() {
      statistics.clear();
      save();
      view.changed();
    },
    dispose() {
      clearInterval(saving);
      save();
      parts.dispose();
    },
  };
}
