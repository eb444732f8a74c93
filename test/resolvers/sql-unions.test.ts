/** Each field of SQL Passthrough: each member of its union is reached, and it has no other. */
import { isUnionType } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { SqlSite } from '../../src/datasources/halo-cloud/sql/site-sql.ts';
import {
  AccessDenied,
  AuthoritativeServerChanged,
  NotFound,
  OutcomeUnknown,
  PmsError,
  PracticeIdentityChanged,
  QueryTimedOut,
  RateLimited,
  ResultExpired,
  ResultTooLarge,
  SiteUnavailable,
  UpstreamFailed,
} from '../../src/errors.ts';
import { schema } from '../../src/schema/index.ts';
import { guid } from './fake-halo.ts';
import { atSite, documents, type FakeSqlOptions, failed, fakeSqlHalo, queryId } from './fake-sql-site.ts';

const members = (union: string): string[] => {
  const type = schema.getType(union);
  return isUnionType(type)
    ? type
        .getTypes()
        .map(({ name }) => name)
        .sort()
    : [];
};

/** Failures that a site can return to any request. */
const everywhere: readonly Error[] = [
  new AuthoritativeServerChanged({ haloGuid: guid, bpSiteId: '1001', currentHaloGuid: guid }),
  new PracticeIdentityChanged({ bpSiteId: '1001', expectedName: 'Sample', foundName: 'Other' }),
  new AccessDenied('NOT_PAIRED'),
  new SiteUnavailable({ haloGuid: guid, availability: 'OFFLINE' }),
  new QueryTimedOut({ asyncQueryId: queryId }),
  new RateLimited(3),
  new NotFound(),
  new UpstreamFailed(502),
];
const written = new OutcomeUnknown(null, { retryable: false });
const refused = new PmsError('mssql', 208);
const tooLarge = new ResultTooLarge({ asyncQueryId: queryId });

interface Field {
  readonly union: string;
  /** The thing itself. */
  readonly thing: string;
  /** The call of the port. */
  readonly method: keyof SqlSite;
  readonly fails: readonly Error[];
  /** Invalid variables; none where there are no arguments. */
  readonly wrong?: object;
  readonly execute: (options: FakeSqlOptions, variables?: object) => Promise<{ __typename: string }>;
}

const input = { site: { bpSiteId: '1001' }, command: { text: 'SELECT 1 AS A' } };
const registration = { ...input, name: 'sample', frequencySeconds: 60, durationSeconds: 600 };
const mutation =
  (document: string, right: object): Field['execute'] =>
  (options, variables = { input: right }) =>
    fakeSqlHalo(options).one(document, variables);
const below =
  (field: (argument: string) => string, right = ''): Field['execute'] =>
  async (options, variables = { argument: right }) => {
    const { argument } = variables as { argument: string };
    const site = await fakeSqlHalo(options).one(atSite(`it: ${field(argument)}`), { haloGuid: guid });
    return site.it;
  };

const wrongInput = { ...input, site: { haloGuid: 'x' } };
const fields: Readonly<Record<string, Field>> = {
  runSql: {
    union: 'RunSqlResult',
    thing: 'RunSqlPayload',
    method: 'run',
    fails: [...everywhere, written, refused, tooLarge],
    wrong: { input: wrongInput },
    execute: mutation(documents.run, input),
  },
  startSqlQuery: {
    union: 'StartSqlQueryResult',
    thing: 'StartSqlQueryPayload',
    method: 'start',
    fails: [...everywhere, written, refused],
    wrong: { input: wrongInput },
    execute: mutation(documents.start, input),
  },
  registerSqlQuery: {
    union: 'RegisterSqlQueryResult',
    thing: 'RegisterSqlQueryPayload',
    method: 'register',
    fails: [...everywhere, written, refused],
    wrong: { input: { ...registration, name: '' } },
    execute: mutation(documents.register, registration),
  },
  cancelRegisteredSqlQuery: {
    union: 'CancelRegisteredSqlQueryResult',
    thing: 'CancelRegisteredSqlQueryPayload',
    method: 'cancelRegistered',
    fails: [...everywhere, written],
    wrong: { input: { site: input.site, queryId: 'x' } },
    execute: mutation(documents.cancel, { site: input.site, queryId }),
  },
  'Site.sqlQuery': {
    union: 'SqlQueryResult',
    thing: 'SqlQuery',
    method: 'query',
    fails: everywhere,
    wrong: { argument: 'x' },
    execute: below((id) => `sqlQuery(id: "${id}") { ${failed} }`, queryId),
  },
  'Site.sqlQueries': {
    union: 'SqlQueriesResult',
    thing: 'SqlQueries',
    method: 'query',
    fails: everywhere,
    wrong: { argument: 'x' },
    execute: below((id) => `sqlQueries(ids: ["${queryId}", "${id}"]) { ${failed} }`, queryId),
  },
  'SqlQuery.page': {
    union: 'SqlResultPageResult',
    thing: 'SqlResultPage',
    method: 'page',
    fails: [...everywhere, refused, tooLarge, new ResultExpired()],
    wrong: { argument: '0' },
    execute: async (options, variables) => {
      const of = below(
        (number) =>
          `sqlQuery(id: "${queryId}") { ... on SqlQuery { it: page(number: ${number}) { ${failed} } } }`,
        '1',
      );
      return ((await of(options, variables)) as unknown as { it: { __typename: string } }).it;
    },
  },
  'Site.registeredSqlQueries': {
    union: 'RegisteredSqlQueriesResult',
    thing: 'RegisteredSqlQueries',
    method: 'registeredQueries',
    fails: everywhere,
    execute: below(() => `registeredSqlQueries { ${failed} }`),
  },
  'RegisteredSqlQuery.result': {
    union: 'SqlResultResult',
    thing: 'SqlResult',
    method: 'registeredResult',
    fails: everywhere,
    execute: async (options) => {
      const of = below(
        () => `registeredSqlQueries { ... on RegisteredSqlQueries { nodes { it: result { ${failed} } } } }`,
      );
      const { nodes } = (await of(options)) as unknown as { nodes: { it: { __typename: string } }[] };
      return nodes[0]?.it ?? { __typename: 'no query' };
    },
  },
};

describe.each(Object.entries(fields))('%s', (_name, { union, thing, method, fails, wrong, execute }) => {
  test('answers the thing itself', async () => {
    expect((await execute({})).__typename).toBe(thing);
  });

  test.each(fails.map((error) => [error.name, error] as const))('answers %s', async (name, error) => {
    const answers = { [method]: () => Promise.reject(error) };
    expect((await execute({ answers })).__typename).toBe(name);
  });

  test('answers InvalidInput, where there are arguments', async () => {
    expect(wrong ? (await execute({}, wrong)).__typename : 'InvalidInput').toBe('InvalidInput');
  });

  test('has no other member', () => {
    const reached = [thing, ...fails.map(({ name }) => name), ...(wrong ? ['InvalidInput'] : [])];
    expect(members(union)).toEqual(reached.sort());
  });
});

test('finding the practice fails as data, and is on record', async () => {
  for (const error of everywhere) {
    const { one, audit, sent } = fakeSqlHalo({ lookUpFails: error });
    expect((await one(documents.run, { input })).__typename).toBe(error.name);
    expect(sent).toEqual([]);
    expect(audit()).toMatchObject([
      { fields: { bpSiteId: '1001', haloGuid: null, code: expect.any(String) } },
    ]);
  }
});
