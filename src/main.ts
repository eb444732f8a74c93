/** Process entry: configuration, the way into Halo Cloud, the server, its port, and a graceful end. */
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiKeysFault, createApiKeys } from './auth/api-keys.ts';
import { type Authenticator, createAuthenticator } from './auth/authenticator.ts';
import type { JwtCheck } from './auth/jwt.ts';
import { welcome } from './cli/welcome.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { createHaloSessions } from './datasources/halo-cloud/session.ts';
import { createSitesDirectory } from './datasources/halo-cloud/sites/sites-directory.ts';
import { createHaloCloud } from './datasources/halo-cloud/transport/client.ts';
import { routePracticeData } from './datasources/practice/choose-source.ts';
import { createDrain } from './http/drain.ts';
import { withSaneTarget } from './http/request-target.ts';
import { proxyFor } from './lib/proxy.ts';
import { createConcurrencyLimit } from './limits/concurrency-limit.ts';
import { createMemoryBuckets } from './limits/memory-buckets.ts';
import { createRateLimit } from './limits/rate-limit.ts';
import { createRedisBuckets } from './limits/redis-buckets.ts';
import { createLog, type LineOutput, standardOutput } from './log.ts';
import { type KnownOperations, parsePersistedOperations } from './operation/persisted-operations.ts';
import { type SandboxProcess, sandboxKey, startSandboxProcess } from './sandbox-process.ts';
import { everyScope } from './scopes.ts';
import { createServer } from './server.ts';
import { stopsWithParent } from './start-server.ts';
import { createRedisStore } from './store/redis.ts';
import type { RedisConnection } from './store/redis-connection.ts';
import { createRedisDirectory } from './store/redis-directory.ts';
import { createAuditTrail, fileOutput } from './telemetry/audit-trail.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { traceUpstreamCall } from './telemetry/traces.ts';

// Rests on assumption H12.

/** What a write can take beyond the operation's deadline: reading what became of it, and recording that. */
const afterDeadlineMs = 15_000;
/** Whoever sends a body more slowly holds a place that others wait for. */
const slowestRequestMs = 30_000;
/** Longer than load balancers keep a connection, which would otherwise send a request into one that is just being closed. */
const idleMs = 75_000;
/**
 * Connections that may wait to be accepted. With Node's default of 511, the connections of a sudden burst are dropped by the
 * kernel, and each is tried again a second later. Linux limits it by `net.core.somaxconn`, 4,096 by default.
 */
const listenBacklog = 4_096;
/** What goodbyes to Halo Cloud and Redis may take. */
const closingMs = 5_000;

const config = configuration();
const output = standardOutput();
const log = createLog(config.logLevel, output);
process.once('uncaughtException', crash);
const auditTrail = createAuditTrail(auditOutput(), log);
const metrics = createMetrics({ process: true });
const subscriptionKey = config.subscriptionKey ?? sandboxKey;
const sandbox = config.baseUrl === undefined ? await localHaloCloud() : undefined;
process.once('exit', () => sandbox?.stop());
const practices = config.practices.length > 0 ? config.practices : (sandbox?.practices ?? []);
const baseUrl = config.baseUrl ?? sandbox?.baseUrl ?? '';
const halo = createHaloCloud({
  baseUrl,
  subscriptionKey,
  // The sandbox is this machine's own.
  proxy: sandbox ? null : proxyFor(baseUrl, config.proxies),
  version: version(),
  observe(event) {
    metrics.upstreamEnded(event);
    traceUpstreamCall(event);
  },
  log,
});
metrics.gauge('halo_graph_sites_paused', 'Practices that do not answer and are left alone.', () => {
  return halo.state().sitesPaused;
});
metrics.gauge('halo_graph_cloud_paused', '1 while no connection to Halo Cloud comes about.', () => {
  return Number(halo.state().cloudPaused);
});
metrics.gauge('halo_graph_calls_in_line', 'Calls that wait until their practice has answered others.', () => {
  return halo.state().callsQueued;
});
const redis = config.redisUrl === undefined ? undefined : await redisAt(config.redisUrl);
const sharedSites = redis && createRedisDirectory({ redis, log, subscriptionKey, baseUrl });
if (sharedSites) {
  metrics.gauge('halo_graph_directory_shared', '1 while replicas share the look-ups of sites.', () => {
    return Number(sharedSites.sharing());
  });
}
const directory = createSitesDirectory({
  halo,
  registry: practices,
  ...(sharedSites && { shared: sharedSites }),
});
const { failover, referenceSeconds } = config;
const door = createHaloSessions({ halo, directory, registry: practices, failover, referenceSeconds });
const idempotency =
  redis &&
  createRedisStore({ redis, leaseMs: config.deadlineMs + afterDeadlineMs, log, subscriptionKey, baseUrl });
const yoga = createServer({
  openSession: (call) => door.openSession(call),
  routePractice: (connection) =>
    routePracticeData(connection, { preference: config.source, assumedWrites: config.assumedWrites }),
  authenticate: await authenticator(),
  registered: practices.map(({ bpSiteId }) => bpSiteId),
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
  priceLimit: { most: config.limits.charged, source: config.source },
  ...knownOperations(),
  environment: config.environment,
  deadlineMs: config.deadlineMs,
  passHeaders: config.environment === 'sandbox' ? ['x-sandbox-fault'] : [],
  ...(idempotency && { idempotency }),
  metrics,
  log,
  auditTrail,
});
const drain = createDrain();
const server = createHttpServer(
  { requestTimeout: slowestRequestMs, keepAliveTimeout: idleMs },
  drain.listener(withSaneTarget(yoga)),
);

server.once('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  giveUp(`Port ${config.port} on ${config.host} is taken. Stop what listens there, or set PORT to another.`);
});
server.listen({ port: config.port, host: config.host, backlog: listenBacklog }, () => {
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const url = `http://${host}:${port}/graphql`;
  if (sandbox) {
    process.stdout.write(welcome(url, practices[0]?.bpSiteId ?? ''));
    return;
  }
  log.info(
    {
      url,
      environment: config.environment,
      source: config.source,
      practices: practices.length,
      idempotencyKeys: idempotency ? 'redis' : 'memory',
    },
    'listening',
  );
});
sandbox?.onExit(() => giveUp('The sandbox Halo Cloud ended unexpectedly.'));
if (process.argv.includes(stopsWithParent)) process.once('disconnect', () => stop(0));
process.once('SIGINT', () => stop(0));
process.once('SIGTERM', () => stop(config.drainNoticeMs));

function configuration(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`halo-graph cannot start:\n${error.message}\n`);
    process.exit(1);
  }
}

function knownOperations(): { readonly knownOperations?: KnownOperations } {
  if (!config.persistedOperations) return {};
  const { text, only } = config.persistedOperations;
  const { faults, ...known } = parsePersistedOperations(text);
  if (faults.length > 0) giveUp(faults.map((fault) => `PERSISTED_OPERATIONS_FILE: ${fault}`).join('\n'));
  return { knownOperations: { ...known, only } };
}

/** The audit trail has a file of its own, or goes where the log goes. */
function auditOutput(): LineOutput {
  const { auditFile } = config;
  if (auditFile === undefined) return output;
  try {
    return fileOutput(auditFile);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return giveUp(`AUDIT_FILE: cannot write ${auditFile} (${code}).`);
  }
}

/** In the sandbox anybody may ask, with or without a credential, unless it is told whom to know. */
async function authenticator(): Promise<Authenticator> {
  const { jwt, apiKeysFile } = config;
  if (!jwt && apiKeysFile === undefined) {
    return async () => ({ name: 'sandbox', scopes: everyScope, practices: 'all' });
  }
  try {
    return createAuthenticator({
      ...(jwt && { jwt: await jwtCheck(jwt) }),
      ...(apiKeysFile !== undefined && { apiKeys: createApiKeys({ path: apiKeysFile, log }) }),
    });
  } catch (error) {
    if (!(error instanceof ApiKeysFault)) throw error;
    return giveUp(error.message.replace(/^/gm, 'API_KEYS_FILE: '));
  }
}

// What only some configurations use is read for them only: the start is shorter without.

async function jwtCheck(jwt: NonNullable<Config['jwt']>): Promise<JwtCheck> {
  const { createJwtCheck } = await import('./auth/jwt.ts');
  const jwksUrl = new URL(jwt.jwksUrl);
  return createJwtCheck({ ...jwt, jwksUrl, proxy: proxyFor(jwksUrl, config.proxies), log });
}

async function redisAt(url: string): Promise<RedisConnection> {
  const { connectRedis } = await import('./store/redis-connection.ts');
  return connectRedis(url, log);
}

async function localHaloCloud(): Promise<SandboxProcess> {
  return startSandboxProcess(subscriptionKey);
}

/** `/ready` says so first; then new connections are refused, running operations finish, and everything of ours is gone. */
async function stop(noticeMs: number): Promise<void> {
  log.info({ noticeMs }, 'stopping');
  const graceMs = config.deadlineMs + afterDeadlineMs;
  const allAnswered = await drain.begin(server, { noticeMs, graceMs });
  if (allAnswered) {
    idempotency?.close();
    await Promise.race([Promise.allSettled([halo.close(), redis?.close()]), pause(closingMs)]);
  } else {
    log.warn({ graceMs }, 'operations were still running when the grace was over');
  }
  process.exit(allAnswered ? 0 : 1);
}

/** Of an error that nobody caught, Node itself would print everything: messages, properties, requests. */
function crash(err: unknown): void {
  try {
    log.error({ err }, 'crashed');
  } finally {
    process.exit(1);
  }
}

function giveUp(line: string): never {
  process.stderr.write(`halo-graph cannot run: ${line}\n`);
  process.exit(1);
}

function version(): string {
  // dist/src/main.js and src/main.ts lie at different depths of the package.
  for (const path of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version: string })
        .version;
    } catch {}
  }
  return 'unknown';
}
