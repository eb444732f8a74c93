/** Requests, responses and global ids of SQL Passthrough. */
import DataLoader from 'dataloader';
import { describe, expect, test } from 'vitest';
import type { SqlQueryRecord } from '../../src/datasources/halo-cloud/sql/site-sql.ts';
import { NotFound, RateLimited } from '../../src/errors.ts';
import { guid } from './fake-halo.ts';
import {
  atSite,
  documents,
  failed,
  fakeSqlHalo,
  otherGuid,
  queryFields,
  queryId,
  queryRecord,
  registeredRecord,
} from './fake-sql-site.ts';

const site = { bpSiteId: '1001' };
const input = { site, command: { text: 'SELECT 1 AS A' } };
const registration = { ...input, name: 'sample', frequencySeconds: 60, durationSeconds: 600 };
const uuid = (number: number) => `22222222-0000-4000-8000-${String(number).padStart(12, '0')}`;
const pmsError = {
  message: "The practice's database rejected the request.",
  code: 'PMS_ERROR',
  retryable: false,
  errorType: 'mssql',
  errorCode: 208,
};

describe('runSql', () => {
  test('sends the command as it was given', async () => {
    const { one, sent } = fakeSqlHalo();
    const command = {
      text: '  BP_Sample ',
      type: 'STORED_PROCEDURE',
      executionMode: 'NON_QUERY',
      catalogue: 'Patients',
      parameters: [
        { name: '@a', type: 'NVarChar', value: ' x ' },
        { name: '@b', type: 'Int', value: null },
        { name: '@c', type: 'VarChar', direction: 'OUTPUT', size: 20 },
        { name: '@d', type: 'Int', direction: 'INPUT_OUTPUT', value: '7' },
        { name: '@e', direction: 'RETURN_VALUE' },
      ],
    };
    await one(documents.run, { input: { site: { haloGuid: otherGuid }, command, maxTimeInQueueMs: 500 } });
    expect(sent).toEqual([
      {
        method: 'run',
        haloGuid: otherGuid,
        args: [
          {
            text: '  BP_Sample ',
            type: 'storedProcedure',
            executionMode: 'nonQuery',
            catalogue: 'Patients',
            parameters: [
              { name: '@a', type: 'NVarChar', direction: 'input', value: ' x ', size: null },
              { name: '@b', type: 'Int', direction: 'input', value: null, size: null },
              { name: '@c', type: 'VarChar', direction: 'output', value: null, size: 20 },
              { name: '@d', type: 'Int', direction: 'inputOutput', value: '7', size: null },
              { name: '@e', type: 'Int', direction: 'returnValue', value: null, size: null },
            ],
          },
          500,
        ],
      },
    ]);
  });

  test('is a reader of plain text, without parameters, unless it says more', async () => {
    const { one, sent } = fakeSqlHalo();
    await one(documents.run, { input });
    expect(sent[0]?.args).toEqual([
      { text: 'SELECT 1 AS A', type: 'text', executionMode: 'reader', parameters: [], catalogue: null },
      null,
    ]);
  });

  test('answers rows with the values and the spelling of the database', async () => {
    const row = { Id: 1, name: 'Sample   ', big: '12345678901234567890', flag: true, none: null, '': 1.5 };
    const { one } = fakeSqlHalo({
      answers: {
        run: async () => ({
          id: queryId,
          rows: [row],
          rowCount: 1,
          rowsAffected: null,
          outputParameters: [
            { name: '@c', value: 'x' },
            { name: '@d', value: null },
          ],
          sqlExecutionMs: 12,
        }),
      },
    });
    expect((await one(documents.run, { input })).result).toEqual({
      id: queryId,
      rows: [row],
      rowCount: 1,
      rowsAffected: null,
      outputParameters: [
        { name: '@c', value: 'x' },
        { name: '@d', value: null },
      ],
      sqlExecutionMs: 12,
    });
  });

  const rows = (count: number, columns: number) => {
    const row = Object.fromEntries(Array.from({ length: columns }, (_, index) => [`C${index}`, 1]));
    return Array.from({ length: count }, () => row);
  };
  test.each([
    [400_000, 4, false],
    [400_000, 6, true],
  ])('%i rows of %i columns are too much for one operation: %s', async (count, columns, tooMuch) => {
    const { execute } = fakeSqlHalo({ answers: { page: async () => rows(count, columns) } });
    const page = `sqlQuery(id: "${queryId}") { ... on SqlQuery { page(number: 1) { ... on SqlResultPage { rows } } } }`;
    const answer = await execute(atSite(page), { haloGuid: guid });
    expect(answer.errors?.[0].extensions.code).toBe(tooMuch ? 'RESULT_TOO_LARGE' : undefined);
  });
});

describe('an async query', () => {
  test('is started, and its pages can be read in the same operation', async () => {
    const { one, sent } = fakeSqlHalo();
    const { query } = await one(
      `mutation ($input: StartSqlQueryInput!) { startSqlQuery(input: $input) { ... on StartSqlQueryPayload {
        query { status first: page(number: 1) { ... on SqlResultPage { number rows } }
          second: page(number: 2) { ... on SqlResultPage { number } } } } } }`,
      { input: { ...input, maxTimeInQueueMs: 7_200_000 } },
    );
    expect(query).toEqual({
      status: 'INITIALISING',
      first: { number: 1, rows: [{ A: 1 }] },
      second: { number: 2 },
    });
    expect(sent.map(({ method, args }) => [method, args.at(-1)])).toEqual([
      ['start', 7_200_000],
      ['page', 1],
      ['page', 2],
    ]);
  });

  test('may wait two hours, and no longer', async () => {
    const { one } = fakeSqlHalo();
    const answer = await one(documents.start, { input: { ...input, maxTimeInQueueMs: 7_200_001 } });
    expect(answer.issues).toMatchObject([{ path: ['input', 'maxTimeInQueueMs'] }]);
  });

  test('has all its fields, and its failure as data', async () => {
    const record: SqlQueryRecord = {
      ...queryRecord,
      status: 'EXECUTION_FAILED',
      pages: [],
      rowCount: null,
      error: { errorType: 'mssql', errorCode: 208 },
    };
    const { one } = fakeSqlHalo({ answers: { query: async () => record } });
    const { it } = await one(
      atSite(`it: sqlQuery(id: "${queryId}") { ... on SqlQuery { ${queryFields} } }`),
      {
        haloGuid: guid,
      },
    );
    expect(it).toEqual({ id: expect.any(String), ...record, error: pmsError });
  });

  test('that Halo Cloud does not know is NotFound, and null in a list', async () => {
    const query = async (id: string) => (id === uuid(2) ? null : { ...queryRecord, queryId: id });
    const { one } = fakeSqlHalo({ answers: { query } });
    const ids = [uuid(1), uuid(2), uuid(3).toUpperCase(), uuid(1)];
    const answer = await one(
      `query ($haloGuid: UUID!, $ids: [UUID!]!, $id: UUID!) { site(haloGuid: $haloGuid) { ... on Site {
        sqlQuery(id: $id) { ${failed} } sqlQueries(ids: $ids) { ... on SqlQueries { nodes { queryId } } } } } }`,
      { haloGuid: guid, ids, id: uuid(2) },
    );
    expect(answer.sqlQuery.code).toBe('NOT_FOUND');
    expect(answer.sqlQueries.nodes).toEqual([
      { queryId: uuid(1) },
      null,
      { queryId: uuid(3) },
      { queryId: uuid(1) },
    ]);
  });

  test('a thousand are requested in one tick, together with other requests of that tick', async () => {
    const batches: number[] = [];
    const loader = new DataLoader(async (ids: readonly string[]) => {
      batches.push(ids.length);
      return ids.map((id) => ({ ...queryRecord, queryId: id }));
    });
    const { execute, connections } = fakeSqlHalo({ answers: { query: (id) => loader.load(id) } });
    const ids = Array.from({ length: 1_000 }, (_, index) => uuid(index));
    const id = Buffer.from(`SqlQuery:GUID:${guid}:${uuid(3_000)}`).toString('base64');
    const answer = await execute(
      `query ($haloGuid: UUID!, $ids: [UUID!]!, $id: ID!) {
        node(id: $id) { id }
        site(haloGuid: $haloGuid) { ... on Site {
          sqlQuery(id: "${uuid(2_000)}") { __typename }
          sqlQueries(ids: $ids) { ... on SqlQueries { nodes { queryId status } } } } } }`,
      { haloGuid: guid, ids, id },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.site.sqlQueries.nodes).toHaveLength(1_000);
    expect(batches).toEqual([1_002]);
    expect(connections()).toBe(1);
  });

  test('twenty pages are read in one operation, and no more', async () => {
    const { execute, sent } = fakeSqlHalo();
    const document = `query ($haloGuid: UUID!, $ids: [UUID!]!) { site(haloGuid: $haloGuid) { ... on Site {
      sqlQueries(ids: $ids) { ... on SqlQueries { nodes { page(number: 1) { __typename
        ... on ResultTooLarge { queryId } } } } } } } }`;
    const ids = Array.from({ length: 21 }, (_, index) => uuid(index));
    for (const _ of ['the first', 'another']) {
      sent.length = 0;
      const { data } = await execute(document, { haloGuid: guid, ids });
      expect(sent.filter(({ method }) => method === 'page')).toHaveLength(20);
      expect(data.site.sqlQueries.nodes.at(-1).page).toEqual({
        __typename: 'ResultTooLarge',
        queryId: uuid(20),
      });
    }
  });

  test('more than a thousand are not requested, nor invalid ids', async () => {
    const { one, sent } = fakeSqlHalo();
    const document = `query ($haloGuid: UUID!, $ids: [UUID!]!) { site(haloGuid: $haloGuid) { ... on Site {
      sqlQueries(ids: $ids) { ${failed} } } } }`;
    const requested = async (ids: string[]) =>
      (await one(document, { haloGuid: guid, ids })).sqlQueries.issues.map(
        ({ path }: { path: string[] }) => path,
      );
    expect(await requested(Array.from({ length: 1_001 }, (_, index) => uuid(index)))).toEqual([['ids']]);
    expect(await requested([uuid(1), 'x', uuid(2), ''])).toEqual([
      ['ids', '1'],
      ['ids', '3'],
    ]);
    expect(sent).toEqual([]);
  });
});

describe('a registered query', () => {
  test('is registered with its command, and read back', async () => {
    const { one, sent } = fakeSqlHalo();
    const { registeredQuery } = await one(documents.register, { input: registration });
    expect(registeredQuery).toEqual({ id: expect.any(String), ...registeredRecord });
    expect(sent.map(({ method, args }) => [method, ...args])).toEqual([
      [
        'register',
        {
          name: 'sample',
          frequencySeconds: 60,
          durationSeconds: 600,
          command: { text: 'SELECT 1 AS A', type: 'text', executionMode: 'reader', parameters: [] },
        },
      ],
      ['registeredQuery', queryId],
    ]);
  });

  test.each([new NotFound(), new RateLimited(3)])(
    'is not lost when it cannot be read back: $name',
    async (error) => {
      const { one } = fakeSqlHalo({ answers: { registeredQuery: () => Promise.reject(error) } });
      const { registeredQuery } = await one(documents.register, { input: registration });
      expect(registeredQuery).toMatchObject({
        queryId,
        status: 'ENABLED',
        durationSeconds: 600,
        createdAt: null,
      });
    },
  );

  test.each([
    ['frequencySeconds', { frequencySeconds: 59 }],
    ['durationSeconds', { durationSeconds: 86_401 }],
    ['durationSeconds', { frequencySeconds: 600, durationSeconds: 599 }],
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(201) }],
    ['command.catalogue', { command: { ...input.command, catalogue: 'Patients' } }],
  ])('is refused for its %s', async (path, given) => {
    const { one, sent } = fakeSqlHalo();
    const { issues } = await one(documents.register, { input: { ...registration, ...given } });
    expect(issues).toMatchObject([{ path: ['input', ...path.split('.')] }]);
    expect(sent).toEqual([]);
  });

  test.each([
    { frequencySeconds: 60, durationSeconds: 60 },
    { frequencySeconds: 86_400, durationSeconds: 86_400 },
    { name: 'x'.repeat(200) },
  ])('is registered at its limits', async (given) => {
    const { one } = fakeSqlHalo();
    const answer = await one(documents.register, { input: { ...registration, ...given } });
    expect(answer.__typename).toBe('RegisterSqlQueryPayload');
  });

  test('is listed with its last error and its latest result', async () => {
    const record = {
      ...registeredRecord,
      lastError: { errorType: 'mssql', errorCode: 208 },
      lastHash: 'abc',
    };
    const { one } = fakeSqlHalo({ answers: { registeredQueries: async () => [record] } });
    const { registeredSqlQueries } = await one(
      atSite(`registeredSqlQueries { ... on RegisteredSqlQueries { nodes { queryId lastHash
        lastError { message code retryable errorType errorCode } result { ... on SqlResult { rows rowCount } } } } }`),
      { haloGuid: otherGuid },
    );
    expect(registeredSqlQueries.nodes).toEqual([
      { queryId, lastHash: 'abc', lastError: pmsError, result: { rows: [{ A: 1 }], rowCount: 1 } },
    ]);
  });

  describe('is cancelled', () => {
    const globalId = (type: string, haloGuid: string) =>
      Buffer.from(`${type}:GUID:${haloGuid}:${queryId}`).toString('base64');
    const cancel = async (id: string, answers = {}) => {
      const { one, sent } = fakeSqlHalo({ answers });
      const answer = await one(documents.cancel, { input: { site, queryId: id } });
      return { answer, methods: sent.map(({ method }) => method) };
    };

    test.each([queryId, queryId.toUpperCase(), globalId('RegisteredSqlQuery', guid)])('by %s', async (id) => {
      const read = [registeredRecord, { ...registeredRecord, status: 'CANCELLED' as const }];
      const { answer, methods } = await cancel(id, { registeredQuery: async () => read.shift() });
      expect(answer.registeredQuery).toMatchObject({ queryId, name: 'sample', status: 'CANCELLED' });
      expect(methods).toEqual(['registeredQuery', 'cancelRegistered', 'registeredQuery']);
    });

    test('also where Halo Cloud forgets it at once', async () => {
      let reads = 0;
      const { answer } = await cancel(queryId, {
        registeredQuery: async () => {
          reads += 1;
          if (reads > 1) throw new NotFound();
          return registeredRecord;
        },
      });
      expect(answer.registeredQuery).toMatchObject({ name: 'sample', status: 'CANCELLED' });
    });

    test.each([
      ['another site', globalId('RegisteredSqlQuery', otherGuid), /another site/],
      ['an async query', globalId('SqlQuery', guid), /not of a RegisteredSqlQuery/],
      [
        'a patient',
        Buffer.from('Patient:BEST_PRACTICE:1001:7').toString('base64'),
        /not of a RegisteredSqlQuery/,
      ],
      ['nothing', 'x', /UUID/],
    ])('not by an id of %s', async (_of, id, message) => {
      const { answer, methods } = await cancel(id);
      expect(answer.issues).toEqual([
        { path: ['input', 'queryId'], message: expect.stringMatching(message) },
      ]);
      expect(methods).toEqual([]);
    });

    test('not when it is not there', async () => {
      const { answer, methods } = await cancel(queryId, {
        registeredQuery: () => Promise.reject(new NotFound()),
      });
      expect(answer.code).toBe('NOT_FOUND');
      expect(methods).toEqual(['registeredQuery']);
    });
  });
});

describe('global ids', () => {
  const id = (text: string) => Buffer.from(text).toString('base64');

  test.each(['SqlQuery', 'RegisteredSqlQuery'])('lead back to a %s, at its one site', async (type) => {
    const global = id(`${type}:GUID:${otherGuid}:${queryId}`);
    const { one, sent } = fakeSqlHalo();
    expect(await one(documents.node, { id: global })).toEqual({ __typename: type, id: global });
    expect(sent.map(({ haloGuid }) => haloGuid)).toEqual([otherGuid]);
  });

  test('are null where there is no such query', async () => {
    const { execute } = fakeSqlHalo({
      answers: { query: async () => null, registeredQuery: () => Promise.reject(new NotFound()) },
    });
    for (const type of ['SqlQuery', 'RegisteredSqlQuery']) {
      const answer = await execute(documents.node, { id: id(`${type}:GUID:${guid}:${queryId}`) });
      expect(answer.errors).toBeUndefined();
      expect(answer.data.node).toBeNull();
    }
  });

  test.each([
    `SqlQuery:BEST_PRACTICE:1001:${queryId}`,
    `SqlQuery:GUID:${guid}`,
    `SqlQuery:GUID:1001:${queryId}`,
    `SqlQuery:GUID:${guid}:7`,
    `SqlQuery:GUID:${guid}:${queryId.replace('1', 'A')}`,
    `RegisteredSqlQuery:GUID:${guid}:${queryId}:1`,
    `Patient:GUID:${guid}:7`,
  ])('%s is none', async (text) => {
    const { execute, sent } = fakeSqlHalo();
    const answer = await execute(documents.node, { id: id(text) });
    expect(answer.errors[0].extensions.code).toBe('INVALID_INPUT');
    expect(sent).toEqual([]);
  });
});
