import * as vscode from 'vscode';
import type { Log } from '../../core/ports.ts';
import type { BackendView } from '../../protocol/chat.ts';
import { showFailure } from '../failure.ts';
import type { ChatView } from './chatView.ts';

const viewId = 'glmCoder.chat';

/** The sidebar, made when it is first shown or asked for something. */
export interface LazyChatView extends vscode.Disposable {
  /** The sidebar itself. Rejects where its code cannot be loaded. */
  get(): Promise<ChatView>;
  /** The sidebar where it was made already. */
  readonly made: ChatView | undefined;
  /** Told when the conversation that is open, or what goes along with it, may be another. */
  readonly onSaid: vscode.Event<void>;
  /** Tells it which backend answers, now or once it is made. */
  backend(backend: BackendView): void;
}

/** Registers a sidebar whose code is loaded at its first use: starting the editor needs none of it. */
export function registerLazyChatView(load: () => Promise<ChatView>, log: Log): LazyChatView {
  let latest: BackendView | undefined;
  let made: ChatView | undefined;
  let loading: Promise<ChatView> | undefined;
  let isDisposed = false;
  const said = new vscode.EventEmitter<void>();

  async function make(): Promise<ChatView> {
    const chat = await load();
    if (isDisposed) chat.dispose();
    if (latest) chat.backend(latest);
    chat.onSaid(() => said.fire());
    made = chat;
    return chat;
  }
  const get = (): Promise<ChatView> => {
    loading ??= make();
    return loading;
  };

  const registration = vscode.window.registerWebviewViewProvider(viewId, {
    async resolveWebviewView(view) {
      await get().then(
        (chat) => chat.resolve(view),
        (error: unknown) => showFailure(error, log),
      );
    },
  });
  return {
    get,
    get made() {
      return made;
    },
    onSaid: said.event,
    backend(next) {
      latest = next;
      made?.backend(next);
    },
    dispose() {
      isDisposed = true;
      registration.dispose();
      made?.dispose();
      said.dispose();
    },
  };
}
