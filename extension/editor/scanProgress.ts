import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Milliseconds after which a scan is worth a word in the status bar, and after which it is worth a way to stop it. */
const worthShowing = 1_000;
const worthStopping = 4_000;

/** Milliseconds without news after which a scan is over. */
const silence = 5_000;

/** What is told of scans. */
export interface ScanProgress extends vscode.Disposable {
  report(done: number, total: number): void;
  /** Files read, and files to read. */
  readonly onProgress: vscode.Event<{ readonly done: number; readonly total: number }>;
}

/** Shows scans of the repository that take longer than a second; `stop` is what the user's Cancel calls. */
export function createScanProgress(stop: () => void): ScanProgress {
  let latest: { done: number; total: number; at: number } | undefined;
  let timers: NodeJS.Timeout[] = [];
  const ends: (() => void)[] = [];
  const progressed = new vscode.EventEmitter<{ done: number; total: number }>();

  function show(location: vscode.ProgressLocation): void {
    const title = l10n.t('GLM Coder: reading the repository');
    void vscode.window.withProgress(
      { location, title, cancellable: location === vscode.ProgressLocation.Notification },
      (progress, token) =>
        new Promise<void>((resolve) => {
          let shown = 0;
          const draw = () => {
            if (!latest || Date.now() - latest.at > silence) return over();
            const percent = Math.round((100 * latest.done) / Math.max(1, latest.total));
            progress.report({ message: `${percent} %`, increment: percent - shown });
            shown = percent;
          };
          const timer = setInterval(draw, 200);
          const cancel = token.onCancellationRequested(() => {
            over();
            stop();
          });
          ends.push(() => {
            clearInterval(timer);
            cancel.dispose();
            resolve();
          });
          draw();
        }),
    );
  }

  function over(): void {
    latest = undefined;
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    for (const end of ends.splice(0)) end();
  }

  return {
    onProgress: progressed.event,
    report(done, total) {
      progressed.fire({ done, total });
      if (done >= total) return over();
      if (!latest) {
        timers = [
          setTimeout(show, worthShowing, vscode.ProgressLocation.Window),
          setTimeout(show, worthStopping, vscode.ProgressLocation.Notification),
        ];
      }
      latest = { done, total, at: Date.now() };
    },
    dispose() {
      over();
      progressed.dispose();
    },
  };
}
