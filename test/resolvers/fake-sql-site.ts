/** A Halo Cloud in memory with SQL. It records each call of the port, and tests can replace the responses. */
import type { ConnectedPractice, SiteRecord } from '../../src/datasources/halo-cloud/halo-session.ts';
import type {
  RegisteredSqlQueryRecord,
  SqlQueryRecord,
  SqlSite,
} from '../../src/datasources/halo-cloud/sql/site-sql.ts';
import { NotFound } from '../../src/errors.ts';
import { everyScope } from '../../src/scopes.ts';
import { type FakeOptions, fakeHalo, guid, siteRecord } from './fake-halo.ts';

export const queryId = '11111111-0000-4000-8000-000000000001';
export const otherGuid = '00000000-0000-4000-8000-000000002001';

export const queryRecord: SqlQueryRecord = {
  queryId,
  status: 'SUCCESSFUL',
  createdAt: '2026-11-23T00:29:00Z',
  completedAt: '2026-11-23T00:29:30Z',
  rowCount: 3,
  rowsAffected: null,
  pages: [{ number: 1, status: 'cached', rowCount: 3, sizeBytes: 40 }],
  error: null,
};

export const registeredRecord: RegisteredSqlQueryRecord = {
  queryId,
  name: 'sample',
  status: 'ENABLED',
  frequencySeconds: 60,
  durationSeconds: 3_600,
  createdAt: '2026-11-23T00:29:00Z',
  completedAt: null,
  lastSucceededAt: null,
  lastFailedAt: null,
  lastHash: null,
  lastError: null,
};

export interface SqlCall {
  readonly method: string;
  readonly haloGuid: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was sent
  readonly args: any[];
}

export interface FakeSqlOptions {
  readonly answers?: Partial<SqlSite>;
  readonly scopes?: readonly string[];
  /** The response of `site`, for any reference. */
  readonly record?: Partial<SiteRecord>;
  /** What finding a practice or a site fails with. */
  readonly lookUpFails?: Error;
  /** What reading a site fails with. */
  readonly siteFails?: Error;
  readonly server?: FakeOptions['server'];
}

export function fakeSqlHalo({
  answers,
  scopes = everyScope,
  record,
  lookUpFails,
  siteFails = lookUpFails,
  server,
}: FakeSqlOptions = {}) {
  const sent: SqlCall[] = [];
  let connected = 0;
  const sqlSite = (haloGuid: string): SqlSite => {
    const methods: Omit<SqlSite, 'haloGuid'> = {
      run: async () => ({
        id: queryId,
        rows: [{ A: 1 }, { A: 2 }],
        rowCount: 2,
        rowsAffected: null,
        outputParameters: [],
        sqlExecutionMs: 7,
      }),
      start: async () => ({ ...queryRecord, status: 'INITIALISING', pages: [], completedAt: null }),
      query: async (id) => ({ ...queryRecord, queryId: id }),
      page: async () => [{ A: 1 }],
      register: async () => queryId,
      registeredQueries: async () => [registeredRecord],
      registeredQuery: async (id) => ({ ...registeredRecord, queryId: id }),
      registeredResult: async () => ({
        id: null,
        rows: [{ A: 1 }],
        rowCount: 1,
        rowsAffected: null,
        outputParameters: [],
        sqlExecutionMs: null,
      }),
      cancelRegistered: async () => {},
      ...answers,
    };
    const noted = Object.entries(methods).map(([method, execute]) => [
      method,
      (...args: unknown[]) => {
        sent.push({ method, haloGuid, args });
        return (execute as (...args: unknown[]) => unknown)(...args);
      },
    ]);
    return { haloGuid, ...Object.fromEntries(noted) } as SqlSite;
  };
  const connect = (bpSiteId: string, haloGuid: string, pinned: boolean) => {
    connected += 1;
    return {
      pms: 'BEST_PRACTICE',
      bpSiteId,
      haloGuid,
      pinned,
      sqlSite: sqlSite(haloGuid),
    } as unknown as ConnectedPractice;
  };
  const halo = fakeHalo({
    session: {
      async practice(_pms, pmsSiteId) {
        if (lookUpFails) throw lookUpFails;
        if (pmsSiteId !== '1001' && pmsSiteId !== 'ZED-2001') throw new NotFound();
        return connect(pmsSiteId, guid, false);
      },
      async site(haloGuid) {
        if (siteFails) throw siteFails;
        return { ...siteRecord('1001'), haloGuid, ...record };
      },
      pinned: (site) => connect(site.pmsSiteId ?? '', site.haloGuid, true),
    },
    server: { authenticate: async () => ({ name: 'tester', scopes, practices: 'all' }), ...server },
  });
  return {
    ...halo,
    sent,
    /** How many practices and sites were connected to: what shares a connection shares its calls. */
    connections: () => connected,
    audit: () => halo.logged.filter(({ message }) => message === 'SQL'),
    /** The one field of an operation, which must have answered data. */
    // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
    async one(query: string, variables: object = {}): Promise<any> {
      const answer = await halo.execute(query, variables);
      if (answer.errors) throw new Error(JSON.stringify(answer.errors));
      return Object.values(answer.data)[0];
    },
  };
}

const failure = '... on HaloError { code message retryable ... on InvalidInput { issues { path message } } }';
const mutation = (verb: string, payload: string) => `mutation ($input: ${verb}Input!) {
  ${verb.slice(0, 1).toLowerCase()}${verb.slice(1)}(input: $input) { __typename
    ... on ${verb}Payload { ${payload} } ... on AccessDenied { reason } ${failure} } }`;
const registered = `registeredQuery { id queryId name status frequencySeconds durationSeconds createdAt completedAt
  lastSucceededAt lastFailedAt lastHash lastError { message code retryable errorType errorCode } }`;

export const queryFields = `id queryId status createdAt completedAt rowCount rowsAffected
  pages { number status rowCount sizeBytes } error { message code retryable errorType errorCode }`;

/** Documents for each field of this part, in the variables that it takes. */
export const documents = {
  run: mutation(
    'RunSql',
    'result { id rows rowCount rowsAffected outputParameters { name value } sqlExecutionMs }',
  ),
  start: mutation('StartSqlQuery', `query { ${queryFields} }`),
  register: mutation('RegisterSqlQuery', registered),
  cancel: mutation('CancelRegisteredSqlQuery', registered),
  node: 'query ($id: ID!) { node(id: $id) { __typename id } }',
} as const;

/** A field below a site. Its response is the only one. */
export const atSite = (field: string) =>
  `query ($haloGuid: UUID!) { site(haloGuid: $haloGuid) { ... on Site { ${field} } ... on HaloError { code } } }`;
export const failed = `__typename ${failure}`;
