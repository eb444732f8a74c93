/** A server under test. */
import type { ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startCommand, startNode, stop } from './processes.ts';
import type { Dialect } from './work.ts';

export interface Server {
  readonly name: string;
  readonly dialect: Dialect;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pid: number;
  /** Start of its process, in milliseconds since 1970. */
  readonly startedAt: number;
  close(): Promise<void>;
}

/** Starts a server on a free port, passed as PORT. Does not wait until the server responds. */
export async function startServer(options: {
  readonly name: string;
  readonly dialect: Dialect;
  /** Node's arguments, or the whole command for a port. */
  readonly args: readonly string[] | ((port: number) => readonly string[]);
  readonly headers?: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly log?: { readonly path: string; readonly descriptor: number };
}): Promise<Server> {
  const port = await freePort();
  const startedAt = performance.now();
  const settings = {
    env: { ...options.env, PORT: String(port) },
    ...(options.log && { stdout: options.log.descriptor }),
  };
  const { args } = options;
  const child: ChildProcess =
    typeof args === 'function'
      ? startCommand('server', args(port), settings)
      : startNode('server', args, settings);
  return {
    name: options.name,
    dialect: options.dialect,
    url: `http://127.0.0.1:${port}/graphql`,
    headers: { 'content-type': 'application/json', ...options.headers },
    pid: child.pid ?? 0,
    startedAt,
    close: () => stop(child),
  };
}

/** Sends one request and returns the response text. Rejects when the connection or the request fails. */
export function post(server: Server, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url, { method: 'POST', headers: server.headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${server.name} answered ${response.statusCode}: ${text.slice(0, 400)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Retries until the server listens. Returns the response text and the time since the process started. */
export async function firstAnswer(server: Server, body: string): Promise<{ text: string; ms: number }> {
  for (;;) {
    try {
      const text = await post(server, body);
      return { text, ms: performance.now() - server.startedAt };
    } catch (error) {
      const refused = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
      if (!refused || performance.now() - server.startedAt > 30_000) throw error;
      await pause(2);
    }
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
