import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Silence for a while. */
export interface Snooze extends vscode.Disposable {
  /** Until when, in the user's language; undefined where it is not silent. */
  readonly why: string | undefined;
  /** Asks for how long, or ends the silence. */
  choose(): Promise<void>;
}

const minutes = [5, 15, 60] as const;

/** Creates the snooze; `changed` is told when it begins and ends. */
export function createSnooze(changed: () => void): Snooze {
  let timer: NodeJS.Timeout | undefined;
  let why: string | undefined;

  function end(): void {
    clearTimeout(timer);
    timer = undefined;
    why = undefined;
    changed();
  }

  return {
    get why() {
      return why;
    },
    async choose() {
      if (timer) return end();
      const items = minutes.map((each) => ({ label: l10n.t('{0} minutes', each), each }));
      const picked = await vscode.window.showQuickPick(items, { title: l10n.t('Snooze Inline Completions') });
      if (!picked) return;
      clearTimeout(timer);
      timer = setTimeout(end, picked.each * 60_000);
      const until = new Date(Date.now() + picked.each * 60_000);
      why = l10n.t('Snoozed until {0}.', until.toLocaleTimeString([], { timeStyle: 'short' }));
      changed();
    },
    dispose: () => clearTimeout(timer),
  };
}
