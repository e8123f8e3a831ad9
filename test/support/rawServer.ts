import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that speaks bytes, for answers that no HTTP server would give. */
export interface RawServer {
  readonly url: string;
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>;
  /** Resolves once every connection is closed. */
  idle(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts a server that calls `answer` for each request, once its body of JSON has arrived. */
export async function startRawServer(answer: (socket: Socket, nth: number) => void): Promise<RawServer> {
  const open = new Set<Socket>();
  let requests = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    let received = '';
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    // A client that has gone is answered in kind.
    socket.on('end', () => socket.end());
    socket.on('data', (data) => {
      received += data.toString();
      const [head, body = ''] = received.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head ?? '')?.[1] ?? 0);
      if (!received.includes('\r\n\r\n') || Buffer.byteLength(body) < length) return;
      received = '';
      answer(socket, requests++);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    open,
    async idle() {
      await Promise.all([...open].map((socket) => once(socket, 'close')));
    },
    async dispose() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
