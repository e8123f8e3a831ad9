import type { ToolCall } from './backend.ts';
import type { ToolFragment } from './chunk.ts';

/** Puts tool calls together that come in fragments. */
export interface ToolCalls {
  add(fragments: readonly ToolFragment[]): void;
  /** The calls that have a name, in the order in which they began. */
  all(): ToolCall[];
}

/** Key of the first call that came whole, without an index (Ollama): apart from all that have one. */
const firstWhole = 1_000_000;

/** Creates an empty collection: whole calls in one chunk, or pieces keyed by index (glm-protocol.md 1.4, `tool_stream`). */
export function createToolCalls(): ToolCalls {
  const byIndex = new Map<number, { id: string; name: string; arguments: string }>();
  let whole = firstWhole;
  return {
    add(fragments) {
      for (const { index: own, id, name, arguments: piece } of fragments) {
        // Without an index, a name begins another call.
        if (own === undefined && name) whole++;
        const index = own ?? whole;
        const call = byIndex.get(index) ?? { id: '', name: '', arguments: '' };
        byIndex.set(index, call);
        call.id ||= id ?? '';
        call.name ||= name ?? '';
        call.arguments += piece ?? '';
      }
    },
    all: () =>
      [...byIndex.values()]
        .filter(({ name }) => name !== '')
        .map(({ id, name, arguments: json }, at) => ({ id: id || `call-${at}`, name, arguments: json || '{}' })),
  };
}
