import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a llama-server read for one completion, in tokens. */
interface Read {
  readonly evaluated: number;
  readonly cached: number;
}

/** A relay in front of a llama-server that notes what each completion makes it read. */
export interface Relay {
  readonly url: string;
  readonly reads: readonly Read[];
  /** Completions that were given up before the server had read their prompt. */
  readonly givenUp: () => number;
  dispose(): Promise<void>;
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Characters of the shortest prompt of a session: what is asked to find the order of a model's FIM tokens is none. */
const shortestPrompt = 2_000;

/** Starts the relay. */
export async function startRelay(target: string): Promise<Relay> {
  const reads: Read[] = [];
  let completions = 0;

  async function relay(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(incoming);
    const isCompletion = incoming.url === '/v1/completions' && text.length >= shortestPrompt;
    // With its timings in every chunk, requests that are cut while they are answered are counted, too.
    const body = isCompletion ? JSON.stringify({ ...JSON.parse(text), timings_per_token: true }) : text;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    if (isCompletion) completions++;
    const answer = await fetch(`${target}${incoming.url}`, {
      method: incoming.method ?? 'GET',
      headers: { 'content-type': 'application/json' },
      ...(text ? { body } : {}),
      signal: gone.signal,
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    let isNoted = !isCompletion;
    let seen = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      response.write(chunk);
      if (isNoted) continue;
      seen += decoder.decode(chunk, { stream: true });
      const [, cached, evaluated] = /"cache_n":(\d+),"prompt_n":(\d+)/.exec(seen) ?? [];
      if (cached === undefined || evaluated === undefined) continue;
      isNoted = true;
      reads.push({ cached: Number(cached), evaluated: Number(evaluated) });
    }
    response.end();
  }

  const server = createServer((incoming, response) => {
    relay(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reads,
    givenUp: () => completions - reads.length,
    async dispose() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
