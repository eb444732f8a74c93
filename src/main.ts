/** Process entry: configuration, the way into Halo Cloud, the server, its port, and a graceful end. */
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiKeysFault, createApiKeys } from './auth/api-keys.ts';
import { type Authenticator, createAuthenticator } from './auth/authenticator.ts';
import { createJwtCheck } from './auth/jwt.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { routePracticeData } from './datasources/choose-source.ts';
import { createHaloCloud } from './datasources/halo-cloud/client.ts';
import { createHaloDoor } from './datasources/halo-cloud/session.ts';
import { createSitesDirectory } from './datasources/halo-cloud/sites-directory.ts';
import { createLog } from './log.ts';
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts';
import { everyScope } from './scopes.ts';
import { createServer } from './server.ts';
import { createRedisStore } from './store/redis.ts';
import { welcome } from './welcome.ts';

/** Not a secret: the key that the local sandbox is told to expect. */
const sandboxKey = 'sandbox-key-not-secret';
/** How long running operations may take to finish after a signal. */
const graceMs = 10_000;
/** What a write can take beyond the operation's deadline: reading what became of it, and recording that. */
const afterDeadlineMs = 15_000;

const config = configuration();
const log = createLog(config.logLevel);
const sandbox = config.baseUrl === undefined ? await localHaloCloud() : undefined;
const practices = config.practices.length > 0 ? config.practices : (sandbox?.practices ?? []);
const halo = createHaloCloud({
  baseUrl: config.baseUrl ?? sandbox?.baseUrl ?? '',
  subscriptionKey: config.subscriptionKey ?? sandboxKey,
  version: version(),
  log,
});
const directory = createSitesDirectory({ halo, registry: practices });
const door = createHaloDoor({ halo, directory, registry: practices, failover: config.failover });
const idempotency =
  config.redisUrl === undefined
    ? undefined
    : createRedisStore({ url: config.redisUrl, leaseMs: config.deadlineMs + afterDeadlineMs, log });
const yoga = createServer({
  openSession: (call) => door.openSession(call),
  routePractice: (connection) =>
    routePracticeData(connection, { preference: config.source, assumedWrites: config.assumedWrites }),
  authenticate: authenticator(),
  registered: practices.map(({ bpSiteId }) => bpSiteId),
  environment: config.environment,
  deadlineMs: config.deadlineMs,
  passHeaders: config.environment === 'sandbox' ? ['x-sandbox-fault'] : [],
  ...(idempotency && { idempotency }),
  log,
});
const server = createHttpServer(yoga);

server.once('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  giveUp(`Port ${config.port} on ${config.host} is taken. Stop what listens there, or set PORT to another.`);
});
server.listen(config.port, config.host, () => {
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const url = `http://${host}:${port}/graphql`;
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
  if (sandbox) process.stdout.write(welcome(url, practices[0]?.bpSiteId ?? ''));
});
sandbox?.onExit(() => giveUp('The sandbox Halo Cloud ended unexpectedly.'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);

function configuration(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`halo-graph cannot start:\n${error.message}\n`);
    process.exit(1);
  }
}

/** In the sandbox anybody may ask, with or without a credential, unless it is told whom to know. */
function authenticator(): Authenticator {
  const { jwt, apiKeysFile } = config;
  if (!jwt && apiKeysFile === undefined) {
    return async () => ({ name: 'sandbox', scopes: everyScope, practices: 'all' });
  }
  try {
    return createAuthenticator({
      ...(jwt && { jwt: createJwtCheck({ ...jwt, jwksUrl: new URL(jwt.jwksUrl), log }) }),
      ...(apiKeysFile !== undefined && { apiKeys: createApiKeys({ path: apiKeysFile, log }) }),
    });
  } catch (error) {
    if (!(error instanceof ApiKeysFault)) throw error;
    return giveUp(error.message.replace(/^/gm, 'API_KEYS_FILE: '));
  }
}

async function localHaloCloud(): Promise<SandboxProcess> {
  return startSandboxProcess(config.subscriptionKey ?? sandboxKey);
}

/** New connections are refused, running operations finish within the grace, then everything of ours is gone. */
function stop(): void {
  log.info({}, 'stopping');
  setTimeout(abandon, graceMs).unref();
  server.close(() => void Promise.all([halo.close(), idempotency?.close()]).finally(() => end(0)));
  // A kept-alive connection becomes idle when its operation has been answered.
  setInterval(() => server.closeIdleConnections(), 100).unref();
}

/** What still runs is cut: waiting for Halo Cloud would outlast the grace. */
function abandon(): void {
  log.warn({ graceMs }, 'operations were still running when the grace was over');
  end(1);
}

function end(code: number): void {
  sandbox?.stop();
  process.exit(code);
}

function giveUp(line: string): never {
  process.stderr.write(`halo-graph cannot run: ${line}\n`);
  sandbox?.stop();
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
