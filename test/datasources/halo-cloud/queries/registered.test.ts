import { describe, expect, it } from 'vitest';
import { failureOf, wireError } from '../kit.ts';
import { base64, cloudOf, command, parameter, queryA, wireQuery } from './kit.ts';

const path = `registered/${queryA}`;
const { catalogue: _, ...select } = command('SELECT COUNT(*) AS N FROM PATIENTS WHERE ID > @p', {
  parameters: [parameter({})],
});
const registration = { name: 'Synthetic watch', frequencySeconds: 60, durationSeconds: 120, command: select };
const enabled = {
  id: queryA.toUpperCase(),
  name: 'Synthetic watch',
  registeredQueryType: 'query',
  status: 'enabled',
  frequency: 60,
  duration: 120,
  createdAt: '2026-05-27T05:23:40.983Z',
  lastHash: 'dOFA',
  metrics: { executionSucceededCount: 1, lastSucceededAt: '2026-05-27T05:23:46.836Z' },
};
const failedThrice = {
  ...enabled,
  status: 'completed',
  lastHash: '',
  completedAt: '2026-05-27T04:59:54.226Z',
  lastErrorDetails: { errorType: 'mssql', errorCode: 2812, errorMessage: "Could not find 'selct'." },
  metrics: { executionFailedCount: 3, lastFailedAt: '2026-05-27T04:59:54.226Z' },
};

describe('a registered query', () => {
  it('is created by one charged call', async () => {
    const cloud = cloudOf(() => [202, { id: queryA.toUpperCase() }]);
    const { sql, cost } = cloud.open();
    expect(await sql.register(registration)).toBe(queryA);
    expect(cloud.sent).toEqual([
      {
        method: 'POST',
        path: 'registered',
        body: {
          name: 'Synthetic watch',
          registeredQueryType: 'query',
          frequency: 60,
          duration: 120,
          registerCommand: {
            command: {
              text: select.text,
              type: 'text',
              executionMode: 'reader',
              parameters: [{ name: '@p', direction: 'input', type: 'Int', value: '7' }],
            },
          },
        },
      },
    ]);
    expect(cost()).toMatchObject({ calls: 1, charged: 1 });
  });

  it.each([
    [504, wireError(504, 'x'), 'OUTCOME_UNKNOWN'],
    [202, {}, 'OUTCOME_UNKNOWN'],
    [400, wireError(400, 'frequency'), 'UPSTREAM_FAILED'],
    [503, wireError(503, 'x'), 'SITE_UNAVAILABLE'],
  ])('may have been created, or was not: %i %j', async (status, body, code) => {
    const cloud = cloudOf(() => [status, body]);
    expect(await failureOf(cloud.open().sql.register(registration))).toMatchObject({ code });
  });

  it('is read with its errors, alone and in the list', async () => {
    const cloud = cloudOf((request) =>
      request.path === 'registered'
        ? [200, { registeredQueries: [enabled, failedThrice] }]
        : [200, failedThrice],
    );
    const { sql, cost } = cloud.open();
    const [first, second] = await sql.registeredQueries();
    expect(first).toEqual({
      queryId: queryA,
      name: 'Synthetic watch',
      status: 'ENABLED',
      frequencySeconds: 60,
      durationSeconds: 120,
      createdAt: '2026-05-27T05:23:40Z',
      completedAt: null,
      lastSucceededAt: '2026-05-27T05:23:46Z',
      lastFailedAt: null,
      lastHash: 'dOFA',
      lastError: null,
    });
    expect(second).toMatchObject({
      status: 'COMPLETED',
      lastHash: null,
      lastFailedAt: '2026-05-27T04:59:54Z',
      lastError: { errorType: 'mssql', errorCode: 2812 },
    });
    expect(await sql.registeredQuery(queryA)).toEqual(second);
    expect(cost()).toMatchObject({ calls: 2, charged: 0 });
  });

  it('that is unknown is not found', async () => {
    const cloud = cloudOf(() => [404, wireError(404, 'no such')]);
    const { sql } = cloud.open();
    expect(await failureOf(sql.registeredQuery(queryA))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(sql.registeredResult(queryA))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(sql.cancelRegistered(queryA))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('gives its latest result', async () => {
    const cloud = cloudOf(() => [200, { data: base64([{ N: 3 }]), parameters: null, rows: 1, size: 9 }]);
    expect(await cloud.open().sql.registeredResult(queryA)).toEqual({
      id: queryA,
      rows: [{ N: 3 }],
      rowCount: 1,
      rowsAffected: null,
      outputParameters: [],
      sqlExecutionMs: null,
    });
  });

  it('has no result before the first run', async () => {
    const cloud = cloudOf(() => [204, undefined]);
    expect(await failureOf(cloud.open().sql.registeredResult(queryA))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('cancelling a registered query', () => {
  it('is one call that is not charged', async () => {
    const cloud = cloudOf(() => [204, undefined]);
    const { sql, cost } = cloud.open();
    expect(await sql.cancelRegistered(queryA)).toBeUndefined();
    expect(cloud.paths()).toEqual([`DELETE ${path}`]);
    expect(cost()).toMatchObject({ calls: 1, charged: 0 });
  });

  it.each([
    [404, 'cancelled'],
    [409, 'cancelled'],
    [400, 'completed'],
    [504, 'cancelled'],
    [200, 'cancelled'],
  ])('answered with %i is done where the query says %s', async (status, now) => {
    const cloud = cloudOf(({ method }) =>
      method === 'DELETE'
        ? [status, status === 200 ? '' : wireError(status, 'x')]
        : [200, { ...enabled, status: now }],
    );
    await cloud.open().sql.cancelRegistered(queryA);
    expect(cloud.paths()).toEqual([`DELETE ${path}`, `GET ${path}`]);
  });

  it.each([
    [504, 200, 'OUTCOME_UNKNOWN'],
    [504, 500, 'OUTCOME_UNKNOWN'],
    [409, 200, 'UPSTREAM_FAILED'],
  ])('answered with %i is not done where the query says %i enabled', async (status, read, code) => {
    const cloud = cloudOf(({ method }) =>
      method === 'DELETE' ? [status, wireError(status, 'x')] : [read, enabled],
    );
    expect(await failureOf(cloud.open().sql.cancelRegistered(queryA))).toMatchObject({ code });
  });
});

describe('an async query', () => {
  const update = command('UPDATE t SET a = 1', { executionMode: 'nonQuery', catalogue: 'Patients' });

  it('is started by one charged call', async () => {
    const cloud = cloudOf(() => [201, wireQuery(queryA, 'initialising')]);
    const { sql, cost } = cloud.open();
    expect(await sql.start(update, 60_000)).toMatchObject({ queryId: queryA, status: 'INITIALISING' });
    expect(cloud.sent[0]).toMatchObject({
      path: 'async',
      body: { command: { executionMode: 'nonQuery' }, maxTimeInQueue: 60_000, catalogue: 'Patients' },
    });
    expect(cost()).toMatchObject({ calls: 1, charged: 1 });
  });

  it.each([
    [504, wireError(504, 'x'), { code: 'OUTCOME_UNKNOWN' }],
    [201, { id: queryA }, { code: 'OUTCOME_UNKNOWN' }],
    [503, wireError(503, 'Site is unreachable'), { code: 'SITE_UNAVAILABLE', availability: 'UNREACHABLE' }],
    [400, { errorDetails: { errorType: 'mssql', errorCode: 102 } }, { code: 'PMS_ERROR', errorCode: 102 }],
  ])('may have been started, or was not: %i %j', async (status, body, error) => {
    const cloud = cloudOf(() => [status, body]);
    const { sql, cost } = cloud.open();
    expect(await failureOf(sql.start(update, null))).toMatchObject(error);
    expect(cost()).toMatchObject({ calls: 1, charged: status === 503 ? 0 : 1 });
  });
});
