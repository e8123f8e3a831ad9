import * as vscode from 'vscode';
import type { Glm } from '../core/glm.ts';
import type { Log } from '../core/ports.ts';
import type { BackendView } from '../protocol/chat.ts';
import { explain } from './failure.ts';
import type { KeyStore } from './secrets.ts';
import { onBackendSettings } from './settings.ts';
import type { StatusBar } from './statusBar.ts';

/** Looks for the backend now and whenever its settings or the key change, and tells the surfaces. */
export function watchBackend(
  glm: Glm,
  keys: KeyStore,
  status: StatusBar,
  log: Log,
  tell: (backend: BackendView) => void,
): vscode.Disposable {
  const lifetime = new AbortController();
  let round = 0;

  async function look(): Promise<void> {
    const mine = ++round;
    tell({});
    try {
      const { backend, reason } = await glm.probe(lifetime.signal);
      if (mine !== round) return;
      log.info(`backend: ${backend.label} (${backend.kind})`);
      status.backend(backend.label, reason);
      status.activity({ state: 'idle' });
      tell({ label: backend.label, reason });
    } catch (error) {
      if (mine !== round || lifetime.signal.aborted) return;
      const failed = explain(error, log);
      status.activity({ state: 'failed', error: failed });
      tell({ error: failed });
    }
  }

  function lookAgain(): void {
    glm.reselect();
    void look();
  }

  void look();
  return vscode.Disposable.from(
    onBackendSettings(lookAgain),
    keys.onChange(lookAgain),
    new vscode.Disposable(() => lifetime.abort()),
  );
}
