/** A connection to Redis whose commands succeed or fail soon. Nothing waits for a server that is away. */
import { hash } from 'node:crypto';
import { Redis } from 'ioredis';
import { namesOf, parseRedisUrl } from '../lib/redis-url.ts';
import type { Log } from '../log.ts';
import { connectionOf, openClient, openSubscriber } from './redis-client.ts';
import { subscribeTo } from './redis-subscription.ts';

/** How long Redis counts as full after it has refused a command, in ms. It is logged once in this time. */
const fullMs = 60_000;
/** Maximum wait until a replica has a write, which a failover would lose otherwise. */
const replicationMs = 100;
/** Pause before a connection that ioredis has given up is opened again, in ms. */
const reopenMs = 200;

export interface RedisConnection {
  /** Runs a Lua script on one key. Redis runs the scripts of one key in the order of the calls. Throws RedisAway and nothing else. */
  run(script: string, key: string, args: readonly (string | number)[]): Promise<unknown>;
  /**
   * As `run`, but sends the digest of the script, which is short. Only for scripts that may run in any order: a script that the
   * server does not know yet is sent again as text, after those that were sent meanwhile.
   */
  runByDigest(script: string, key: string, args: readonly (string | number)[]): Promise<unknown>;
  /** As `run`. With Sentinel or Cluster it waits until a replica has the write, for a tenth of a second. */
  runSafely(script: string, key: string, args: readonly (string | number)[]): Promise<unknown>;
  /** Called each time that Redis becomes available. */
  onReady(listener: () => void): void;
  /** Whether Redis refused a command in the last minute because it had no memory left. */
  isFull(): boolean;
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

/**
 * @param url see `parseRedisUrl`
 * @param timeoutMs of a connection attempt, and then of a command: at most twice this together
 */
export function connectRedis(url: string, log: Log, timeoutMs = 1_000): RedisConnection {
  const target = parseRedisUrl(url);
  const redis = openClient(target, timeoutMs);
  const server = namesOf(target);
  let fault: string | null = null;
  let closed = false;
  /** Servers without a replica that keeps up. */
  const alone = new Set<string>();
  const subscriptions = new Set<() => void>();
  const readyListeners: (() => void)[] = [];

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
    for (const listener of readyListeners) listener();
  });
  // ioredis ends the connection for ever when Sentinel announces a failover while it requests the address of the primary.
  let reopening: NodeJS.Timeout | undefined;
  redis.on('end', () => {
    if (!closed) reopening = setTimeout(() => void redis.connect().catch(() => {}), reopenMs).unref();
  });

  /** Shared by all commands that wait for the connection. */
  let waiting: Promise<void> | null = null;
  let endWaiting = () => {};
  async function ready(): Promise<void> {
    if (redis.status === 'ready') return;
    if (closed) throw new RedisAway('closed', false);
    waiting ??= new Promise<void>((resolve, reject) => {
      const connected = () => {
        clearTimeout(timer);
        resolve();
      };
      endWaiting = () => {
        clearTimeout(timer);
        redis.off('ready', connected);
        reject(new RedisAway(fault ?? 'not connected', false));
      };
      const timer = setTimeout(endWaiting, timeoutMs);
      redis.once('ready', connected);
    }).finally(() => {
      waiting = null;
    });
    await waiting;
  }

  let fullAt = Number.NEGATIVE_INFINITY;
  /** False when the user of Redis may run scripts by their text only. */
  let mayUseDigest = true;
  let fullLoggedAt = Number.NEGATIVE_INFINITY;
  function noteFull(): void {
    fullAt = performance.now();
    if (fullAt - fullLoggedAt < fullMs) return;
    fullLoggedAt = fullAt;
    log.error(
      { redis: server },
      'Redis is full (maxmemory): replicas do not share the changes of live books, the limits of callers and new sites',
    );
  }

  /** A server that keeps the connection open but does not answer may be gone. Only a new connection can show that. */
  function findServerAgain(because: string, key: string): void {
    const isSilent = because === silence;
    if (redis instanceof Redis) {
      if (isSilent && redis.status === 'ready') redis.disconnect(true);
      return;
    }
    // The cluster opens another connection when it needs one. Reading the slots again keeps the connections that are open.
    if (isSilent) connectionOf(redis, key)?.disconnect();
    redis.refreshSlotsCache();
  }

  type Send = (script: string, key: string, args: readonly (string | number)[]) => Promise<unknown>;
  const evaluate: Send = (script, key, args) => redis.eval(script, 1, key, ...args);

  async function evaluateByDigest(...[script, key, args]: Parameters<Send>): Promise<unknown> {
    if (!mayUseDigest) return evaluate(script, key, args);
    try {
      return await redis.evalsha(digestOf(script), 1, key, ...args);
    } catch (error) {
      // Neither error has executed anything.
      if (startsWith(error, 'NOPERM')) mayUseDigest = false;
      else if (!startsWith(error, 'NOSCRIPT')) throw error;
      return evaluate(script, key, args);
    }
  }

  const runBy =
    (send: Send): Send =>
    async (script, key, args) => {
      await ready();
      try {
        return await send(script, key, args);
      } catch (error) {
        const because = faultOf(error);
        if (because === full) noteFull();
        findServerAgain(because, key);
        throw new RedisAway(because, true);
      }
    };
  const run = runBy(evaluate);

  async function waitForReplica(key: string): Promise<void> {
    // WAIT covers only the writes of the connection that it is sent on.
    const connection = connectionOf(redis, key);
    const copies = connection ? await connection.wait(1, replicationMs).catch(() => 0) : 0;
    const { host, port } = connection?.options ?? {};
    const name = target.kind === 'cluster' ? `${host}:${port}` : server;
    if (copies > 0 !== alone.has(name)) return;
    if (copies > 0) {
      alone.delete(name);
      log.info({ redis: name }, 'Redis has a replica again');
    } else {
      alone.add(name);
      log.warn(
        { redis: name },
        'Redis has no replica that keeps up: a failover now can lose idempotency keys',
      );
    }
  }

  return {
    run,
    runByDigest: runBy(evaluateByDigest),
    async runSafely(script, key, args) {
      const answer = await run(script, key, args);
      if (target.kind !== 'single') await waitForReplica(key);
      return answer;
    },
    isFull: () => performance.now() - fullAt < fullMs,
    onReady: (listener) => void readyListeners.push(listener),
    subscribe(channel, listener) {
      const end = subscribeTo(channel, () => openSubscriber(target, redis, timeoutMs), listener);
      const endOnce = () => {
        subscriptions.delete(endOnce);
        end();
      };
      subscriptions.add(endOnce);
      return endOnce;
    },
    async close() {
      closed = true;
      clearTimeout(reopening);
      endWaiting();
      for (const end of [...subscriptions]) end();
      if (redis.status === 'ready') await redis.quit().catch(() => {});
      redis.disconnect();
    },
  };
}

const digests = new Map<string, string>();

function digestOf(script: string): string {
  let digest = digests.get(script);
  if (digest === undefined) {
    digest = hash('sha1', script);
    digests.set(script, digest);
  }
  return digest;
}

const startsWith = (error: unknown, code: string): boolean =>
  error instanceof Error && error.message.startsWith(code);

const full = 'OOM';
const silence = 'no answer in time';

/** A short name of the fault. The message itself can hold arguments of the command. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.message === 'Command timed out') return silence;
  // Before Redis 7, the message begins with the place in the script.
  if (error.message.includes('OOM command not allowed')) return full;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  if (error.message.startsWith('All sentinels are unreachable')) return 'no sentinel answers';
  if (error.message.startsWith('Failed to refresh slots cache')) return 'no node of the cluster answers';
  return /^(?:Ready check failed: )?([A-Z]{3,})\b/.exec(error.message)?.[1] ?? 'connection lost';
}
