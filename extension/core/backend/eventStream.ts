import { createParser } from 'eventsource-parser';

/** How a body is divided into chunks: server-sent events, or a line of JSON each (Ollama's native API). */
export type Framing = 'events' | 'lines';

/**
 * Yields the data of each server-sent event in a body, as many at once as a piece of it completes. Ends at OpenAI's
 * `[DONE]` marker, or where the body ends without one (glm-protocol.md 1.4).
 */
export async function* eventData(body: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let pending: string[] = [];
  const parser = createParser({ onEvent: (event) => pending.push(event.data) });

  /** What has come, up to the marker, and whether that is there. */
  function take(): { data: readonly string[]; isDone: boolean } {
    const data = pending;
    pending = [];
    const end = data.indexOf('[DONE]');
    return end < 0 ? { data, isDone: false } : { data: data.slice(0, end), isDone: true };
  }

  for await (const bytes of body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    if (pending.length === 0) continue;
    const { data, isDone } = take();
    if (data.length > 0) yield data;
    if (isDone) return;
  }
  // A server that closes without the last blank line has still sent a whole event.
  parser.feed(`${decoder.decode()}\n\n`);
  const { data } = take();
  if (data.length > 0) yield data;
}

/** Yields the lines of a body that are not empty, as many at once as a piece of it completes. */
export async function* lineData(body: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  const started: string[] = [];
  const whole = (line: string): string[] => (line.trim() === '' ? [] : [line]);
  for await (const bytes of body) {
    const [first = '', ...others] = decoder.decode(bytes, { stream: true }).split('\n');
    started.push(first);
    if (others.length === 0) continue;
    const last = others.pop() ?? '';
    const lines = [started.splice(0).join(''), ...others].flatMap(whole);
    started.push(last);
    if (lines.length > 0) yield lines;
  }
  const rest = whole(started.join('') + decoder.decode());
  if (rest.length > 0) yield rest;
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
