import type { InspectorPageMessage } from '../../extension/protocol/inspector.ts';

declare function acquireVsCodeApi(): { postMessage(message: InspectorPageMessage): void };

// VS Code hands it out once.
const api = acquireVsCodeApi();

/** Sends a message to the extension host. */
export const post = (message: InspectorPageMessage): void => api.postMessage(message);
