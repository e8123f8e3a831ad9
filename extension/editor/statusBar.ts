import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Spent, Usage } from '../core/backend/backend.ts';
import type { InlineContext } from '../core/completion/inlineRequest.ts';
import type { ErrorView } from '../protocol/chat.ts';

/** What inline completions are doing. */
export type Activity =
  | {
      readonly state: 'idle';
      readonly usage?: Usage;
      readonly milliseconds?: number;
      /** The backend that stood in for the one that was asked. */
      readonly answeredBy?: string;
      readonly context?: InlineContext;
    }
  | { readonly state: 'working' }
  | { readonly state: 'off'; readonly why?: string }
  | { readonly state: 'failed'; readonly error: ErrorView };

/** The item in the status bar: state at a glance, the reasons in its tooltip, a menu on click. */
export interface StatusBar extends vscode.Disposable {
  activity(activity: Activity): void;
  /** What became of the last look for a completion: why there was nothing, or where it came from. */
  inline(result: { readonly why?: string; readonly isReused: boolean }): void;
  /** Which backend answers, and why. */
  backend(label: string, reason: string): void;
  /** What this session has taken so far. */
  spent(spent: Spent): void;
}

/** Milliseconds for which changes are gathered: drawn at each key, they would compete with the suggestion itself. */
const gathering = 150;

const icons = { idle: '$(sparkle)', working: '$(loading~spin)', off: '$(circle-slash)', failed: '$(warning)' } as const;

function describe(activity: Activity): string {
  switch (activity.state) {
    case 'working':
      return l10n.t('Completing…');
    case 'off':
      return activity.why ?? l10n.t('Inline completions are off here.');
    case 'failed':
      return `${activity.error.summary} ${activity.error.nextStep}`;
    case 'idle': {
      const { usage, milliseconds } = activity;
      if (!usage || milliseconds === undefined) return l10n.t('Inline completions are on.');
      if (usage.cachedTokens === undefined) {
        return l10n.t('Last completion: {0} ms, {1} prompt tokens.', milliseconds, usage.promptTokens);
      }
      const share = Math.round((100 * usage.cachedTokens) / Math.max(1, usage.promptTokens));
      return l10n.t(
        'Last completion: {0} ms, {1} prompt tokens, {2} % from cache.',
        milliseconds,
        usage.promptTokens,
        share,
      );
    }
  }
}

/** What went along with the last completion, and how much may. */
function describeContext(context: InlineContext): string {
  if (context === 'conversation') return l10n.t('Its context: the conversation in the sidebar.');
  if (context === 'none') return l10n.t('Its context: this file alone.');
  const { tokens, budget } = context;
  return l10n.t(
    'Its context: {0} of at most {1} tokens of the repository ("glmCoder.inline.contextTokens").',
    tokens.toLocaleString(),
    budget.toLocaleString(),
  );
}

function describeSpent({ requests, promptTokens, cachedTokens, completionTokens, cost }: Spent): string {
  const share = Math.round((100 * cachedTokens) / Math.max(1, promptTokens));
  const tokens = l10n.t(
    'This session: {0} requests, {1} tokens in ({2} % from cache), {3} out',
    requests.toLocaleString(),
    promptTokens.toLocaleString(),
    share,
    completionTokens.toLocaleString(),
  );
  return cost > 0 ? `${tokens}, $${cost.toFixed(4)}` : tokens;
}

/** Creates and shows the item. */
export function createStatusBar(): StatusBar {
  const item = vscode.window.createStatusBarItem('glmCoder', vscode.StatusBarAlignment.Right, 100);
  item.name = 'GLM Coder';
  item.command = 'glmCoder.menu';
  let activity: Activity = { state: 'idle' };
  let backend = l10n.t('Looking for a backend…');
  let spent: Spent | undefined;
  let result: { readonly why?: string; readonly isReused: boolean } | undefined;

  function draw(): void {
    item.text = `${icons[activity.state]} GLM`;
    const standIn = activity.state === 'idle' && activity.answeredBy;
    const lines = ['GLM Coder', backend, describe(activity)];
    if (activity.state === 'idle' && activity.context) lines.push(describeContext(activity.context));
    if (standIn) lines.push(l10n.t('Answered by {0}.', standIn));
    if (result?.why) lines.push(result.why);
    else if (result?.isReused) lines.push(l10n.t('The last suggestion needed no request.'));
    if (spent) lines.push(describeSpent(spent));
    item.tooltip = lines.join('\n');
    item.accessibilityInformation = { label: `GLM Coder: ${describe(activity)}` };
    item.backgroundColor =
      activity.state === 'failed' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  }

  let drawing: NodeJS.Timeout | undefined;
  function drawSoon(): void {
    drawing ??= setTimeout(() => {
      drawing = undefined;
      draw();
    }, gathering);
  }

  draw();
  item.show();
  return {
    activity(next) {
      activity = next;
      drawSoon();
    },
    inline(next) {
      result = next;
      if (activity.state !== 'idle') activity = { state: 'idle' };
      drawSoon();
    },
    backend(label, reason) {
      backend = `${label} (${reason})`;
      drawSoon();
    },
    spent(now) {
      spent = now;
      drawSoon();
    },
    dispose() {
      clearTimeout(drawing);
      item.dispose();
    },
  };
}
