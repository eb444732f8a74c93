/** Clients of ioredis for one server, Sentinel and Cluster. */
import calculateSlot from 'cluster-key-slot';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisTarget } from '../lib/redis-url.ts';

/** Maximum pause between attempts to reach a server that is away. */
const maxRetryMs = 500;

export type RedisClient = Redis | Cluster;

const pauseBefore = (attempt: number): number => Math.min(attempt * 50, maxRetryMs);

/** The client for commands. It reconnects by itself, and follows a failover. */
export function openClient(target: RedisTarget, timeoutMs: number): RedisClient {
  const options: RedisOptions = {
    ...optionsOf(target, timeoutMs),
    commandTimeout: timeoutMs,
    // A queued or repeated command would claim a key for a request that has already failed.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    maxLoadingRetryTime: maxRetryMs,
    // The primary has become a replica.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  };
  if (target.kind !== 'cluster') return new Redis({ ...options, retryStrategy: pauseBefore });
  return new Cluster([...target.nodes], {
    redisOptions: options,
    enableOfflineQueue: false,
    clusterRetryStrategy: pauseBefore,
    // Commands that were sent are not repeated. A MOVED was not executed, so it is followed.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    maxRedirections: 4,
    slotsRefreshTimeout: timeoutMs,
    // Host names are kept, because certificates name them.
    dnsLookup: (address, callback) => callback(null, address),
  });
}

/** A connection for a subscription. It does not reconnect. In a cluster any node has all messages. */
export function openSubscriber(target: RedisTarget, client: RedisClient, timeoutMs: number): Redis {
  const options: RedisOptions = {
    ...optionsOf(target, timeoutMs),
    commandTimeout: timeoutMs,
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
    retryStrategy: () => null,
    ...(target.sentinel && { sentinelRetryStrategy: () => null }),
  };
  if (!(client instanceof Cluster)) return new Redis(options);
  const known = client
    .nodes('master')
    .flatMap(({ options: { host, port } }) => (host && port ? [{ host, port }] : []));
  const nodes = known.length > 0 ? known : target.nodes;
  return new Redis({ ...options, ...nodes[Math.floor(Math.random() * nodes.length)] });
}

/** The connection to the server that has this key. Undefined: none is known. */
export function connectionOf(client: RedisClient, key: string): Redis | undefined {
  if (!(client instanceof Cluster)) return client;
  const node = client.slots[calculateSlot(key)]?.[0];
  return client.nodes('master').find(({ options: { host, port } }) => `${host}:${port}` === node);
}

function optionsOf(target: RedisTarget, timeoutMs: number): RedisOptions {
  const { kind, nodes, tls, username, password, db, sentinel } = target;
  return {
    ...(kind === 'single' && nodes[0]),
    ...(sentinel && {
      name: sentinel.master,
      sentinels: [...nodes],
      ...(sentinel.username !== undefined && { sentinelUsername: sentinel.username }),
      ...(sentinel.password !== undefined && { sentinelPassword: sentinel.password }),
      sentinelCommandTimeout: timeoutMs,
      sentinelRetryStrategy: pauseBefore,
      sentinelReconnectStrategy: pauseBefore,
      failoverDetector: true,
    }),
    ...(tls && { tls: {} }),
    ...(tls && sentinel && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
    username,
    password,
    db,
    connectTimeout: timeoutMs,
    disconnectTimeout: maxRetryMs,
    disableClientInfo: true,
  };
}
