import type { Transport } from '../ports.ts';
import { failureFromResponse } from './failures.ts';
import { createAsk, tryAsk } from './local/asker.ts';

/** Milliseconds for each question. */
const timeout = 10_000;

/**
 * Asks the hosted API whether it takes a key, by counting the tokens of two letters: the cheapest call there is
 * (glm-protocol.md 1.6). Returns the models that it lists, undefined where it lists none (1.1: the list is not documented).
 * @throws BackendError for what is wrong with the address, the key or the account.
 */
export async function checkHosted(
  transport: Transport,
  { url, model, apiKey }: { readonly url: string; readonly model: string; readonly apiKey: string },
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const target = { kind: 'hosted', origin: new URL(url).origin, model } as const;
  const ask = createAsk(transport, target, { url, apiKey, timeout }, signal);
  const [counted, listed] = await Promise.all([
    // The documented models of this call do not include the newest.
    ask('/tokenizer', { model: 'glm-4.6', messages: [{ role: 'user', content: 'hi' }] }),
    tryAsk(ask, '/models'),
  ]);
  // A gateway need not have the call; that it has is all that a 404 leaves open.
  if (counted.status !== 200 && counted.status !== 404) throw failureFromResponse(counted.status, counted.text, target);
  const data = listed?.data;
  if (!Array.isArray(data)) return undefined;
  return data.flatMap(({ id }: { id?: unknown }) => (typeof id === 'string' ? [id] : []));
}
