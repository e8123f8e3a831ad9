import type { PageMessage } from '../extension/protocol/chat.ts';

/** What the page keeps while its view is hidden. */
interface Kept {
  /** The message that was being written. */
  readonly draft: string;
}

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): Kept | undefined;
  setState(kept: Kept): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** Sends a message to the extension host. */
export const post = (message: PageMessage): void => api.postMessage(message);

/** The draft that was kept. */
export const keptDraft = (): string => api.getState()?.draft ?? '';

/** Keeps a draft, so that hiding the view never loses what the user wrote. */
export const keepDraft = (draft: string): void => api.setState({ draft });
