/** Entry point of the server process: its configuration, output, port, signals and exit codes. */
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { welcome } from './cli/welcome.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { afterDeadlineMs, connectServices, createFacade } from './create-facade.ts';
import { deploymentNote } from './deployment-note.ts';
import { createDrain } from './http/drain.ts';
import { withSaneTarget } from './http/request-target.ts';
import { listenToUpgrades } from './http/upgrades.ts';
import { createLog, type LineOutput, standardOutput } from './log.ts';
import { nodeSupportNote } from './node-support.ts';
import { optimiseEarly } from './optimise-early.ts';
import { sandboxKey, startSandboxProcess } from './sandbox-process.ts';
import type { GraphServer } from './server.ts';
import { stopsWithParent } from './start-server.ts';
import { createAuditTrail, fileOutput } from './telemetry/audit-trail.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { unknownVariables } from './unknown-variables.ts';
import { notFound } from './webhooks/listener.ts';

/** Maximum time to receive a request. A slower client would hold a slot that other callers need. */
const slowestRequestMs = 30_000;
/** Longer than the idle timeout of load balancers, so that they never send a request on a connection that is closing. */
const idleMs = 75_000;
/**
 * Maximum number of connections that wait to be accepted. With Node's default of 511, the kernel drops connections of a
 * sudden burst, and clients retry a second later. Linux limits the value to `net.core.somaxconn`, 4,096 by default.
 */
const listenBacklog = 4_096;
/** Subscriptions end spread over this time at least, so that their clients do not all reconnect at once. */
const minStreamDrainMs = 2_000;
/** Maximum time to close the connections to Halo Cloud and Redis. */
const closingMs = 5_000;
/** Exit code: another start fails too until the configuration is changed. All other failures have 1. */
const wrongConfiguration = 2;

// Most bodies, of calls and of responses, have 2 to 6 kB. Node's pool of 8 kB would be used up by two of them.
Buffer.poolSize = 64 * 1024;
const config = configuration();
const output = standardOutput();
const log = createLog(config.logLevel, output);
process.once('uncaughtException', crash);
const auditTrail = createAuditTrail(auditOutput(), log);
const metrics = createMetrics({ process: true });
const subscriptionKey = config.subscriptionKey ?? sandboxKey;
const sandbox =
  config.baseUrl === undefined ? await startSandboxProcess(subscriptionKey).catch(giveUpConfig) : undefined;
process.once('exit', () => sandbox?.stop());
const practices = config.practices.length > 0 ? config.practices : (sandbox?.practices ?? []);
const facade = createFacade(
  { ...config, baseUrl: config.baseUrl ?? sandbox?.baseUrl ?? '', subscriptionKey, practices },
  {
    ...(await connectServices(config, log)),
    // The sandbox runs on this machine, so it needs no proxy.
    ...(sandbox && { proxy: null }),
    metrics,
    log,
    server: { auditTrail },
  },
);
const graphServer = openServer();
const drain = createDrain();
const httpOptions = { requestTimeout: slowestRequestMs, keepAliveTimeout: idleMs };
const webhookPort = config.webhooks?.port;
const withWebhooks = facade.webhooks ?? ((next: RequestListener) => next);
const server = createHttpServer(
  httpOptions,
  drain.listener(withSaneTarget(webhookPort === undefined ? withWebhooks(graphServer) : graphServer)),
);
if (webhookPort !== undefined) {
  createHttpServer(httpOptions, withWebhooks(notFound))
    .once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      giveUp(`Port ${webhookPort} on ${config.host} is taken. Set WEBHOOK_PORT to another.`);
    })
    .listen({ port: webhookPort, host: config.host });
}
listenToUpgrades(server, graphServer.upgrade);

server.once('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  giveUp(`Port ${config.port} on ${config.host} is taken. Stop what listens there, or set PORT to another.`);
});
server.listen({ port: config.port, host: config.host, backlog: listenBacklog }, () => {
  optimiseEarly();
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const url = `http://${host}:${port}/graphql`;
  if (sandbox) {
    process.stdout.write(welcome(url, practices[0]?.bpSiteId ?? '', notes()));
    return;
  }
  for (const note of notes()) log.warn({}, note);
  log.info(
    {
      url,
      environment: config.environment,
      source: config.source,
      practices: practices.length,
      idempotencyKeys: facade.store,
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
    const lines = [error.message, ...unknownVariables(process.env).map(({ line }) => line)];
    process.stderr.write(`halo-graph cannot start:\n${lines.join('\n')}\n`);
    process.exit(wrongConfiguration);
  }
}

/** What the operator should look at, although the server runs. */
function notes(): readonly string[] {
  const deployment = deploymentNote(config);
  return [
    ...unknownVariables(process.env).map(({ line }) => line),
    ...(deployment ? [`${deployment.said} ${deployment.fix}`] : []),
    ...[nodeSupportNote(process.version) ?? []].flat(),
  ];
}

function openServer(): GraphServer {
  try {
    return facade.openServer();
  } catch (error) {
    return giveUpConfig(error);
  }
}

/** Ends the process after a fault of the configuration. Rethrows any other error. */
function giveUpConfig(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  return giveUp(error.message, wrongConfiguration);
}

/** Opens the audit trail's file. Without one, the audit trail goes to the log's output. */
function auditOutput(): LineOutput {
  const { auditFile } = config;
  if (auditFile === undefined) return output;
  try {
    const file = fileOutput(auditFile);
    process.once('exit', file.flush);
    return file;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return giveUp(`AUDIT_FILE: cannot write ${auditFile} (${code}).`, wrongConfiguration);
  }
}

/** Drains and ends the process: `/ready` answers 503, new connections are refused, running operations finish. */
async function stop(noticeMs: number): Promise<void> {
  log.info({ noticeMs }, 'stopping');
  const graceMs = config.deadlineMs + afterDeadlineMs;
  void graphServer.drainStreams(Math.max(noticeMs, minStreamDrainMs));
  const allAnswered = await drain.begin(server, { noticeMs, graceMs, onClosing: graphServer.drain });
  // Deletes the registered queries, which would otherwise keep running.
  await Promise.race([graphServer.live.close(), pause(closingMs)]);
  if (allAnswered) {
    await Promise.race([facade.close(), pause(closingMs)]);
  } else {
    log.warn({ graceMs }, 'operations were still running at the end of the grace period');
  }
  process.exit(allAnswered ? 0 : 1);
}

/** Logs an uncaught error. Node itself would print all of it, including properties and requests with patient data. */
function crash(err: unknown): void {
  try {
    log.error({ err }, 'crashed');
  } finally {
    process.exit(1);
  }
}

function giveUp(line: string, exitCode = 1): never {
  process.stderr.write(`halo-graph cannot run: ${line}\n`);
  process.exit(exitCode);
}
