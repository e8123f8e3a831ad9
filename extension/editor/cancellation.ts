import type * as vscode from 'vscode';

/** An `AbortSignal` that follows one of VS Code's cancellation tokens. */
export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
