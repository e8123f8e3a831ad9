import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Stretch } from './script.ts';

/** A request that the oracle had. Times are milliseconds since the epoch. */
export interface OracleRequest {
  readonly at: number;
  /** The text before the cursor that it was for. */
  readonly prefix: string;
  /** What the whole answer would be; undefined where its place is in none of the texts. */
  readonly foretold: string | undefined;
  /** What was answered before it ended. */
  answer: string;
  endedAt?: number;
  wasCut: boolean;
}

/** How it answers. */
export interface OracleManner {
  /** Milliseconds to the first token, and for each further one. */
  readonly first: number;
  readonly each: number;
  /** Every so many answers end with brackets that are not theirs to close; none where it is 0. */
  readonly straysEvery?: number;
}

/** A server that knows what will be typed. */
export interface Oracle {
  readonly url: string;
  readonly requests: readonly OracleRequest[];
  dispose(): Promise<void>;
}

/** Lines of one answer. */
const answerLines = 3;

/** Characters of the text before the cursor by which its place is found. */
const telling = 60;

/** Words with the space before them, and single signs: about what tokenizers make of code. */
const tokensOf = (text: string): string[] => text.match(/\s*\w{1,8}|[ \t]*[^\w\s]|\n[ \t]*|\s+/g) ?? [];

/** What follows a place in one of the final texts: three lines at the most; undefined where no text has that place. */
function next(stretches: readonly Stretch[], prefix: string): string | undefined {
  // White space that the editor has left on blank lines, or put before the cursor, tells nothing.
  const plain = prefix.replace(/[ \t]+\n/g, '\n');
  const line = plain.slice(plain.lastIndexOf('\n') + 1);
  const isFresh = line.trim() === '';
  const tail = (isFresh ? plain.slice(0, plain.length - line.length) : plain).slice(-telling);
  for (const { text, start, end } of stretches) {
    let at = text.indexOf(tail, Math.max(0, start - telling - 1));
    if (at < 0 || at + tail.length > end) continue;
    at += tail.length;
    if (isFresh && text[at] !== '\n') {
      const own = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
      at += own.startsWith(line) ? line.length : own.length;
    }
    let stop = at;
    for (let lines = 0; lines < answerLines && stop < text.length; lines++) {
      // A break at the cursor belongs to the line that it ends.
      const isBreak = lines > 0 || text[stop] === '\n';
      const found = text.indexOf('\n', isBreak ? stop + 1 : stop);
      stop = found < 0 ? text.length : found;
    }
    return text.slice(at, stop);
  }
  return undefined;
}

/** The gap's text before the cursor, from a raw GLM prompt or the fields of llama.cpp's `/infill`. */
function prefixOf(body: Record<string, unknown>): string {
  if (typeof body.input_prefix === 'string') return body.input_prefix + String(body.prompt ?? '');
  const prompt = String(body.prompt ?? '');
  const start = prompt.lastIndexOf('<|code_prefix|>') + '<|code_prefix|>'.length;
  return prompt.slice(start, prompt.lastIndexOf('<|code_middle|>'));
}

async function readBody(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text ? JSON.parse(text) : {};
}

/** Starts an oracle that looks like a llama-server with a GLM model: raw completions, and `/infill` for peers. */
export async function startOracle(
  stretches: readonly Stretch[],
  { first, each, straysEvery = 0 }: OracleManner,
): Promise<Oracle> {
  const requests: OracleRequest[] = [];

  async function complete(body: Record<string, unknown>, response: ServerResponse, isInfill: boolean): Promise<void> {
    const prefix = prefixOf(body);
    const foretold = next(stretches, prefix);
    const request: OracleRequest = { at: Date.now(), prefix, foretold, answer: '', wasCut: false };
    const most = Number(body.max_tokens ?? body.n_predict ?? 128);
    // Reading ahead is no question.
    if (most > 1) requests.push(request);
    const gone = new AbortController();
    response.once('close', () => {
      request.endedAt = Date.now();
      request.wasCut = !response.writableFinished;
      gone.abort();
    });
    const strays = foretold && straysEvery > 0 && requests.length % straysEvery === 0 ? ' })]' : '';
    const tokens = tokensOf((foretold ?? '') + strays).slice(0, most);
    const streams = body.stream === true;
    const started = performance.now();
    const type = streams ? 'text/event-stream' : 'application/json';
    try {
      await wait(first, undefined, { signal: gone.signal });
      response.writeHead(200, { 'content-type': type });
      for (const [number, token] of tokens.entries()) {
        // A timer is late by a little each time; what counts is the time since the start.
        const due = started + first + number * each - performance.now();
        if (due > 0) await wait(due, undefined, { signal: gone.signal });
        request.answer += token;
        const chunk = isInfill ? { content: token, stop: false } : { choices: [{ index: 0, text: token }] };
        if (streams) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
      }
    } catch {
      return;
    }
    const usage = { prompt_tokens: 1, completion_tokens: tokens.length, prompt_tokens_details: { cached_tokens: 1 } };
    const end = isInfill
      ? { content: streams ? '' : request.answer, stop: true, tokens_cached: 1, timings: {} }
      : { choices: [{ index: 0, text: '', finish_reason: 'stop' }], usage };
    if (streams) response.end(`data: ${JSON.stringify(end)}\n\n${isInfill ? '' : 'data: [DONE]\n\n'}`);
    else response.end(JSON.stringify(end));
  }

  const server = createServer(async (incoming, response) => {
    const body = await readBody(incoming);
    const json = (value: object) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    switch (incoming.url) {
      case '/v1/models':
        return json({
          object: 'list',
          data: [{ id: 'glm-oracle', object: 'model', owned_by: 'llamacpp', meta: { n_ctx: 32_768 } }],
        });
      case '/props':
        return json({
          default_generation_settings: { n_ctx: 32_768 },
          total_slots: 1,
          chat_template: '',
          build_info: 'b1-oracle',
        });
      case '/tokenize':
        return json({ tokens: [1, 2, 3] });
      case '/v1/completions':
      case '/completion':
        return complete(body, response, incoming.url === '/completion');
      case '/infill':
        return complete(body, response, true);
      case '/health':
        return json({ status: 'ok' });
    }
    response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async dispose() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
