/** A Sentinel that names one primary, and whose answers a test can hold back. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface FakeSentinel {
  readonly port: number;
  /** Resolves when a client waits for the address of the primary. It waits until `answer`. */
  hold(): Promise<void>;
  answer(): void;
  /** Announces a failover to all clients, and resolves when they have closed their subscriptions. */
  announceFailover(): Promise<void>;
  /** Number of clients that are subscribed to failovers. */
  subscribed(): number;
  close(): Promise<void>;
}

/** @param primaryPort on 127.0.0.1 */
export async function startFakeSentinel(primaryPort: number): Promise<FakeSentinel> {
  const sockets = new Set<Socket>();
  const subscribers = new Set<Socket>();
  let holding: (() => void) | null = null;
  let held: (() => void)[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      subscribers.delete(socket);
    });
    socket.on('data', (text) => {
      for (const [command] of String(text).matchAll(/\*\d+\r\n(?:\$\d+\r\n[^\r]*\r\n)+/g))
        reply(socket, command);
    });
  });

  function reply(socket: Socket, command: string): void {
    if (/get-master-addr-by-name/i.test(command)) {
      const send = () => socket.write(array('127.0.0.1', String(primaryPort)));
      if (!holding) return void send();
      held.push(send);
      holding();
    } else if (/subscribe/i.test(command)) {
      subscribers.add(socket);
      socket.write(`*3\r\n${bulk('subscribe')}${bulk(channel)}:1\r\n`);
    } else if (/sentinels/i.test(command)) socket.write('*0\r\n');
    else socket.write('+OK\r\n');
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hold: () =>
      new Promise((resolve) => {
        holding = resolve;
      }),
    answer() {
      holding = null;
      for (const send of held) send();
      held = [];
    },
    async announceFailover() {
      const all = [...subscribers];
      const closed = all.map((socket) => once(socket, 'close'));
      for (const socket of all) socket.write(array('message', channel, 'halo'));
      await Promise.all(closed);
    },
    subscribed: () => subscribers.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const channel = '+switch-master';
const bulk = (text: string): string => `$${text.length}\r\n${text}\r\n`;
const array = (...texts: readonly string[]): string => `*${texts.length}\r\n${texts.map(bulk).join('')}`;
