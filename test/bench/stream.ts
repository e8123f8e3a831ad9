import { once } from 'node:events';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import OpenAI from 'openai';
import { streamEvents } from '../../extension/core/backend/chatStream.ts';
import { createLazyTransport } from '../../extension/node/lazyTransport.ts';
import { seededRandom } from './cases.ts';

const target = { kind: 'hosted', origin: 'http://127.0.0.1', model: 'glm-4.7' } as const;

/** Bytes of the recorded stream. */
const size = 10 << 20;

/** Rounds of each reader, by turns, after one that warms up. */
const rounds = 5;

/** Bounds: our CPU for one of the SDK's, and milliseconds that we add at the 99th of 100. */
const bounds = { cpuRatio: 1, addedP99Ms: 1 };

const words = 'const price = 价格 return await the answer (x) => { } \n 😀 import of a function'.split(' ');

const chunkOf = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ id: '2026', created: 1_760_762_344, object: 'chat.completion.chunk', model: 'glm-4.7', choices: [{ index: 0, delta: { role: 'assistant', ...delta }, ...more }] })}\n\n`;

/** A long answer as the hosted API streams it, a few characters a chunk (glm-protocol.md 1.4). */
function recording(): { bytes: Uint8Array; text: string } {
  const random = seededRandom(5);
  const parts: string[] = [];
  let text = '';
  let length = 0;
  while (length < size) {
    const word = `${words[Math.floor(random() * words.length)]} `;
    const isReasoning = length < size / 4;
    if (!isReasoning) text += word;
    const chunk = chunkOf(isReasoning ? { reasoning_content: word } : { content: word });
    length += chunk.length;
    parts.push(chunk);
  }
  const usage = {
    prompt_tokens: 8,
    completion_tokens: 9,
    total_tokens: 17,
    prompt_tokens_details: { cached_tokens: 4 },
  };
  parts.push(
    chunkOf({ content: '' }, { finish_reason: 'stop' }).replace('}\n\n', `,"usage":${JSON.stringify(usage)}}\n\n`),
  );
  parts.push('data: [DONE]\n\n');
  return { bytes: new TextEncoder().encode(parts.join('')), text };
}

/** Cuts a stream as a network does: into pieces of one to a few chunks, inside characters too. */
function cut(bytes: Uint8Array): Uint8Array[] {
  const random = seededRandom(6);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 100 + Math.floor(random() * 600);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

/** A body that hands out its pieces as they are asked for. */
function bodyOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = pieces[at++];
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
}

async function ours(pieces: readonly Uint8Array[]): Promise<string> {
  let text = '';
  for await (const event of streamEvents(bodyOf(pieces), target, 'chat')) if (event.type === 'text') text += event.text;
  return text;
}

async function theirs(pieces: readonly Uint8Array[]): Promise<string> {
  const headers = { 'content-type': 'text/event-stream' };
  const client = new OpenAI({
    apiKey: 'none',
    baseURL: 'http://127.0.0.1/v1',
    fetch: async () => new Response(bodyOf(pieces), { headers }),
  });
  let text = '';
  const stream = await client.chat.completions.create({ model: 'glm-4.7', messages: [], stream: true });
  for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
  return text;
}

/** Milliseconds of CPU that work takes. */
async function cpu(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

async function parsing(): Promise<object> {
  const { bytes, text } = recording();
  const pieces = cut(bytes);
  const readers = { ours, openai: theirs };
  const times: Record<string, number[]> = { ours: [], openai: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const [name, read] of Object.entries(readers)) {
      const time = await cpu(async () => {
        if ((await read(pieces)).trimStart() !== text.trimStart()) throw new Error(`${name} read another text`);
      });
      if (round > 0) times[name]?.push(time);
    }
  }
  const median = (name: string) => Math.round(quantile(times[name] ?? [], 0.5));
  return {
    bytes: bytes.length,
    pieces: pieces.length,
    cpuMs: { ours: median('ours'), openai: median('openai') },
    ratio: Number((median('ours') / median('openai')).toFixed(2)),
  };
}

/** A server on a thread of its own that writes the time into each chunk: 1,000 of them, 2 ms apart. */
const server = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
const now = () => performance.timeOrigin + performance.now();
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let left = 1000;
  const timer = setInterval(() => {
    if (left-- === 0) {
      clearInterval(timer);
      return response.end('data: [DONE]\\n\\n');
    }
    response.write('data: {"choices":[{"delta":{"content":"' + now() + ' "}}]}\\n\\n');
  }, 2);
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

const now = (): number => performance.timeOrigin + performance.now();

/** Milliseconds from the server's write to our event, and to the bytes in a bare client. */
async function latency(): Promise<object> {
  const worker = new Worker(server, { eval: true });
  const transport = createLazyTransport(resolve('dist'));
  try {
    const [port] = (await once(worker, 'message')) as [number];
    const url = `http://127.0.0.1:${port}/`;
    const plain = { method: 'POST', url, headers: {}, body: '{}', headTimeout: 10_000, idleTimeout: 10_000 } as const;
    const ofOurs: number[] = [];
    const { body } = await transport.request(plain, new AbortController().signal);
    for await (const event of streamEvents(body, target, 'chat'))
      if (event.type === 'text') ofOurs.push(now() - Number(event.text));
    const bare: number[] = [];
    await new Promise<void>((done) => {
      const asked = request(url, { method: 'POST' }, (response) => {
        response.on('data', (data: Buffer) => {
          const at = /"content":"([\d.]+) /.exec(data.toString())?.[1];
          if (at) bare.push(now() - Number(at));
        });
        response.on('end', done);
      });
      asked.end('{}');
    });
    const of = (values: readonly number[]) => ({
      p50: Number(quantile(values, 0.5).toFixed(3)),
      p99: Number(quantile(values, 0.99).toFixed(3)),
    });
    const [a, b] = [of(ofOurs), of(bare)];
    const added = { p50: Number((a.p50 - b.p50).toFixed(3)), p99: Number((a.p99 - b.p99).toFixed(3)) };
    return { chunks: ofOurs.length, socketToEventMs: a, bareClientMs: b, addedMs: added };
  } finally {
    await transport.dispose();
    await worker.terminate();
  }
}

/**
 * CPU of reading a recorded stream of 10 MB in small chunks, beside the `openai` SDK on the same bytes, and the time from a
 * server's write to our event, beside a bare HTTP client.
 */
export async function stream(): Promise<object> {
  return { bounds, parsing: await parsing(), latency: await latency() };
}
