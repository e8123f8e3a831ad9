import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** One answer to play: its status and headers, and its body in the pieces in which it goes over the wire. */
export interface Recording {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** Milliseconds between two pieces. */
  readonly pause?: number;
  /** Ends the connection instead of the response. */
  readonly breaks?: boolean;
}

/** A request that was received. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
  /** Resolves when the client has closed the connection before the answer was whole. */
  readonly abandoned: Promise<void>;
}

/** A server that replays the hosted API's documented bytes (glm-protocol.md 1.4, 1.5). */
export interface HostedStandin {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  dispose(): Promise<void>;
}

/** Starts a stand-in; `answer` chooses what to play for each request. */
export async function startHostedStandin(
  answer: (request: ReceivedRequest) => Recording | Promise<Recording>,
): Promise<HostedStandin> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const abandoned = new Promise<void>((resolve) => {
      response.once('close', () => {
        if (!response.writableFinished) resolve();
      });
    });
    const request: ReceivedRequest = {
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: text ? JSON.parse(text) : {},
      abandoned,
    };
    requests.push(request);
    const recording = await answer(request);
    response.writeHead(recording.status ?? 200, {
      'content-type': recording.type ?? 'text/event-stream',
      ...recording.headers,
    });
    for await (const piece of recording.pieces) {
      if (response.destroyed) return;
      response.write(piece);
      await wait(recording.pause ?? 1);
    }
    if (recording.breaks) response.destroy();
    else response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async dispose() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The chunks of a streamed answer, as Z.ai documents them (glm-protocol.md 1.4): no `object`, usage with the end. */
export function streamedAnswer(
  pieces: readonly string[],
  model = 'glm-4.7',
  reasoning: readonly string[] = [],
): string[] {
  const chunk = (delta: object) =>
    `data: ${JSON.stringify({ id: '1', created: 1677652288, model, choices: [{ index: 0, delta: { role: 'assistant', ...delta } }] })}\n\n`;
  const usage = {
    prompt_tokens: 8,
    completion_tokens: 262,
    total_tokens: 270,
    prompt_tokens_details: { cached_tokens: 4 },
  };
  const last = {
    id: '1',
    created: 1677652288,
    model,
    choices: [{ index: 0, finish_reason: 'stop', delta: { role: 'assistant', content: '' } }],
    usage,
  };
  return [
    ...reasoning.map((reasoning_content) => chunk({ reasoning_content })),
    ...pieces.map((content) => chunk({ content })),
    `data: ${JSON.stringify(last)}\n\n`,
    'data: [DONE]\n\n',
  ];
}

/** Pieces of which those from the `at`th on are sent once they are let go: what shows in the middle can be looked at. */
export function held(pieces: readonly string[], at: number): { pieces: AsyncIterable<string>; letGo(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  async function* sent(): AsyncIterable<string> {
    yield* pieces.slice(0, at);
    await promise;
    yield* pieces.slice(at);
  }
  return { pieces: sent(), letGo: resolve };
}

/** A call as a stand-in plays it. */
export interface PlayedCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: object | string;
}

/**
 * The chunks of an answer that calls tools (glm-protocol.md 1.4): with `tool_stream` the arguments come in pieces keyed by
 * index, else each call whole in one chunk.
 */
export function streamedCalls(
  calls: readonly PlayedCall[],
  { text = '', reasoning = '', streams = true, model = 'glm-4.7' } = {},
): string[] {
  const chunk = (delta: object, more: object = {}) =>
    `data: ${JSON.stringify({ id: '1', created: 1677652288, model, choices: [{ index: 0, ...more, delta: { role: 'assistant', ...delta } }] })}\n\n`;
  const called = calls.flatMap(({ id, name, arguments: given }, index) => {
    const json = typeof given === 'string' ? given : JSON.stringify(given);
    const whole = { index, id, type: 'function', function: { name, arguments: json } };
    if (!streams) return [chunk({ tool_calls: [whole] })];
    const first = { index, id, type: 'function', function: { name, arguments: '' } };
    const pieces = json.match(/[\s\S]{1,7}/g) ?? [];
    return [
      chunk({ tool_calls: [first] }),
      ...pieces.map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ];
  });
  const usage = { prompt_tokens: 100, completion_tokens: 20, prompt_tokens_details: { cached_tokens: 90 } };
  const end = {
    id: '1',
    created: 1677652288,
    model,
    choices: [{ index: 0, finish_reason: 'tool_calls', delta: { role: 'assistant', content: '' } }],
    usage,
  };
  return [
    ...(reasoning ? [chunk({ reasoning_content: reasoning })] : []),
    ...(text ? [chunk({ content: text })] : []),
    ...called,
    `data: ${JSON.stringify(end)}\n\n`,
    'data: [DONE]\n\n',
  ];
}
