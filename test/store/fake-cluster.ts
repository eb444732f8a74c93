/** A node of Redis that has all slots of its cluster. A test can make it stop answering on connections that stay open. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface FakeCluster {
  readonly port: number;
  /** From now on, open connections get no answer. New connections do. */
  silenceOpenConnections(): void;
  /** Whether new connections get no answer either. */
  silent: boolean;
  /** Sends a message to the subscribers of a channel. Returns how many they are. */
  publish(channel: string, message: string): number;
  close(): Promise<void>;
}

export async function startFakeCluster(): Promise<FakeCluster> {
  const sockets = new Set<Socket>();
  const silenced = new WeakSet<Socket>();
  const subscribers = new Map<Socket, string>();
  const server = createServer((socket) => {
    sockets.add(socket);
    if (cluster.silent) silenced.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      subscribers.delete(socket);
    });
    socket.on('data', (text) => {
      for (const [command] of String(text).matchAll(/\*\d+\r\n(?:\$\d+\r\n[^\r]*\r\n)+/g)) {
        const words = command.split('\r\n').filter((_, at) => at > 0 && at % 2 === 0);
        if (!silenced.has(socket)) socket.write(answerTo(socket, words));
      }
    });
  });

  function answerTo(socket: Socket, [name = '', first = '']: readonly string[]): string {
    const command = name.toLowerCase();
    if (command === 'info') return bulk('loading:0\r\n');
    if (command === 'cluster' && first.toLowerCase() === 'info') return bulk('cluster_state:ok\r\n');
    if (command === 'cluster')
      return `*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n${bulk('127.0.0.1')}:${cluster.port}\r\n`;
    if (command === 'subscribe') {
      subscribers.set(socket, first);
      return `*3\r\n${bulk('subscribe')}${bulk(first)}:1\r\n`;
    }
    if (command === 'ping') return subscribers.has(socket) ? `*2\r\n${bulk('pong')}${bulk('')}` : '+PONG\r\n';
    return command === 'eval' ? ':1\r\n' : '+OK\r\n';
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cluster: FakeCluster = {
    port: (server.address() as AddressInfo).port,
    silenceOpenConnections() {
      for (const socket of sockets) silenced.add(socket);
    },
    silent: false,
    publish(channel, message) {
      const to = [...subscribers].filter(([socket, name]) => name === channel && !silenced.has(socket));
      for (const [socket] of to) socket.write(`*3\r\n${bulk('message')}${bulk(channel)}${bulk(message)}`);
      return to.length;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return cluster;
}

const bulk = (text: string): string => `$${text.length}\r\n${text}\r\n`;
