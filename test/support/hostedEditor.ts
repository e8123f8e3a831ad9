import { type Editor, type EditorOptions, enterHostedKey, startEditor } from './editor.ts';
import { type HostedStandin, type ReceivedRequest, type Recording, startHostedStandin } from './hostedStandin.ts';

/** The key that the user of a hosted editor has entered. */
export const hostedKey = 'test-id.test-secret';

/** An editor on the hosted API, which a stand-in plays. */
export interface HostedEditor extends Editor {
  readonly standin: HostedStandin;
  /** The messages of the request that was sent last, as JSON. */
  lastPrompt(): string;
}

/** Starts an editor on the hosted API, with its key entered; `answer` chooses what to play for each request. */
export async function startHostedEditor(
  answer: (request: ReceivedRequest) => Recording | Promise<Recording>,
  { settings, ...options }: EditorOptions = {},
): Promise<HostedEditor> {
  await using started = new AsyncDisposableStack();
  const standin = await startHostedStandin(answer);
  started.defer(() => standin.dispose());
  const hosted = { 'glmCoder.backend': 'hosted', 'glmCoder.hosted.url': standin.url };
  const editor = await startEditor({ settings: { ...hosted, ...settings }, ...options });
  started.defer(() => editor.dispose());
  await enterHostedKey(editor.page, hostedKey);
  const running = started.move();
  return {
    ...editor,
    standin,
    lastPrompt: () => JSON.stringify(standin.requests.at(-1)?.body.messages),
    dispose: () => running.disposeAsync(),
  };
}
