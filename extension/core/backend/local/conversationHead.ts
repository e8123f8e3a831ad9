import type { ChatRequest } from '../backend.ts';
import { type Ask, tryAsk } from './asker.ts';

/** Where the next turn would begin; a raw prompt goes on there with the same words. */
const marker = '###PATH:';

/**
 * What the prompt of a conversation's next turn begins with, written by the model's own template, which llama.cpp applies
 * on request. Undefined where the server cannot, or the template does something else with the next turn.
 * @param body the request's body as it goes to the chat's route.
 */
export async function conversationHead(
  ask: Ask,
  conversation: ChatRequest,
  body: (request: ChatRequest) => object,
): Promise<string | undefined> {
  const next = { role: 'user', content: marker } as const;
  const request = body({ ...conversation, messages: [...conversation.messages, next] });
  const answer = await tryAsk(ask, '/apply-template', request);
  if (typeof answer?.prompt !== 'string') return undefined;
  const end = answer.prompt.lastIndexOf(marker);
  return end < 0 ? undefined : answer.prompt.slice(0, end);
}
