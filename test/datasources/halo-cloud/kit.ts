import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockAgent } from 'undici';
import { expect, onTestFinished } from 'vitest';
import { createHaloSessions, type OperationCall } from '../../../src/datasources/halo-cloud/session.ts';
import type { Failover } from '../../../src/datasources/halo-cloud/sites/authority.ts';
import {
  createSitesDirectory,
  type RegistryEntry,
} from '../../../src/datasources/halo-cloud/sites/sites-directory.ts';
import { createHaloCloud, type HaloCloud } from '../../../src/datasources/halo-cloud/transport/client.ts';
import { createCostAccount } from '../../../src/datasources/halo-cloud/transport/cost-account.ts';
import type { CallContext } from '../../../src/datasources/halo-cloud/transport/upstream-call.ts';
import type { Log } from '../../../src/log.ts';
import type { SharedSites } from '../../../src/store/shared-sites.ts';

export const origin = 'http://halo.test';
export const key = 'synthetic-subscription-key';
export const guidA = 'aaaaaaaa-0000-4000-8000-000000000001';
export const guidB = 'bbbbbbbb-0000-4000-8000-000000000002';
export const guidC = 'cccccccc-0000-4000-8000-000000000003';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export function collectLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, message, ...fields });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export function contextOf(log: Log, changes: Partial<CallContext> = {}): CallContext {
  return {
    signal: new AbortController().signal,
    requestId: 'request-1',
    cost: createCostAccount(),
    log,
    ...changes,
  };
}

export interface WireSite {
  readonly id: string;
  readonly pmsId?: string;
  readonly name?: string | null;
  readonly version?: string;
}

/** A site as the published contract shapes it. */
export function wireSite({
  id,
  pmsId = '1001',
  name = 'Synthetic Practice',
  version = '26.713.1',
}: WireSite) {
  return {
    id,
    pmsType: 'BestPractice',
    availability: 'online',
    status: 'active',
    haloLinkVersion: version,
    catalogue: [{ name: 'Patients', isDefault: true }],
    practiceMetadata: {
      pmsType: 'BestPractice',
      practiceName: name,
      practiceManagementSiteId: pmsId,
      practiceManagementVersion: '1.12',
    },
    heartbeatTimestampUTC: '2026-11-22T07:00:00Z',
  };
}

export function wireRows(rows: unknown): object {
  const data = Buffer.from(JSON.stringify(rows), 'utf8').toString('base64');
  const count = Array.isArray(rows) ? rows.length : 1;
  return { status: 'successful', result: { rows: count, size: data.length, data } };
}

export function wireError(status: number, message: string): object {
  return { error: { status, statusText: 'x', message } };
}

export const sitesPath = (pmsId: string, pms = 'Best Practice') =>
  `/integrator/sites?practiceManagementSiteId=${encodeURIComponent(pmsId)}&practiceManagementName=${encodeURIComponent(pms)}`;
export const sitePath = (guid: string) => `/integrator/sites/${guid}`;
export const sqlPath = (guid: string) => `/integrator/sites/${guid}/queries/immediate`;
export const fhirPath = (guid: string, rest: string) => `/integrator/sites/${guid}/fhir/R4/${rest}`;

/** A Halo Cloud of interceptors; after each test all of them must have been used. */
export function fakeHalo() {
  const agent = new MockAgent({ enableCallHistory: true });
  agent.disableNetConnect();
  const log = collectLog();
  const halo = createHaloCloud({
    baseUrl: origin,
    subscriptionKey: key,
    dispatcher: agent,
    log,
    clock: () => 0,
  });
  const answer = (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    status: number,
    body: object | string,
    options: { headers?: Record<string, string>; times?: number; delay?: number } = {},
  ) => {
    const reply = agent
      .get(origin)
      .intercept({ method, path })
      .reply(status, body, { headers: { 'content-type': 'application/json', ...options.headers } });
    if (options.delay) reply.delay(options.delay);
    if (options.times) reply.times(options.times);
  };
  onTestFinished(async () => {
    agent.assertNoPendingInterceptors();
    await agent.close();
  });
  return {
    agent,
    halo,
    log,
    answer,
    sites: (pmsId: string, sites: readonly WireSite[], times = 1) =>
      answer(
        'GET',
        sitesPath(pmsId),
        200,
        { sites: sites.map((site) => wireSite({ pmsId, ...site })) },
        { times },
      ),
    sql: (guid: string, rows: unknown, times = 1) =>
      answer('POST', sqlPath(guid), 200, wireRows(rows), { times }),
    refuse: (guid: string, times = 1, message = 'Forbidden') =>
      answer('POST', sqlPath(guid), 403, wireError(403, message), { times }),
    paths: () =>
      agent
        .getCallHistory()
        ?.calls()
        .map(({ method, path }) => `${method} ${path}`) ?? [],
    /** The bodies of all calls. */
    sent: (): unknown[] =>
      agent
        .getCallHistory()
        ?.calls()
        .map(({ body }) => JSON.parse(String(body))) ?? [],
  };
}

export function openSqlSite(
  halo: HaloCloud,
  options: {
    registry?: readonly RegistryEntry[];
    failover?: Failover;
    clock?: () => number;
    shared?: SharedSites;
  } = {},
) {
  const { registry = [], failover = 'replay', clock = () => Date.UTC(2026, 10, 22, 7), shared } = options;
  const directory = createSitesDirectory({ halo, registry, clock, ...(shared && { shared }) });
  const sessions = createHaloSessions({ halo, directory, registry, failover, clock });
  const log = collectLog();
  return {
    directory,
    log,
    session: (changes: Partial<OperationCall> = {}) =>
      sessions.openSession({
        signal: new AbortController().signal,
        requestId: 'request-1',
        log,
        ...changes,
      }),
  };
}

/** A real server, for what happens below HTTP's answers. Closed after the test. */
export async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The error that a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) expect.fail(`answered ${JSON.stringify(outcome.value)}`);
  expect(outcome.error).toBeInstanceOf(Error);
  return outcome.error as Error;
}
