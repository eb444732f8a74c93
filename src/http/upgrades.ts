import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Passes WebSockets to `webSocket`. Other protocols are ignored, as RFC 9110, 7.8 allows: the request is answered in
 * HTTP/1.1. Java's HttpClient, for example, offers h2c with its first request. As soon as `upgrade` has a listener, Node
 * emits it for every request with an Upgrade header, unless `shouldUpgradeCallback` refuses it. Node 20 has no such
 * callback: there, such a request is parsed again without that header.
 */
export function listenToUpgrades(server: Server, webSocket: OnUpgrade): void {
  Object.assign(server, { shouldUpgradeCallback: isWebSocket });
  server.on('upgrade', (request, socket, head) => {
    if (isWebSocket(request)) return webSocket(request, socket, head);
    socket.unshift(Buffer.concat([headOf(request), head]));
    server.emit('connection', socket);
  });
}

const isWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket';

function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.toLowerCase() !== 'upgrade') lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
