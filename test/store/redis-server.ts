/** A Redis that belongs to a test, on a free port. It stores nothing on disk unless the test sets that. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RedisConnection } from '../../src/store/redis-connection.ts';
import { freePort } from '../free-port.ts';

/** Where redis-server is on the PATH. */
export const redisProgram = (process.env.PATH ?? '')
  .split(delimiter)
  .filter(Boolean)
  .map((folder) => join(folder, 'redis-server'))
  .find(isProgram);

/** For tests of what is in Redis: a slow answer of a busy machine is an answer. */
export const patientMs = 20_000;

/** When it answers: on a busy machine that takes longer than a command waits for the connection. */
export async function untilConnected(redis: RedisConnection): Promise<RedisConnection> {
  const isConnected = () =>
    redis.run('return 1', 'halo-graph:synthetic', []).then(
      () => true,
      () => false,
    );
  const end = performance.now() + 30_000;
  while (!(await isConnected())) {
    if (performance.now() > end) throw new Error('Redis does not answer.');
    await pause(20);
  }
  return redis;
}

/** Whether Redis is missing. Printed, so that skipped tests do not look like passed ones. */
export function redisIsMissing(testFile: string): boolean {
  if (!redisProgram) process.stdout.write(`SKIPPED ${testFile}: no redis-server here.\n`);
  return !redisProgram;
}

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Holds its breath: connections stand, nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Ends it at once; nothing that it held is left. */
  kill(): Promise<void>;
  /** Again on the same port, empty. */
  start(): Promise<void>;
}

/** @param options of the server, e.g. `--requirepass` */
export async function startRedis(...options: readonly string[]): Promise<RedisServer> {
  return startRedisOn(await freePort(), options);
}

/** @param portOption `--tls-port` where it talks TLS only */
export async function startRedisOn(
  port: number,
  options: readonly string[],
  portOption = '--port',
): Promise<RedisServer> {
  let child: ChildProcess | null = null;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    port,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async kill() {
      const ending = child;
      child = null;
      if (!ending) return;
      const ended = new Promise((resolve) => ending.once('close', resolve));
      ending.kill('SIGKILL');
      await ended;
    },
    async start() {
      const args = [portOption, String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      child = spawn(redisProgram ?? 'redis-server', [...args, ...options], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await saysReady(child);
    },
  };
  await server.start();
  return server;
}

export function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (text: Buffer) => {
      output += text;
      // Sentinel says its id instead.
      if (/Ready to accept connections|Sentinel ID is/.test(output)) resolve();
    });
    child.once('close', () => reject(new Error(`redis-server ended: ${output}`)));
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
