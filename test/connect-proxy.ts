/** A proxy on loopback. It only opens tunnels (CONNECT). */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ConnectProxy {
  /** `127.0.0.1:41234` */
  readonly host: string;
  /** Where tunnels led, `127.0.0.1:40001`. */
  readonly opened: readonly string[];
  /** `Proxy-Authorization` of each tunnel; undefined where it had none. */
  readonly credentials: readonly (string | undefined)[];
  /** The response to CONNECT instead of a tunnel: a status, or none at all. */
  refuses: number | 'silence' | undefined;
  close(): Promise<void>;
}

export async function openConnectProxy(): Promise<ConnectProxy> {
  const opened: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((_request, response) => void response.writeHead(400).end());
  server.on('connection', keep);
  server.on('connect', (request, near: Socket) => {
    opened.push(request.url ?? '');
    credentials.push(request.headers['proxy-authorization']);
    if (proxy.refuses === 'silence') return;
    if (proxy.refuses !== undefined) {
      near.end(`HTTP/1.1 ${proxy.refuses} Refused\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const far = connect(Number(port || 80), hostname, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    keep(far);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: ConnectProxy = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    opened,
    credentials,
    refuses: undefined,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
