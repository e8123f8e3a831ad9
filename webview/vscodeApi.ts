import type { PageMessage } from '../extension/protocol/chat.ts';

/** What VS Code keeps for the page while its view is hidden. */
interface Kept {
  /** Text in the input that was not sent yet. */
  readonly draft?: string;
}

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

// VS Code hands it out once.
const api = acquireVsCodeApi();

/** Sends a message to the extension host. */
export const post = (message: PageMessage): void => api.postMessage(message);

/** The text that was in the input when the page was last torn down. */
export const savedDraft = (): string => api.getState()?.draft ?? '';

/** Keeps the input's text for when the view is shown again. */
export const saveDraft = (draft: string): void => api.setState({ draft });
