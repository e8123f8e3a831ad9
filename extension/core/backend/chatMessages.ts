import type { ChatRequest } from './backend.ts';

/** A message as it goes over the wire. */
export interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/**
 * Lays a conversation out from what changes least to what changes most (DESIGN.md section 2):
 * rules and repository first, before any turn, so that servers can keep them in their prefix cache.
 */
export function wireMessages({ rules, pack, messages }: ChatRequest): WireMessage[] {
  const head = pack?.text ? `${rules}\n\n${pack.text}` : rules;
  return [{ role: 'system', content: head }, ...messages];
}
