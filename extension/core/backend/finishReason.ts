import type { FinishReason } from './backend.ts';
import { failure, type Target } from './failures.ts';

/** Maps a server's word for the end of a stream (glm-protocol.md 1.4, 4.2). @throws BackendError for those that are failures. */
export function finishReason(reason: string, target: Target): FinishReason {
  switch (reason) {
    case 'sensitive':
    case 'content_filter':
      throw failure('moderation', target, `finish_reason ${reason}`);
    case 'network_error':
      throw failure('server', target, 'finish_reason network_error', { retryable: true });
    case 'model_context_window_exceeded':
      throw failure('overflow', target, 'finish_reason model_context_window_exceeded', { overflow: {} });
    case 'length':
    case 'limit':
    case 'max_tokens':
      return 'length';
    case 'tool_calls':
    case 'function_call':
      return 'tool_calls';
    case 'abort':
      return 'aborted_by_server';
    default:
      return 'stop';
  }
}
