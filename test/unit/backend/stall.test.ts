import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { watchStalls } from '../../../extension/core/backend/stall.ts';
import { TransportFailure } from '../../../extension/core/ports.ts';
import { createLazyTransport } from '../../../extension/node/lazyTransport.ts';

const transport = createLazyTransport(resolve('dist'));
after(() => transport.dispose());

describe('a body that stalls', () => {
  it('is given up and its socket closed, though not before its first piece', async () => {
    const closed: Promise<unknown>[] = [];
    const server = createServer((_, response) => {
      closed.push(once(response, 'close'));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      // Later than the limit between two pieces: a long prompt is being read.
      setTimeout(() => response.write('first'), 150);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
    const stalled = new AbortController();
    const request = { method: 'GET', url, headers: {}, headTimeout: 5_000, idleTimeout: 5_000 } as const;
    const { body } = await transport.request(request, stalled.signal);
    const got: string[] = [];
    await assert.rejects(
      async () => {
        for await (const piece of watchStalls(body, 60, (reason) => stalled.abort(reason)))
          got.push(new TextDecoder().decode(piece));
      },
      (error: unknown) => TransportFailure.is(error) && error.kind === 'timeout',
    );
    assert.deepEqual(got, ['first']);
    await Promise.all(closed);
    server.close();
  });
});
