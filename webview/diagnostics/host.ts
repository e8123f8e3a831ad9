import type { DiagnosticsPageMessage } from '../../extension/protocol/diagnostics.ts';

declare function acquireVsCodeApi(): { postMessage(message: DiagnosticsPageMessage): void };

// VS Code hands it out once.
const api = acquireVsCodeApi();

/** Asks the extension host for something. */
export const ask = (type: DiagnosticsPageMessage['type']): void => api.postMessage({ type });
