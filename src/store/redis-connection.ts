/** A connection to Redis on which a question is answered soon or fails soon: nothing waits for a server that is away. */
import { Redis } from 'ioredis';
import type { Log } from '../log.ts';

/** How long a connection may take to stand, and then a command to be answered: twice this at most together. */
const answerWithinMs = 1_000;
/** Between two attempts to reach a server that is away. */
const retryWithinMs = 500;

export interface RedisConnection {
  /** Runs a Lua script on one key. Throws RedisAway and nothing else. */
  run(script: string, key: string, args: readonly (string | number)[]): Promise<unknown>;
  /** Called each time that the server can be asked, or can be asked again. */
  onReady(listener: () => void): void;
  close(): Promise<void>;
}

/** The message is for the log: never an address with its password, nor what was asked. */
export class RedisAway extends Error {
  /** Whether the command went out, so that it can have been carried out. */
  readonly sent: boolean;

  constructor(fault: string, sent: boolean) {
    super(fault);
    this.name = 'RedisAway';
    this.sent = sent;
  }
}

/** @param url `redis://` or `rediss://` with user, password and database number as needed; a query string is ignored */
export function connectRedis(url: string, log: Log): RedisConnection {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  const redis = new Redis({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 6379),
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    db: Number(pathname.slice(1)),
    ...(protocol === 'rediss:' && { tls: {} }),
    connectTimeout: answerWithinMs,
    commandTimeout: answerWithinMs,
    disconnectTimeout: retryWithinMs,
    // A command that waits, or is sent once more, would claim a key for somebody who has long been told that it failed.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, retryWithinMs),
    maxLoadingRetryTime: retryWithinMs,
    // A primary that has become a replica: its name leads to the new primary by now.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    disableClientInfo: true,
  });

  const server = `${hostname}:${port || 6379}`;
  let fault: string | null = null;
  let closed = false;
  function lost(because: string): void {
    if (fault === null && !closed) {
      log.warn(
        { redis: server, fault: because },
        'Redis is away: nothing that needs an idempotency key is written until it is back',
      );
    }
    fault = because;
  }
  redis.on('error', (error: unknown) => lost(faultOf(error)));
  redis.on('close', () => lost(fault ?? 'connection lost'));
  redis.on('ready', () => {
    if (fault !== null) log.info({ redis: server }, 'Redis is back');
    fault = null;
  });

  /** One wait for all who ask meanwhile. */
  let waiting: Promise<void> | null = null;
  async function ready(): Promise<void> {
    if (redis.status === 'ready') return;
    if (closed) throw new RedisAway('closed', false);
    waiting ??= new Promise<void>((resolve, reject) => {
      const stand = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        redis.off('ready', stand);
        reject(new RedisAway(fault ?? 'not connected', false));
      }, answerWithinMs);
      redis.once('ready', stand);
    }).finally(() => {
      waiting = null;
    });
    await waiting;
  }

  return {
    async run(script, key, args) {
      await ready();
      try {
        return await redis.eval(script, 1, key, ...args);
      } catch (error) {
        const because = faultOf(error);
        // A server that keeps the connection and says nothing may be gone for good: only another connection tells.
        if (because === silence && redis.status === 'ready') redis.disconnect(true);
        throw new RedisAway(because, true);
      }
    },
    onReady: (listener) => void redis.on('ready', listener),
    async close() {
      closed = true;
      if (redis.status === 'ready') await redis.quit().catch(() => {});
      redis.disconnect();
    },
  };
}

const silence = `no answer within ${answerWithinMs} ms`;

/** What went wrong in a word or two: messages can carry what was sent. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.message === 'Command timed out') return silence;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  return /^(?:Ready check failed: )?([A-Z]{3,})\b/.exec(error.message)?.[1] ?? 'connection lost';
}
