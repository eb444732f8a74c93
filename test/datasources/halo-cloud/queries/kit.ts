import { MockAgent } from 'undici';
import type { PracticeManagementSystem } from '../../../../src/datasources/domain/pms.ts';
import { createHaloSessions, type OperationCall } from '../../../../src/datasources/halo-cloud/session.ts';
import { createSitesDirectory } from '../../../../src/datasources/halo-cloud/sites/sites-directory.ts';
import type { SqlCommand, SqlCommandParameter } from '../../../../src/datasources/halo-cloud/sql/site-sql.ts';
import { createHaloCloud } from '../../../../src/datasources/halo-cloud/transport/client.ts';
import { collectLog, guidA, key, origin } from '../kit.ts';

export const queryA = '11111111-aaaa-4000-8000-000000000001';
export const queryB = '22222222-bbbb-4000-8000-000000000002';

export interface Request {
  readonly method: string;
  /** The path below `/integrator/sites/{guidA}/queries/`, or the whole path. */
  readonly path: string;
  readonly body: never;
}
type Reply = readonly [status: number, body: unknown, headers?: Record<string, string>];

/** A Halo Cloud that is a function, and a practice and its SQL at it. Polls every few milliseconds. */
export function cloudOf(
  handle: (request: Request, count: number) => Reply,
  about: { pms?: PracticeManagementSystem; clock?: () => number } = {},
) {
  const agent = new MockAgent();
  agent.disableNetConnect();
  const sent: Request[] = [];
  const base = `/integrator/sites/${guidA}/queries/`;
  for (const method of ['GET', 'POST', 'DELETE']) {
    const interceptor = agent.get(origin).intercept({ method, path: () => true });
    const answer = (options: { path: string; body?: unknown }) => {
      const request = {
        method,
        path: options.path.replace(base, ''),
        body: (options.body ? JSON.parse(String(options.body)) : undefined) as never,
      };
      sent.push(request);
      const [statusCode, body, headers = {}] = handle(request, sent.length);
      const data = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? '');
      return {
        statusCode,
        data: statusCode === 204 ? '' : data,
        responseOptions: { headers: { 'content-type': 'application/json', ...headers } },
      };
    };
    interceptor.reply(answer).persist();
  }
  const log = collectLog();
  const halo = createHaloCloud({ baseUrl: origin, subscriptionKey: key, dispatcher: agent, log });
  const { clock = () => Date.UTC(2026, 10, 22, 7), pms = 'BEST_PRACTICE' } = about;
  const directory = createSitesDirectory({ halo, registry: [], clock });
  const sessions = createHaloSessions({
    halo,
    directory,
    registry: [],
    failover: 'replay',
    clock,
    polling: { firstMs: 1, growth: 1.5, maxMs: 4 },
  });
  const open = (changes: Partial<OperationCall> = {}) => {
    const session = sessions.openSession({
      signal: new AbortController().signal,
      requestId: 'request-1',
      log,
      ...changes,
    });
    const practice = session.pinned({
      haloGuid: guidA,
      authoritative: true,
      availability: 'ONLINE',
      status: 'ACTIVE',
      haloLinkVersion: null,
      lastHeartbeatAt: null,
      catalogues: [],
      pms,
      pmsSiteId: '1001',
      pmsVersion: null,
      practiceName: 'Synthetic Practice',
    });
    return { session, practice, sql: practice.sqlSite, cost: session.cost };
  };
  return {
    log,
    sent,
    open,
    paths: () => sent.map(({ method, path }) => `${method} ${path}`),
    count: (method: string, path: string) =>
      sent.filter((one) => one.method === method && one.path === path).length,
  };
}

export function command(text: string, changes: Partial<SqlCommand> = {}): SqlCommand {
  return { text, type: 'text', executionMode: 'reader', parameters: [], catalogue: null, ...changes };
}

export function parameter(changes: Partial<SqlCommandParameter>): SqlCommandParameter {
  return { name: '@p', type: 'Int', direction: 'input', value: '7', size: null, ...changes };
}

export const base64 = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8').toString('base64');

export interface WirePage {
  readonly status?: string;
  readonly count?: number;
  readonly size?: number;
}

/** An async query as the published contract shapes it. */
export function wireQuery(id: string, status: string, pages?: readonly WirePage[], more: object = {}) {
  return {
    id,
    integratorId: '99999999-0000-4000-8000-000000000009',
    siteId: guidA,
    mode: 'async',
    status,
    maxTimeInQueue: 3_600_000,
    commandSize: 9,
    requestSize: 9,
    createdAt: '2026-11-22T07:00:00.123Z',
    updatedAt: '2026-11-22T07:00:01Z',
    ...(pages && {
      metrics: { sqlExecutionDuration: 12 },
      completedAt: '2026-11-22T07:00:02Z',
      result: {
        rows: pages.reduce((sum, { count = 1 }) => sum + count, 0),
        size: 99,
        pages: pages.map(({ status: one = 'cached', count = 1, size = 100 }, index) => ({
          pageNumber: index + 1,
          status: one,
          size,
          rows: { count, rangeStart: index, rangeEnd: index + count - 1 },
        })),
      },
    }),
    ...more,
  };
}

export const timedOut = [
  504,
  { error: { status: 504, statusText: 'Gateway Timeout', message: 'Query took more than 30 seconds' } },
] as const;
export const tooLarge = [
  413,
  {
    status: 'executionFailed',
    errorDetails: { errorType: 'http', errorCode: 413, errorMessage: 'results were too large' },
  },
] as const;
