import * as vscode from 'vscode';
import type { Suggestion } from '../../core/completion/inlineRequest.ts';
import type { Glm } from '../../core/glm.ts';
import type { Log } from '../../core/ports.ts';
import { signalOf } from '../cancellation.ts';
import { explain } from '../failure.ts';
import type { RecentFiles } from '../recentFiles.ts';
import { inlineEnabled } from '../settings.ts';
import type { StatusBar } from '../statusBar.ts';
import { type Acceptance, askForNext } from './acceptance.ts';
import type { Following } from './following.ts';
import { completed, type InlinePlace, requestAt } from './requestAt.ts';
import type { Snooze } from './snooze.ts';

/** What the provider works with. */
export interface ProviderPorts {
  readonly glm: Glm;
  readonly recent: RecentFiles;
  readonly status: StatusBar;
  readonly following: Following;
  readonly acceptance: Acceptance;
  readonly snooze: Snooze;
  readonly log: Log;
}

/** Ghost text in every editor on files, untitled documents and notebook cells. */
export function registerProvider(ports: ProviderPorts): vscode.Disposable {
  const { glm, recent, status, following, acceptance, snooze, log } = ports;
  // Only the newest request speaks for the status bar: an older one may end after it began.
  let newest: AbortSignal | undefined;

  function itemOf(
    position: vscode.Position,
    { start, typed }: InlinePlace,
    { text, replaces, before = 0 }: Suggestion,
  ): vscode.InlineCompletionItem {
    const range = new vscode.Range(start.translate(0, -before), position.translate(0, replaces));
    const item = new vscode.InlineCompletionItem(typed + text, range);
    item.command = askForNext;
    return item;
  }

  const provider: vscode.InlineCompletionItemProvider = {
    async provideInlineCompletionItems(document, position, context, token) {
      if (snooze.why !== undefined || !inlineEnabled(document)) {
        status.activity({ state: 'off', ...(snooze.why ? { why: snooze.why } : {}) });
        return undefined;
      }
      const isManual = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke && !following.isRefreshing;
      const place = requestAt(document, position, recent, context.selectedCompletionInfo);
      if (!place) return undefined;
      const signal = signalOf(token);
      newest = signal;
      const started = performance.now();
      try {
        const request = isManual ? Object.assign(place.request, { isManual }) : place.request;
        const { suggestions, behind = [], why, isReused } = await glm.complete(request, signal);
        if (newest === signal) status.inline({ ...(why ? { why } : {}), isReused });
        if (token.isCancellationRequested) return undefined;
        if (suggestions.length > 0) acceptance.shown(document, Math.round(performance.now() - started), isReused);
        return [...suggestions, ...behind].map((each) => itemOf(position, place, each));
      } catch (error) {
        if (!signal.aborted && newest === signal) status.activity({ state: 'failed', error: explain(error, log) });
        return undefined;
      }
    },
  };
  return vscode.languages.registerInlineCompletionItemProvider([...completed], provider);
}
