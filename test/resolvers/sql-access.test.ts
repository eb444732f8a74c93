/** Access to SQL Passthrough, and its audit lines. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { AccessDenied, OutcomeUnknown, PmsError, QueryTimedOut } from '../../src/errors.ts';
import { everyScope } from '../../src/scopes.ts';
import { guid } from './fake-halo.ts';
import { atSite, documents, failed, fakeSqlHalo, otherGuid, queryId } from './fake-sql-site.ts';

const scopes = everyScope.filter((scope) => scope !== 'sql:run');
const text = "SELECT A FROM SAMPLE WHERE NAME = @name AND NOTE = 'Bartholomew'";
const parameters = [
  { name: '@name', type: 'NVarChar', value: 'Bartholomew Sample' },
  { name: '@since', type: 'Date', value: '1980-01-31' },
];
const command = { text, parameters };
const input = { site: { bpSiteId: '1001' }, command };
const registration = { ...input, name: 'sample', frequencySeconds: 60, durationSeconds: 600 };
const cancellation = { site: input.site, queryId };
const sha256 = createHash('sha256').update(text).digest('hex');
const mutations = [
  ['run', input, 'immediate'],
  ['start', input, 'async'],
  ['register', registration, 'registered'],
] as const;

test.each<[keyof typeof documents, object]>([
  ...mutations.map(([verb, given]): [typeof verb, object] => [verb, given]),
  ['cancel', cancellation],
])('%s needs the scope, and sends no request without it', async (verb, given) => {
  const { one, sent } = fakeSqlHalo({
    scopes,
    lookUpFails: new Error('not expected'),
  });
  expect(await one(documents[verb], { input: given })).toMatchObject({
    __typename: 'AccessDenied',
    reason: 'SCOPE_MISSING',
    retryable: false,
    message: expect.stringContaining('sql:run'),
  });
  expect(sent).toEqual([]);
});

test.each([
  `sqlQuery(id: "${queryId}")`,
  'sqlQuery(id: "not looked at")',
  `sqlQueries(ids: ["${queryId}"])`,
  'registeredSqlQueries',
])('Site.%s needs the scope', async (field) => {
  const { one, sent } = fakeSqlHalo({ scopes });
  const { it } = await one(atSite(`it: ${field} { ${failed} }`), { haloGuid: guid });
  expect(it).toMatchObject({ __typename: 'AccessDenied', message: expect.stringContaining('sql:run') });
  expect(sent).toEqual([]);
});

test.each(['SqlQuery', 'RegisteredSqlQuery'])('the node of a %s needs the scope', async (type) => {
  const id = Buffer.from(`${type}:GUID:${guid}:${queryId}`).toString('base64');
  const { execute, sent } = fakeSqlHalo({ scopes });
  const answer = await execute(documents.node, { id });
  expect(answer.data.node).toBeNull();
  expect(answer.errors[0].extensions.code).toBe('ACCESS_DENIED');
  expect(sent).toEqual([]);
});

test('a caller with nothing but sql:run may', async () => {
  const { one } = fakeSqlHalo({ scopes: ['sql:run'] });
  expect((await one(documents.run, { input })).__typename).toBe('RunSqlPayload');
});

test.each(mutations)(
  '%s is in the audit trail: caller, site, statement and outcome',
  async (verb, given, mode) => {
    const { one, audit } = fakeSqlHalo();
    await one(documents[verb], { input: given });
    expect(audit()).toEqual([
      {
        level: 'info',
        message: 'SQL',
        fields: {
          requestId: expect.stringMatching(/./),
          caller: 'tester',
          bpSiteId: '1001',
          haloGuid: guid,
          mode,
          sha256,
          parameters: ['@name', '@since'],
          queryId,
          rows: verb === 'run' ? 2 : null,
          rowsAffected: null,
          ms: expect.any(Number),
          code: 'OK',
        },
      },
    ]);
  },
);

test('what it changed is on record', async () => {
  const { one, audit } = fakeSqlHalo({
    answers: {
      run: async () => ({
        id: null,
        rows: null,
        rowCount: null,
        rowsAffected: 12,
        outputParameters: [],
        sqlExecutionMs: 1,
      }),
    },
  });
  await one(documents.run, { input: { ...input, site: { haloGuid: otherGuid } } });
  expect(audit()[0]?.fields).toMatchObject({
    haloGuid: otherGuid,
    rows: null,
    rowsAffected: 12,
    queryId: null,
  });
});

test.each([
  ['PMS_ERROR', new PmsError('mssql', 208)],
  ['QUERY_TIMED_OUT', new QueryTimedOut()],
  ['OUTCOME_UNKNOWN', new OutcomeUnknown(null)],
  ['ACCESS_DENIED', new AccessDenied('QUOTA_EXCEEDED')],
  ['INTERNAL_SERVER_ERROR', new Error('a bug')],
])('a failure is on record as %s', async (code, error) => {
  const { execute, audit } = fakeSqlHalo({ answers: { run: () => Promise.reject(error) } });
  await execute(documents.run, { input });
  expect(audit()).toMatchObject([{ fields: { code, sha256, haloGuid: guid, rows: null } }]);
});

test('an attempt that was not sent is on record, without names that are none', async () => {
  const odd = [...parameters, { name: 'Bartholomew', value: null }];
  const refused = fakeSqlHalo();
  await refused.one(documents.run, { input: { ...input, command: { text, parameters: odd } } });
  expect(refused.audit()).toMatchObject([
    { fields: { code: 'INVALID_INPUT', parameters: ['@name', '@since'], bpSiteId: null } },
  ]);
  const denied = fakeSqlHalo({ scopes });
  await denied.one(documents.run, { input });
  expect(denied.logged).toContainEqual(
    expect.objectContaining({
      fields: expect.objectContaining({ code: 'ACCESS_DENIED', field: 'Mutation.runSql', caller: 'tester' }),
    }),
  );
});

test('neither text nor values are in the log', async () => {
  const { execute, logged } = fakeSqlHalo({
    answers: { run: () => Promise.reject(new PmsError('mssql', 245, { detail: 'number 245' })) },
  });
  for (const given of [input, { ...input, command: { ...command, catalogue: ' ' } }]) {
    await execute(documents.run, { input: given });
  }
  expect(logged.length).toBeGreaterThan(2);
  expect(JSON.stringify(logged)).not.toMatch(/Bartholomew|1980|SELECT/);
});

test('reads of what runs are no statements', async () => {
  const { one, audit } = fakeSqlHalo();
  await one(atSite(`sqlQuery(id: "${queryId}") { __typename } registeredSqlQueries { __typename }`), {
    haloGuid: guid,
  });
  expect(audit()).toEqual([]);
});
