import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Milliseconds after which a scan is worth showing, and after which one that tells nothing more is over. */
const worthShowing = 1_000;
const silence = 5_000;

/** Shows scans of the repository that take longer than a second in the status bar. */
export function createScanProgress(): { report(done: number, total: number): void; dispose(): void } {
  let latest: { done: number; total: number; at: number } | undefined;
  let showing: NodeJS.Timeout | undefined;
  let end: (() => void) | undefined;

  function show(): void {
    showing = undefined;
    if (!latest) return;
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: l10n.t('GLM Coder: reading the repository') },
      (progress) =>
        new Promise<void>((resolve) => {
          const timer = setInterval(() => {
            if (!latest || Date.now() - latest.at > silence) return end?.();
            progress.report({ message: `${Math.round((100 * latest.done) / Math.max(1, latest.total))} %` });
          }, 200);
          end = () => {
            clearInterval(timer);
            resolve();
          };
        }),
    );
  }

  function stop(): void {
    clearTimeout(showing);
    showing = undefined;
    latest = undefined;
    end?.();
    end = undefined;
  }

  return {
    report(done, total) {
      if (done >= total) return stop();
      if (!latest) showing = setTimeout(show, worthShowing);
      latest = { done, total, at: Date.now() };
    },
    dispose: stop,
  };
}
