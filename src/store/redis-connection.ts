/** A connection to Redis whose commands succeed or fail soon. Nothing waits for a server that is away. */
import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../log.ts';

/** Timeout of a connection attempt, and then of a command: at most twice this together. */
const timeoutMs = 1_000;
/** Maximum pause between attempts to reach a server that is away. */
const maxRetryMs = 500;

export interface RedisConnection {
  /** Runs a Lua script on one key. Throws RedisAway and nothing else. */
  run(script: string, key: string, args: readonly (string | number)[]): Promise<unknown>;
  /** Called each time that the server becomes available. */
  onReady(listener: () => void): void;
  /** Messages of a channel, on a separate connection. Null after the connection was lost: messages may be missing. */
  subscribe(channel: string, listener: (message: string | null) => void): () => void;
  close(): Promise<void>;
}

/** The message is logged. It never holds a password or the arguments of a command. */
export class RedisAway extends Error {
  /** Whether the command was sent, so it may have been executed. */
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
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    disconnectTimeout: maxRetryMs,
    // A queued or repeated command would claim a key for a request that has already failed.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, maxRetryMs),
    maxLoadingRetryTime: maxRetryMs,
    // The primary has become a replica. Its host name now leads to the new primary.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    disableClientInfo: true,
  });

  const server = `${hostname}:${port || 6379}`;
  let fault: string | null = null;
  let closed = false;
  const subscriptions = new Set<() => void>();
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

  /** Shared by all commands that wait for the connection. */
  let waiting: Promise<void> | null = null;
  async function ready(): Promise<void> {
    if (redis.status === 'ready') return;
    if (closed) throw new RedisAway('closed', false);
    waiting ??= new Promise<void>((resolve, reject) => {
      const connected = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        redis.off('ready', connected);
        reject(new RedisAway(fault ?? 'not connected', false));
      }, timeoutMs);
      redis.once('ready', connected);
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
        // A server that keeps the connection open but does not answer may be gone. Only a new connection can show that.
        if (because === silence && redis.status === 'ready') redis.disconnect(true);
        throw new RedisAway(because, true);
      }
    },
    onReady: (listener) => void redis.on('ready', listener),
    subscribe(channel, listener) {
      const messages = redis.duplicate({
        enableOfflineQueue: true,
        autoResubscribe: true,
        maxRetriesPerRequest: null,
        commandTimeout: undefined,
      } as RedisOptions);
      let lost = false;
      messages.on('error', () => {});
      messages.on('message', (_channel, message: string) => listener(message));
      messages.on('close', () => {
        lost = true;
      });
      messages.on('ready', () => {
        if (lost) listener(null);
        lost = false;
      });
      messages.subscribe(channel).catch(() => {});
      const end = () => {
        subscriptions.delete(end);
        messages.disconnect();
      };
      subscriptions.add(end);
      return end;
    },
    async close() {
      closed = true;
      for (const end of [...subscriptions]) end();
      if (redis.status === 'ready') await redis.quit().catch(() => {});
      redis.disconnect();
    },
  };
}

const silence = `no answer within ${timeoutMs} ms`;

/** A short name of the fault. The message itself can hold arguments of the command. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.message === 'Command timed out') return silence;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  return /^(?:Ready check failed: )?([A-Z]{3,})\b/.exec(error.message)?.[1] ?? 'connection lost';
}
