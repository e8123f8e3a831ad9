import * as vscode from 'vscode';
import type { Log } from '../../core/ports.ts';
import {
  type DiagnosticsHostMessage,
  type DiagnosticsPageMessage,
  type DiagnosticsState,
  isDiagnosticsPageMessage,
} from '../../protocol/diagnostics.ts';
import { pageFolder, pageHtml } from '../chat/page.ts';
import { showFailure } from '../failure.ts';

/** A page in an editor's tab. It may be closed and shown again; what was drawn last comes back. */
export interface DiagnosticsPanel extends vscode.Disposable {
  readonly isVisible: boolean;
  /** Puts it before the user, with the keyboard in it. */
  reveal(): void;
  /** Draws a state, now or once there is a page to draw it on. */
  draw(state: DiagnosticsState): void;
}

/** What a panel is. */
export interface PanelOptions {
  readonly viewType: string;
  readonly title: string;
  /** Folder of the extension. */
  readonly extension: vscode.Uri;
  /** What the page may ask for. */
  readonly actions: PanelActions;
  readonly log: Log;
}

/** What is done for each message; the others are passed over. */
export type PanelActions = Readonly<Partial<Record<DiagnosticsPageMessage['type'], () => unknown>>>;

/** Creates a panel; nothing shows before {@link DiagnosticsPanel.reveal}. */
export function createDiagnosticsPanel({ viewType, title, extension, actions, log }: PanelOptions): DiagnosticsPanel {
  const l10n = (vscode.l10n.bundle ?? {}) as Record<string, string>;
  let panel: vscode.WebviewPanel | undefined;
  let isReady = false;
  let last: DiagnosticsState | undefined;

  function send(): void {
    if (!panel || !isReady || !last) return;
    void panel.webview.postMessage({ type: 'state', state: last, l10n } satisfies DiagnosticsHostMessage);
  }

  async function hear({ type }: DiagnosticsPageMessage): Promise<void> {
    try {
      await actions[type]?.();
    } catch (error) {
      await showFailure(error, log);
    }
  }

  function open(): vscode.WebviewPanel {
    const made = vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [pageFolder(extension)],
    });
    made.iconPath = vscode.Uri.joinPath(extension, 'media', 'glm.svg');
    isReady = false;
    made.webview.onDidReceiveMessage((message: unknown) => {
      if (!isDiagnosticsPageMessage(message)) return;
      if (message.type === 'ready') {
        isReady = true;
        send();
      } else void hear(message);
    });
    made.onDidDispose(() => {
      panel = undefined;
    });
    made.webview.html = pageHtml(made.webview, extension, 'diagnostics');
    return made;
  }

  return {
    get isVisible() {
      return panel?.visible === true;
    },
    reveal() {
      if (panel) panel.reveal();
      else panel = open();
    },
    draw(state) {
      last = state;
      send();
    },
    dispose: () => panel?.dispose(),
  };
}
