import type { Redis } from 'ioredis';

/** Pause before a lost subscription is opened again. */
const reopenMs = 200;
/** A connection that does not answer for this long is dead, although nothing has closed it. */
const pingMs = 2_000;

/**
 * Subscribes to a channel over connections of its own. The listener gets each message, and null when messages may have been
 * lost: after a connection was lost and another one is subscribed. Returns a function that ends it.
 */
export function subscribeTo(
  channel: string,
  open: () => Redis,
  listener: (message: string | null) => void,
): () => void {
  let ended = false;
  let hasLost = false;
  let connection: Redis | undefined;
  let timer: NodeJS.Timeout;

  function connect(): void {
    let redis: Redis;
    try {
      redis = open();
    } catch {
      connectLater();
      return;
    }
    connection = redis;
    redis.on('error', () => {});
    redis.on('message', (_channel, message: string) => listener(message));
    redis.once('end', connectLater);
    redis.subscribe(channel).then(
      () => {
        if (ended) return;
        if (hasLost) listener(null);
        hasLost = false;
        pingLater(redis);
      },
      () => redis.disconnect(),
    );
  }

  function connectLater(): void {
    clearTimeout(timer);
    hasLost = true;
    if (!ended) timer = setTimeout(connect, reopenMs).unref();
  }

  function pingLater(redis: Redis): void {
    timer = setTimeout(() => {
      redis.ping().then(
        () => {
          if (!ended && redis === connection && redis.status === 'ready') pingLater(redis);
        },
        () => redis.disconnect(),
      );
    }, pingMs).unref();
  }

  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    connection?.disconnect();
  };
}
