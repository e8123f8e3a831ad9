import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { languageName } from '../../core/backend/languageNames.ts';
import type { Statistics, Tally } from '../../core/completion/statistics.ts';

/** A language, or one of its figures. */
type Row = { readonly language: string } | { readonly label: string; readonly value: string };

/** The view of what became of suggestions; it is drawn while somebody looks. */
export interface StatisticsView extends vscode.Disposable {
  changed(): void;
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);

function median(numbers: readonly number[]): string {
  if (numbers.length === 0) return '–';
  const sorted = numbers.toSorted((a, b) => a - b);
  return `${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms`;
}

function figures(tally: Tally): { label: string; value: string }[] {
  return [
    { label: l10n.t('Shown'), value: tally.shown.toLocaleString() },
    { label: l10n.t('Accepted'), value: `${tally.accepted.toLocaleString()} (${share(tally.accepted, tally.shown)})` },
    { label: l10n.t('Kept after 30 seconds'), value: share(tally.kept, tally.judged) },
    { label: l10n.t('Characters accepted'), value: tally.characters.toLocaleString() },
    { label: l10n.t('Prompt from cache'), value: share(tally.cachedTokens, tally.promptTokens) },
    { label: l10n.t('Without a request'), value: share(tally.reused, tally.shown) },
    { label: l10n.t('Median time to a suggestion'), value: median(tally.latencies) },
  ];
}

/** Registers the view; it stays on this machine like what it shows. */
export function registerStatisticsView(statistics: Statistics): StatisticsView {
  const changed = new vscode.EventEmitter<void>();
  const tree: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren(row) {
      if (!row) return [...statistics.tallies().keys()].sort().map((language) => ({ language }));
      const tally = 'language' in row ? statistics.tallies().get(row.language) : undefined;
      return tally ? figures(tally) : [];
    },
    getTreeItem(row) {
      if ('language' in row)
        return new vscode.TreeItem(languageName(row.language), vscode.TreeItemCollapsibleState.Expanded);
      const item = new vscode.TreeItem(row.label);
      item.description = row.value;
      item.tooltip = `${row.label}: ${row.value}`;
      item.accessibilityInformation = { label: `${row.label}: ${row.value}` };
      return item;
    },
  };
  const view = vscode.window.createTreeView('glmCoder.statistics', { treeDataProvider: tree });
  let timer: NodeJS.Timeout | undefined;
  return {
    changed() {
      // At every key it would cost more than it tells.
      if (!view.visible || timer) return;
      timer = setTimeout(() => {
        timer = undefined;
        changed.fire();
      }, 1_000);
    },
    dispose() {
      clearTimeout(timer);
      vscode.Disposable.from(view, changed).dispose();
    },
  };
}
