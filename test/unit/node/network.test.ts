import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type HttpRequest, TransportFailure, type TransportFailureKind } from '../../../extension/core/ports.ts';
import { defaultNetwork, type NetworkSettings } from '../../../extension/core/settings.ts';
import { createLazyTransport } from '../../../extension/node/lazyTransport.ts';
import { proxyFor } from '../../../extension/node/network.ts';
import { selfSigned } from '../../support/certificate.ts';

const never = new AbortController().signal;
const post = (url: string): HttpRequest => ({
  method: 'POST',
  url,
  headers: { authorization: 'Bearer the-key', 'content-type': 'application/json' },
  body: '{"a":1}',
  headTimeout: 5_000,
  idleTimeout: 5_000,
});
const failsWith = (kind: TransportFailureKind) => (error: unknown) => {
  assert.ok(TransportFailure.is(error), String(error));
  assert.equal(error.kind, kind, error.message);
  return true;
};
const textOf = async (body: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(body)).toString();

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs a server for as long as `work` takes. */
async function serving<T>(listener: RequestListener, work: (origin: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  const host = await listen(server);
  try {
    return await work(`http://${host}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('the choice of a proxy', () => {
  const rows: readonly [
    url: string,
    settings: Partial<NetworkSettings>,
    env: Record<string, string>,
    proxy: string | undefined,
  ][] = [
    ['https://api.z.ai/x', {}, {}, undefined],
    ['https://api.z.ai/x', { proxy: 'http://own:1' }, { https_proxy: 'http://env:2' }, 'http://own:1'],
    ['https://api.z.ai/x', {}, { HTTPS_PROXY: 'http://env:2' }, 'http://env:2'],
    ['https://api.z.ai/x', {}, { http_proxy: 'http://env:2' }, undefined],
    ['http://gpu.corp/x', {}, { http_proxy: 'env:2' }, 'http://env:2'],
    ['https://api.z.ai/x', {}, { ALL_PROXY: 'socks5://env:2' }, 'socks5://env:2'],
    ['https://api.z.ai/x', {}, { https_proxy: 'http://env:2', no_proxy: '*' }, undefined],
    ['https://api.z.ai/x', {}, { https_proxy: 'http://env:2', no_proxy: 'a.b, .z.ai' }, undefined],
    ['https://api.z.ai/x', {}, { https_proxy: 'http://env:2', NO_PROXY: 'z.ai' }, undefined],
    ['https://apiz.ai/x', {}, { https_proxy: 'http://env:2', no_proxy: 'z.ai' }, 'http://env:2'],
    ['https://api.z.ai/x', {}, { https_proxy: 'http://env:2', no_proxy: 'api.z.ai:8443' }, 'http://env:2'],
    ['https://api.z.ai:8443/x', {}, { https_proxy: 'http://env:2', no_proxy: 'api.z.ai:8443' }, undefined],
    ['http://10.1.2.3:8000/x', {}, { http_proxy: 'http://env:2', no_proxy: '10.0.0.0/8' }, undefined],
    ['http://11.1.2.3:8000/x', {}, { http_proxy: 'http://env:2', no_proxy: '10.0.0.0/8' }, 'http://env:2'],
    ['https://gpu.corp/x', { proxy: 'http://own:1', noProxy: ['*.corp'] }, {}, undefined],
    ['http://127.0.0.1:8080/x', { proxy: 'http://own:1' }, {}, undefined],
    ['http://localhost:8080/x', {}, { http_proxy: 'http://env:2' }, undefined],
    ['http://[::1]:8080/x', {}, { http_proxy: 'http://env:2' }, undefined],
    ['https://api.z.ai/x', { proxy: '::::' }, {}, undefined],
  ];
  for (const [url, settings, env, proxy] of rows) {
    it(`for ${url} with ${JSON.stringify(settings)} and ${JSON.stringify(env)} is ${proxy ?? 'none'}`, () => {
      assert.equal(proxyFor(new URL(url), { ...defaultNetwork, ...settings }, env), proxy);
    });
  }
});

describe('a proxy', () => {
  let certificate: { key: string; cert: string };
  let target: ReturnType<typeof createSecureServer>;
  let targetPort: number;
  const tunnels: string[] = [];
  let needsLogin = false;
  const open = new Set<Socket>();
  /** Lets through what asks for CONNECT, to this machine whatever name is asked for. */
  const proxy = createServer((_, response) => response.writeHead(407).end());
  let proxyUrl: string;

  before(async () => {
    certificate = await selfSigned();
    target = createSecureServer(certificate, (request, response) =>
      response.end(`seen ${request.headers.authorization}`),
    );
    targetPort = Number((await listen(target)).split(':')[1]);
    proxy.on('connect', (request, client: Socket) => {
      tunnels.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
      if (needsLogin && !request.headers['proxy-authorization'])
        return client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      const server = connect(targetPort, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        server.pipe(client).pipe(server);
      });
      for (const socket of [client, server]) {
        open.add(socket);
        socket.on('error', () => {}).on('close', () => open.delete(socket));
      }
    });
    proxyUrl = `http://${await listen(proxy)}`;
  });
  after(() => {
    for (const socket of open) socket.destroy();
    proxy.close();
    target.closeAllConnections();
    target.close();
  });

  const through = async (settings: Partial<NetworkSettings>) => {
    const transport = createLazyTransport(resolve('dist'), () => ({ ...defaultNetwork, proxy: proxyUrl, ...settings }));
    try {
      const { body } = await transport.request(post(`https://gateway.example:${targetPort}/v1`), never);
      return await textOf(body);
    } finally {
      await transport.dispose();
    }
  };

  it('is asked for a tunnel, and sees neither the key nor the request', async () => {
    assert.equal(await through({ strictSsl: false }), 'seen Bearer the-key');
    assert.equal(tunnels.at(-1), `gateway.example:${targetPort} `);
  });

  it('gets the login that is set for it, and says so where it is missing', async () => {
    needsLogin = true;
    await assert.rejects(through({ strictSsl: false }), failsWith('proxy'));
    assert.equal(await through({ strictSsl: false, proxyAuthorization: 'Basic bWVpOnB3' }), 'seen Bearer the-key');
    assert.match(tunnels.at(-1) ?? '', /Basic bWVpOnB3/);
    needsLogin = false;
  });

  it('that is dead is told from a server that is', async () => {
    const dead = createServer();
    const host = await listen(dead);
    dead.close();
    await assert.rejects(through({ strictSsl: false, proxy: `http://${host}` }), failsWith('proxy'));
  });

  it('makes no certificate trusted', async () => {
    await assert.rejects(through({}), failsWith('tls'));
  });

  it('of the environment is used, and a certificate of the environment trusted', async () => {
    const script = `
      const { createHttpTransport } = require(${JSON.stringify(resolve('dist/httpTransport.js'))});
      const transport = createHttpTransport(() => ({ strictSsl: true, systemCertificates: true }));
      const request = { method: 'GET', url: 'https://localhost.example:${targetPort}/', headers: {}, headTimeout: 5000, idleTimeout: 5000 };
      transport.request({ ...request, url: 'https://127.0.0.1:${targetPort}/' }, new AbortController().signal)
        .then(({ status }) => console.log('direct', status), (error) => console.log('direct', error.kind))
        .then(() => transport.request(request, new AbortController().signal))
        .catch((error) => console.log('proxied', error.kind))
        .finally(() => transport.dispose());
    `;
    const { writeFile, mkdtemp, rm } = await import('node:fs/promises');
    const folder = await mkdtemp('/tmp/glm-coder-ca-');
    await writeFile(`${folder}/ca.pem`, certificate.cert);
    const env = { ...process.env, HTTPS_PROXY: proxyUrl, NODE_EXTRA_CA_CERTS: `${folder}/ca.pem` };
    const out = await new Promise<string>((done) => {
      execFile(process.execPath, ['-e', script], { env }, (_, stdout) => done(stdout));
    });
    await rm(folder, { recursive: true });
    assert.match(out, /direct 200/);
    // Its name is not in the certificate, which is only seen behind the proxy.
    assert.match(out, /proxied tls/);
    assert.match(tunnels.at(-1) ?? '', /^localhost\.example/);
  });
});

describe('settings of the network', () => {
  it('hold from the next request on', async () => {
    let settings: NetworkSettings = defaultNetwork;
    const transport = createLazyTransport(resolve('dist'), () => settings);
    const dead = createServer();
    const host = await listen(dead);
    dead.close();
    const names = { ...post('http://gpu.invalid/'), headTimeout: 2_000 };
    await assert.rejects(transport.request(names, never), failsWith('unresolved'));
    settings = { ...defaultNetwork, proxy: `http://${host}` };
    await assert.rejects(transport.request(names, never), failsWith('proxy'));
    await transport.dispose();
  });
});

describe('redirects', () => {
  const transport = createLazyTransport(resolve('dist'));
  after(() => transport.dispose());

  it('are followed within an origin, with the body', async () => {
    const seen: string[] = [];
    const answer: RequestListener = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      seen.push(`${request.method} ${request.url} ${Buffer.concat(chunks)} ${request.headers.authorization}`);
      if (request.url === '/old') response.writeHead(308, { location: '/new' }).end();
      else response.end('here');
    };
    await serving(answer, async (origin) => {
      const { status, body } = await transport.request(post(`${origin}/old`), never);
      assert.deepEqual([status, await textOf(body)], [200, 'here']);
    });
    assert.deepEqual(seen, ['POST /old {"a":1} Bearer the-key', 'POST /new {"a":1} Bearer the-key']);
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`with ${status} to another origin are refused, and nothing is sent there`, async () => {
      let reached = 0;
      await serving(
        () => reached++,
        (elsewhere) =>
          serving(
            (_, response) => response.writeHead(status, { location: `${elsewhere}/v1?key=secret` }).end(),
            async (origin) => {
              await assert.rejects(transport.request(post(origin), never), (error) => {
                failsWith('redirected')(error);
                const { message } = error as Error;
                assert.ok(message.includes(elsewhere) && !message.includes('secret'));
                return true;
              });
            },
          ),
      );
      assert.equal(reached, 0);
    });
  }

  it('without end are given up', async () => {
    let asked = 0;
    const answer: RequestListener = (_, response) => {
      asked++;
      response.writeHead(307, { location: '/again' }).end();
    };
    await serving(answer, (origin) => assert.rejects(transport.request(post(origin), never), failsWith('redirected')));
    assert.equal(asked, 4);
  });
});

describe('bodies and connections', () => {
  const transport = createLazyTransport(resolve('dist'));
  after(() => transport.dispose());

  it('that a gateway compressed unasked are read, each piece as it comes', async () => {
    const { createGzip, constants } = await import('node:zlib');
    const answer: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/event-stream' });
      const zip = createGzip();
      zip.pipe(response);
      zip.write('data: one\n\n');
      zip.flush(constants.Z_SYNC_FLUSH);
      // The end only comes once the first piece was read.
      response.on('glm-read', () => zip.end('data: two\n\n'));
      answering = response;
    };
    let answering: { emit(name: string): boolean } | undefined;
    await serving(answer, async (origin) => {
      const { body } = await transport.request(post(origin), never);
      let text = '';
      for await (const piece of body) {
        text += new TextDecoder().decode(piece);
        if (text === 'data: one\n\n') answering?.emit('glm-read');
      }
      assert.equal(text, 'data: one\n\ndata: two\n\n');
    });
  });

  it('that are cut off while compressed are a failure, or a beginning', async () => {
    const whole = gzipSync('data: one\n\n'.repeat(2_000));
    const answer: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': whole.length });
      response.write(whole.subarray(0, whole.length / 2), () => setTimeout(() => response.destroy(), 20));
    };
    await serving(answer, async (origin) => {
      const { body } = await transport.request(post(origin), never);
      await assert.rejects(textOf(body), failsWith('broken'));
    });
  });

  it('that a server has just closed are tried anew, once', async () => {
    let connections = 0;
    let requests = 0;
    const server = createTcpServer((socket) => {
      connections++;
      let served = 0;
      socket.on('error', () => {});
      socket.on('data', (data) => {
        if (!data.includes('{"a":1}')) return;
        requests++;
        // Kept alive by its word, and closed at the second request.
        if (served++ > 0) return socket.destroy();
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok');
      });
    });
    const origin = `http://${await listen(server)}`;
    const ask = async () => textOf((await transport.request(post(origin), never)).body);
    assert.equal(await ask(), 'ok');
    // A connection is free for the next request a moment after its body was read.
    await new Promise((done) => setTimeout(done, 30));
    assert.equal(await ask(), 'ok');
    server.close();
    assert.deepEqual([connections, requests], [2, 3]);
  });
});
