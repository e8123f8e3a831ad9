import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { type HttpRequest, TransportFailure } from '../../../extension/core/ports.ts';
import { createLazyTransport } from '../../../extension/node/lazyTransport.ts';

const transport = createLazyTransport(resolve('dist'));
after(() => transport.dispose());
const never = new AbortController().signal;

const get = (url: string, timeout = 5_000): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  headTimeout: timeout,
  idleTimeout: timeout,
});
const failsWith = (kind: string) => (error: unknown) => TransportFailure.is(error) && error.kind === kind;

/** A server that says what it is told to and then nothing more. */
async function silent(words: string) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write(words);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/`, server };
}

describe('the transport', () => {
  it('leaves the process-wide dispatcher of undici as it was', () => {
    // A fresh process, since this one may have used its own fetch already.
    const script = `
      const slots = () => [1, 2].map((n) => Object.getOwnPropertyDescriptor(globalThis, Symbol.for('undici.globalDispatcher.' + n)));
      const before = JSON.stringify(slots().map(Boolean));
      const { createHttpTransport } = require(${JSON.stringify(resolve('dist/httpTransport.js'))});
      createHttpTransport(() => ({ strictSsl: true, systemCertificates: true }));
      const after = JSON.stringify(slots().map(Boolean));
      console.log(before, after);
    `;
    const [before, afterwards] = execFileSync(process.execPath, ['-e', script]).toString().trim().split(' ');
    assert.equal(before, '[false,false]');
    assert.equal(afterwards, before);
  });

  it('tells a dead port, a host that is none, silence and garbage apart', async () => {
    const dead = await silent('');
    dead.server.close();
    await assert.rejects(transport.request(get(dead.url), never), failsWith('refused'));
    const mute = await silent('');
    await assert.rejects(transport.request(get(mute.url, 300), never), failsWith('timeout'));
    mute.server.close();
    const garbage = await silent('SSH-2.0-OpenSSH_9.2\r\n');
    await assert.rejects(transport.request(get(garbage.url), never), failsWith('broken'));
    garbage.server.close();
  });

  it('reports a body that stops', async () => {
    const { url, server } = await silent('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf');
    const response = await transport.request(get(url, 300), never);
    await assert.rejects(Array.fromAsync(response.body), failsWith('timeout'));
    server.close();
  });
});
