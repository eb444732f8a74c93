/** The only place where the parts of the facade are put together: for the server, `check`, the benchmark and the tests. */
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { Dispatcher } from 'undici';
import { createApiKeys } from './auth/api-keys.ts';
import { type Authenticator, createAuthenticator } from './auth/authenticator.ts';
import type { JwtCheck } from './auth/jwt.ts';
import { type Config, ConfigError } from './config.ts';
import type { ConnectedPractice } from './datasources/halo-cloud/halo-session.ts';
import { createHaloSessions, type HaloSessions } from './datasources/halo-cloud/session.ts';
import { createSitesDirectory } from './datasources/halo-cloud/sites/sites-directory.ts';
import { createHaloCloud, type HaloCloudOptions } from './datasources/halo-cloud/transport/client.ts';
import { type RoutedPractice, routePracticeData } from './datasources/practice/choose-source.ts';
import { addGauges } from './gauges.ts';
import { proxyFor } from './lib/proxy.ts';
import { FileFault } from './lib/watched-file.ts';
import { createConcurrencyLimit } from './limits/concurrency-limit.ts';
import { createMemoryBuckets } from './limits/memory-buckets.ts';
import { createRateLimit } from './limits/rate-limit.ts';
import { createRedisBuckets } from './limits/redis-buckets.ts';
import { createLiveBooks, type LiveBooksOptions } from './live/live-books.ts';
import type { Log } from './log.ts';
import { type KnownOperations, parsePersistedOperations } from './operation/persisted-operations.ts';
import { everyScope } from './scopes.ts';
import { createServer, type GraphServer, type ServerOptions } from './server.ts';
import { createSiteActivities } from './status/site-activity.ts';
import { createStatus } from './status/status-report.ts';
import { createRedisStore } from './store/redis.ts';
import type { RedisConnection } from './store/redis-connection.ts';
import { createRedisDirectory } from './store/redis-directory.ts';
import { createRedisReplicas } from './store/redis-replicas.ts';
import { createSubscriptionKeys } from './subscription-keys.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { traceUpstreamCall } from './telemetry/traces.ts';
import { createWebhooks } from './webhooks/create-webhooks.ts';

// Rests on assumption H12.

/** Milliseconds that a write may take after the deadline, to read whether it was made and to record that. */
export const afterDeadlineMs = 15_000;

/** Milliseconds from the start until registered queries that a crash left behind are cancelled. */
const orphansMs = 60_000;

/** A configuration with the address and the key of Halo Cloud filled in. */
export interface FacadeConfig extends Config {
  readonly baseUrl: string;
  readonly subscriptionKey: string;
}

/** Connections that only some configurations need. */
export interface Services {
  readonly redis?: RedisConnection;
  readonly jwtCheck?: JwtCheck;
}

export interface FacadeOverrides extends Services, Pick<HaloCloudOptions, 'proxy' | 'wait' | 'observe'> {
  readonly log: Log;
  /** Counts operations and upstream calls. @default the server has metrics of its own, without upstream calls */
  readonly metrics?: Metrics | undefined;
  readonly dispatcher?: Dispatcher;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** Replaces how appointment books are watched. */
  readonly live?: Partial<LiveBooksOptions> | undefined;
  /** Replaces options that the configuration sets. */
  readonly server?: Partial<ServerOptions>;
}

export interface Facade {
  readonly sessions: HaloSessions;
  /** Where the idempotency keys and the token buckets of callers are kept. */
  readonly store: 'redis' | 'memory';
  routePractice(connection: ConnectedPractice): RoutedPractice;
  /** Puts the webhook's path in front of a listener. Undefined: no secret is configured. */
  readonly webhooks: ((next: RequestListener) => RequestListener) | undefined;
  /** Throws a ConfigError when the API keys or the persisted operations are wrong. */
  openServer(): GraphServer;
  /** Ends what runs in the background, and closes the connections to Halo Cloud and Redis. */
  close(): Promise<void>;
}

export function createFacade(config: FacadeConfig, overrides: FacadeOverrides): Facade {
  const { baseUrl, practices, failover, referenceSeconds, source, assumedWrites } = config;
  const { log, metrics, redis, clock = Date.now } = overrides;
  /** Each ends something that runs in the background. */
  const endings: (() => void)[] = [() => overrides.jwtCheck?.close()];
  const subscriptionKey = createSubscriptionKeys({
    keys: [config.subscriptionKey, ...(config.secondaryKey === undefined ? [] : [config.secondaryKey])],
    file: config.subscriptionKeyFile,
    log,
  });
  const activities = createSiteActivities(clock);
  const {
    observe = (event) => {
      metrics?.upstreamEnded(event);
      traceUpstreamCall(event);
    },
  } = overrides;
  const halo = createHaloCloud({
    baseUrl,
    subscriptionKey,
    version: version(),
    proxy: overrides.proxy === undefined ? proxyFor(baseUrl, config.proxies) : overrides.proxy,
    observe(event) {
      activities.upstreamEnded(event);
      observe(event);
    },
    ...(overrides.dispatcher && { dispatcher: overrides.dispatcher }),
    ...(overrides.wait && { wait: overrides.wait }),
    log,
    clock,
  });
  const shared = redis && createRedisDirectory({ redis, log, subscriptionKey, baseUrl });
  const directory = createSitesDirectory({ halo, registry: practices, clock, ...(shared && { shared }) });
  const sessions = createHaloSessions({
    halo,
    directory,
    registry: practices,
    failover,
    clock,
    referenceSeconds,
  });
  const idempotency =
    redis &&
    createRedisStore({ redis, leaseMs: config.deadlineMs + afterDeadlineMs, log, subscriptionKey, baseUrl });
  const routePractice = (connection: ConnectedPractice): RoutedPractice =>
    routePracticeData(connection, { preference: source, assumedWrites });
  const { deployment } = config.live;
  const live = createLiveBooks({
    openSession: (call) => sessions.openSession(call),
    routePractice,
    deadlineMs: config.deadlineMs,
    log,
    liveSettings: config.live,
    ...(redis && { replicas: createRedisReplicas({ redis, log, subscriptionKey, baseUrl, deployment }) }),
    count: metrics?.live,
    ...overrides.live,
  });
  if (metrics) addGauges(metrics, { halo, subscriptionKey, live, redis, shared });

  return {
    sessions,
    store: redis ? 'redis' : 'memory',
    routePractice,
    webhooks:
      config.webhooks &&
      createWebhooks(config.webhooks, {
        ...{ redis, subscriptionKey, baseUrl, log },
        events: live,
        count: (outcome) => metrics?.webhookReceived(outcome),
      }),
    openServer() {
      const bpSiteIds = practices.map(({ bpSiteId }) => bpSiteId);
      // Clients that come back after a restart adopt their queries first.
      if (bpSiteIds.length > 0)
        endings.push(live.timers.after(orphansMs, () => void live.cancelOrphans(bpSiteIds)));
      return createServer({
        openSession: (call) => sessions.openSession(call),
        routePractice,
        authenticate: overrides.server?.authenticate ?? authenticator(config, overrides, endings),
        registered: bpSiteIds,
        fastPath: config.fastPath ? 'known' : 'off',
        graphiql: config.graphiql,
        introspection: config.introspection,
        allowedOrigins: config.corsOrigins,
        corsHeaders: config.corsHeaders,
        callerLimits: {
          rate: createRateLimit({
            ...config.limits,
            store: redis ? createRedisBuckets({ redis, log }) : createMemoryBuckets(),
          }),
          concurrency: createConcurrencyLimit({ perCaller: config.limits.concurrent }),
        },
        priceLimit: {
          maxCharged: config.limits.charged,
          source,
          checksPerHour: Math.ceil(3_600 / config.live.pollSeconds),
        },
        ...knownOperations(config),
        environment: config.environment,
        deadlineMs: config.deadlineMs,
        simulateFaults: config.environment === 'sandbox',
        live,
        streamLimits: {
          perCaller: config.limits.subscriptions,
          perProcess: config.limits.subscriptionsTotal,
        },
        ...(idempotency && { idempotency }),
        status: createStatus({
          ...{ activities, halo, directory, registry: practices, live, clock },
          redisAnswers: shared?.sharing,
          version: version(),
          environment: config.environment,
        }),
        ...(metrics && { metrics }),
        log,
        clock,
        ...overrides.server,
      });
    },
    async close() {
      // It deletes registered queries, so it needs the connections.
      await live.close();
      for (const end of endings) end();
      idempotency?.close();
      subscriptionKey.close();
      await Promise.allSettled([halo.close(), redis?.close()]);
    },
  };
}

/** Opens what the configuration needs. Other configurations do not load these modules, which makes the start shorter. */
export async function connectServices(config: Config, log: Log): Promise<Services> {
  const { redisUrl, jwt } = config;
  const services: { redis?: RedisConnection; jwtCheck?: JwtCheck } = {};
  if (redisUrl !== undefined) {
    const { connectRedis } = await import('./store/redis-connection.ts');
    services.redis = await connectRedis(redisUrl, log);
  }
  if (jwt) {
    const { createJwtCheck } = await import('./auth/jwt.ts');
    const jwksUrl = new URL(jwt.jwksUrl);
    services.jwtCheck = createJwtCheck({ ...jwt, jwksUrl, proxy: proxyFor(jwksUrl, config.proxies), log });
  }
  return services;
}

/** In the sandbox every caller is admitted, with or without a credential, unless API keys or JWTs are configured. */
function authenticator(
  { apiKeysFile }: Config,
  { jwtCheck: jwt, log }: FacadeOverrides,
  endings: (() => void)[],
): Authenticator {
  if (!jwt && apiKeysFile === undefined) {
    return async () => ({ name: 'sandbox', scopes: everyScope, practices: 'all' });
  }
  try {
    const apiKeys = apiKeysFile === undefined ? undefined : createApiKeys({ path: apiKeysFile, log });
    if (apiKeys) endings.push(apiKeys.close);
    return createAuthenticator({ ...(jwt && { jwt }), ...(apiKeys && { apiKeys }) });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new ConfigError([error.message.replace(/^/gm, 'API_KEYS_FILE: ')]);
  }
}

function knownOperations({ persistedOperations }: Config): { readonly knownOperations?: KnownOperations } {
  if (!persistedOperations) return {};
  const { text, only } = persistedOperations;
  const { faults, ...known } = parsePersistedOperations(text);
  if (faults.length > 0) throw new ConfigError(faults.map((fault) => `PERSISTED_OPERATIONS_FILE: ${fault}`));
  return { knownOperations: { ...known, only } };
}

function version(): string {
  // The compiled file and the source file are at different depths of the package.
  for (const path of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version: string })
        .version;
    } catch {}
  }
  return 'unknown';
}
