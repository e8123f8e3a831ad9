import { createParser } from 'eventsource-parser';

/**
 * Yields the `data` of each server-sent event in a body: bytes → text → events.
 * Ends at OpenAI's `[DONE]` marker, or where the body ends without one (glm-protocol.md 1.4).
 */
export async function* eventData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const pending: string[] = [];
  const parser = createParser({ onEvent: (event) => pending.push(event.data) });

  for await (const bytes of body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    for (const data of pending.splice(0)) {
      if (data === '[DONE]') return;
      yield data;
    }
  }
  // A server that closes without the last blank line has still sent a whole event.
  parser.feed(`${decoder.decode()}\n\n`);
  for (const data of pending) {
    if (data === '[DONE]') return;
    yield data;
  }
}

/** Reads a body to its end as text, up to `limit` bytes. */
export async function bodyText(body: AsyncIterable<Uint8Array>, limit = 1 << 20): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let read = 0;
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    read += bytes.byteLength;
    if (read >= limit) break;
  }
  return text + decoder.decode();
}
