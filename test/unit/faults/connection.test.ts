import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { Socket } from 'node:net';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ChatRequest, StreamEvent } from '../../../extension/core/backend/backend.ts';
import { BackendError } from '../../../extension/core/backend/backendError.ts';
import { createHostedBackend } from '../../../extension/core/backend/hosted.ts';
import { patient, retrying } from '../../../extension/core/backend/retry.ts';
import { createLazyTransport } from '../../../extension/node/lazyTransport.ts';
import { streamedAnswer } from '../../support/hostedStandin.ts';
import { type RawServer, startRawServer } from '../../support/rawServer.ts';

const transport = createLazyTransport(resolve('dist'));
after(() => transport.dispose());

const request: ChatRequest = {
  rules: 'R',
  messages: [{ role: 'user', content: 'hi' }],
  question: 'hi',
  maxTokens: 50,
  thinking: true,
};

/** An answer as the hosted API streams it, with what is easily cut: Chinese, an emoji, code. */
const words = ['Yes', ': 价格', ' is ', '5 元 😀', '\n```ts\n', 'const a = 1;', '\n```\n', '完。'];
const wire = streamedAnswer(words, 'glm-4.7', ['\n', '想一想', '…']);
const text = words.join('');
const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';
const chunked = Buffer.from(
  `${head}transfer-encoding: chunked\r\n\r\n${wire.map((each) => `${Buffer.byteLength(each).toString(16)}\r\n${each}\r\n`).join('')}0\r\n\r\n`,
);
const closing = Buffer.from(`${head}connection: close\r\n\r\n${wire.join('')}`);

/** What came of a request. */
interface Outcome {
  text: string;
  finish?: string;
  error?: unknown;
}

async function ask(server: RawServer, signal = new AbortController().signal): Promise<Outcome> {
  const settings = { url: server.url, chatModel: 'glm-4.7', completionModel: 'glm-4.5-air' };
  const backend = createHostedBackend(transport, settings, 'key');
  return collect(backend.chat(request, signal));
}

async function collect(events: AsyncIterable<StreamEvent>): Promise<Outcome> {
  const outcome: Outcome = { text: '' };
  try {
    for await (const event of events) {
      if (event.type === 'text') outcome.text += event.text;
      if (event.type === 'finish') outcome.finish = event.reason;
    }
  } catch (error) {
    outcome.error = error;
  }
  return outcome;
}

/** The text of the events that stand whole in the first bytes of a response. */
function wholeText(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .split('\n\n')
    .slice(0, -1)
    .flatMap((event) => {
      const data = /data: (\{.*\})$/s.exec(Buffer.from(event, 'latin1').toString())?.[1];
      return data ? (JSON.parse(data).choices[0].delta.content ?? '') : '';
    })
    .join('');
}

/** Runs work for each number up to a count, so many at once. */
async function each(count: number, atOnce: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

/** Starts a server, lets it be asked, and makes sure that no connection stays behind. */
async function against<T>(answer: (socket: Socket, nth: number) => void, work: (server: RawServer) => Promise<T>) {
  const server = await startRawServer(answer);
  try {
    return await work(server);
  } finally {
    await server.dispose();
  }
}

describe('a connection that is cut', () => {
  const ends = {
    'with a FIN': (socket: Socket) => socket.end(),
    'with a reset': (socket: Socket) => socket.resetAndDestroy(),
  };
  for (const [framing, bytes] of Object.entries({ chunked, closing })) {
    for (const [how, end] of Object.entries(ends)) {
      it(`at every byte of a ${framing} answer, ${how}, ends, and shows neither less nor more`, async () => {
        await against(
          (socket, nth) => socket.write(bytes.subarray(0, nth), () => end(socket)),
          async (server) => {
            const outcomes: Outcome[] = [];
            // One after the other: the server cuts its n-th answer at byte n.
            for (let at = 0; at <= bytes.length; at++) outcomes.push(await ask(server));
            for (const [at, { text: shown, finish, error }] of outcomes.entries()) {
              assert.ok(text.startsWith(shown), `at ${at}: ${shown}`);
              assert.ok(finish !== undefined || error instanceof BackendError, `at ${at}: ${String(error)}`);
              if (how === 'with a FIN') {
                const least = wholeText(bytes.subarray(0, at));
                assert.ok(shown.startsWith(least), `at ${at}: ${JSON.stringify(shown)} lacks ${JSON.stringify(least)}`);
              }
              if (finish === 'stop') assert.equal(shown, text);
            }
            assert.equal(outcomes.at(-1)?.text, text);
          },
        );
      });
    }
  }
});

describe('a body in odd pieces', () => {
  it('a byte at a time, inside characters and marks, is read as a whole', async () => {
    await against(
      (socket) => {
        socket.setNoDelay(true);
        let at = 0;
        const more = () => {
          if (at >= chunked.length) return;
          socket.write(chunked.subarray(at, ++at));
          setImmediate(more);
        };
        more();
      },
      async (server) => assert.deepEqual(await ask(server), { text, finish: 'stop' }),
    );
  });

  it('with CRLF, keep-alives and a half-closed socket is read as a whole', async () => {
    const body = wire.map((event) => `: ping\r\n\r\n${event.replaceAll('\n\n', '\r\n\r\n')}`).join('');
    await against(
      (socket) => socket.end(`${head}connection: close\r\n\r\n${body}`),
      async (server) => {
        assert.deepEqual(await ask(server), { text, finish: 'stop' });
        await server.idle();
      },
    );
  });

  it('compressed is read; cut off within the compression it is a failure after what was whole', async () => {
    const zipped = gzipSync(wire.join(''));
    const answer = (bytes: Buffer) =>
      Buffer.concat([
        Buffer.from(`${head}content-encoding: gzip\r\ncontent-length: ${zipped.length}\r\nconnection: close\r\n\r\n`),
        bytes,
      ]);
    await against(
      (socket, nth) => socket.end(answer(nth === 0 ? zipped : zipped.subarray(0, zipped.length - 20))),
      async (server) => {
        assert.deepEqual(await ask(server), { text, finish: 'stop' });
        const cut = await ask(server);
        assert.ok(cut.error instanceof BackendError && text.startsWith(cut.text));
      },
    );
  });
});

describe('nonsense', () => {
  const answers: Record<string, string> = {
    'in place of HTTP': 'SSH-2.0-OpenSSH_9.2\r\n',
    'in place of a head': 'HTTP/1.1 abc\r\n\r\n',
    'in place of JSON': `${head}connection: close\r\n\r\ndata: {"choices":[{"delta":{"content":"ok"}}]}\n\ndata: {oops\n\n`,
    'in place of a chunk': `${head}transfer-encoding: chunked\r\n\r\nzz\r\n\u0000\u0001\r\n`,
    'in place of an event': `${head}connection: close\r\n\r\n\u0000\u0001\u0002\n\n\n\nevent: x\nid: 3\n\n`,
    'in place of an object': `${head}connection: close\r\n\r\ndata: 7\n\ndata: null\n\ndata: []\n\ndata: "x"\n\n`,
  };
  for (const [where, bytes] of Object.entries(answers)) {
    it(`${where} ends, and is explained or ignored`, async () => {
      await against(
        (socket) => socket.end(bytes),
        async (server) => {
          const { finish, error, text: shown } = await ask(server);
          assert.ok(finish === 'aborted_by_server' || error instanceof BackendError, String(error));
          assert.ok(shown === '' || shown === 'ok');
        },
      );
    });
  }
});

describe('a storm of refusals', () => {
  const busy = (body: string, more = '') =>
    `HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const crowded = busy('{"error":{"code":"1302","message":"并发过高"}}');

  it('is answered with four requests and no more, and leaves nothing behind', async () => {
    let asked = 0;
    await against(
      (socket) => {
        asked++;
        socket.write(crowded);
      },
      async (server) => {
        const settings = { url: server.url, chatModel: 'glm-4.7', completionModel: 'x' };
        const backend = createHostedBackend(transport, settings, 'key');
        const signal = new AbortController().signal;
        const policy = { ...patient, firstWait: 1 };
        await each(40, 8, async () => {
          const { error } = await collect(retrying(() => backend.chat(request, signal), policy, signal));
          assert.ok(error instanceof BackendError && error.kind === 'rate-limit');
        });
        assert.equal(asked, 160);
        assert.equal(getEventListeners(signal, 'abort').length, 0);
        // A connection is free a moment after its answer was read, so that a few more than eight are kept.
        assert.ok(server.open.size <= 16, `${server.open.size} connections`);
      },
    );
  });

  it('that ends is an answer, whole and once', async () => {
    await against(
      (socket, nth) => socket.write(nth % 3 === 2 ? chunked : crowded),
      async (server) => {
        const settings = { url: server.url, chatModel: 'glm-4.7', completionModel: 'x' };
        const backend = createHostedBackend(transport, settings, 'key');
        const signal = new AbortController().signal;
        const outcome = await collect(
          retrying(() => backend.chat(request, signal), { ...patient, firstWait: 1 }, signal),
        );
        assert.deepEqual(outcome, { text, finish: 'stop' });
      },
    );
  });
});

describe('aborting', () => {
  it('at any moment closes the socket and leaves no listener', async () => {
    await against(
      (socket) => {
        let at = 0;
        const timer = setInterval(() => {
          if (at >= chunked.length || socket.destroyed) return clearInterval(timer);
          socket.write(chunked.subarray(at, at + 40));
          at += 40;
        }, 1);
        socket.on('close', () => clearInterval(timer));
      },
      async (server) => {
        const lifetime = new AbortController();
        await each(60, 6, async (at) => {
          const mine = new AbortController();
          const timer = setTimeout(() => mine.abort(new Error('typed on')), at);
          const { text: shown, error, finish } = await ask(server, AbortSignal.any([mine.signal, lifetime.signal]));
          clearTimeout(timer);
          assert.ok(text.startsWith(shown));
          assert.ok(finish === 'stop' || /typed on/.test(String(error)), String(error));
        });
        assert.equal(getEventListeners(lifetime.signal, 'abort').length, 0);
        // What is open now is kept alive for the next request.
        assert.ok(server.open.size <= 12, `${server.open.size} connections`);
      },
    );
  });

  it('before the first byte closes the socket', async () => {
    await against(
      () => {},
      async (server) => {
        const mine = new AbortController();
        setTimeout(() => mine.abort(new Error('typed on')), 30);
        const { error } = await ask(server, mine.signal);
        assert.match(String(error), /typed on/);
        await server.idle();
      },
    );
  });

  it('by leaving the loop closes the socket', async () => {
    await against(
      (socket) => socket.write(chunked.subarray(0, chunked.length - 60)),
      async (server) => {
        const settings = { url: server.url, chatModel: 'glm-4.7', completionModel: 'x' };
        const backend = createHostedBackend(transport, settings, 'key');
        for await (const event of backend.chat(request, new AbortController().signal)) if (event.type === 'text') break;
        await server.idle();
      },
    );
  });
});

describe('slow servers', () => {
  it('may take their time for the first token', async () => {
    await against(
      (socket) => {
        socket.write(chunked.subarray(0, chunked.indexOf('\r\n\r\n') + 4));
        setTimeout(() => socket.write(chunked.subarray(chunked.indexOf('\r\n\r\n') + 4)), 400);
      },
      async (server) => assert.deepEqual(await ask(server), { text, finish: 'stop' }),
    );
  });

  it('that never answer are given up after the limit of the request', async () => {
    await against(
      () => {},
      async (server) => {
        const get = { method: 'GET', url: server.url, headers: {}, headTimeout: 200, idleTimeout: 200 } as const;
        await assert.rejects(transport.request(get, new AbortController().signal), /HEADERS_TIMEOUT/);
        await server.idle();
      },
    );
  });
});
