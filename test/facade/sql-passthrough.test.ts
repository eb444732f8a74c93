/** SQL as it is, from GraphQL to the practice's database: the three modes, their lives, and what they cost. */
import { afterAll, describe, expect, it } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { startSandbox } from '../../sandbox/server/start.ts';
import { openFacade } from '../open-facade.ts';
import { sandboxToday } from '../sandbox-today.ts';

const sandbox = await startSandbox({ today: sandboxToday });
const facade = openFacade({ baseUrl: sandbox.url });
afterAll(async () => {
  await facade.close();
  await sandbox.close();
});

const bpSiteId = '9001';
const site = { bpSiteId };
const guidOf = (id: string) => practices.find((each) => each.bpSiteId === id)?.haloGuid ?? '';
const failure =
  '... on HaloError { code message ... on QueryTimedOut { queryId } ... on InvalidInput { issues { path } } }';
const header = (fault: string | undefined): Record<string, string> =>
  fault ? { 'x-sandbox-fault': `${bpSiteId}:${fault}` } : {};

const run = async (command: object, fault?: string, at: object = site) => {
  const answer = await facade.execute(
    `mutation ($input: RunSqlInput!) { it: runSql(input: $input) { __typename
      ... on RunSqlPayload { result { id rows rowCount rowsAffected outputParameters { name value } } } ${failure} } }`,
    { input: { site: at, command } },
    header(fault),
  );
  expect(answer.errors).toBeUndefined();
  return { ...answer, it: answer.data.it };
};
const start = async (command: object, fault?: string): Promise<string> => {
  const answer = await facade.execute(
    `mutation ($input: StartSqlQueryInput!) { it: startSqlQuery(input: $input) { __typename
      ... on StartSqlQueryPayload { query { queryId status } } ${failure} } }`,
    { input: { site, command } },
    header(fault),
  );
  expect(answer.data.it.query, answer.text).toMatchObject({ status: 'INITIALISING' });
  return answer.data.it.query.queryId;
};
const read = async (id: string, fields: string, fault?: string) => {
  const answer = await facade.execute(
    `query ($id: UUID!) { practice(bpSiteId: "${bpSiteId}") { ... on Practice { site { sqlQuery(id: $id) { __typename
      ... on SqlQuery { status ${fields} } ${failure} } } } } }`,
    { id },
    header(fault),
  );
  expect(answer.errors, answer.text).toBeUndefined();
  return { ...answer, it: answer.data.practice.site.sqlQuery };
};
const page = (number: number) =>
  `page(number: ${number}) { __typename ... on SqlResultPage { number rows } ${failure} }`;

const types = {
  text: 'SELECT APPOINTMENTCODE AS code FROM APPOINTMENTTYPES WHERE APPOINTMENTCODE < 3 ORDER BY 1',
};
const twoTypes = [{ code: 1 }, { code: 2 }];
const wide = {
  text: "SELECT TOP (8500) a.RECORDID AS id, REPLICATE('x', 980) AS filler FROM APPOINTMENTS a CROSS JOIN TITLES t",
};

describe('runSql', () => {
  it('answers rows, what was changed, and one value', async () => {
    expect((await run(types)).it.result).toMatchObject({ rows: twoTypes, rowCount: 2, rowsAffected: null });
    const text = 'UPDATE DAYSAWAY SET AWAYREASON = AWAYREASON WHERE USERID = @user';
    const changed = await run({
      text,
      executionMode: 'NON_QUERY',
      parameters: [{ name: '@user', type: 'Int', value: '2' }],
    });
    expect(changed.it.result).toMatchObject({ rows: null, rowsAffected: expect.any(Number) });
    const scalar = await run({ text: 'SELECT COUNT(*) FROM TITLES', executionMode: 'SCALAR' });
    expect(scalar.it.result.rows).toEqual([{ Column1: expect.any(Number) }]);
    expect(scalar.cost).toMatchObject({ charged: 1 });
  });

  it('calls a stored procedure, with what it returns', async () => {
    const answer = await run({
      text: 'BP_IsAppointmentBooked',
      type: 'STORED_PROCEDURE',
      executionMode: 'NON_QUERY',
      parameters: [
        { name: '@userid', type: 'Int', value: '2' },
        { name: '@aptdate', type: 'Date', value: '2027-11-23' },
        { name: '@apttime', type: 'Int', value: '32400' },
        { name: '@booked', type: 'Int', direction: 'RETURN_VALUE' },
      ],
    });
    expect(answer.it.result.outputParameters).toEqual([{ name: '@booked', value: '0' }]);
  });

  it('reaches a Zedmed site by its Halo GUID', async () => {
    const answer = await run({ text: 'SELECT 1 AS one' }, undefined, { haloGuid: guidOf('ZED-2001') });
    expect(['RunSqlPayload', 'PmsError']).toContain(answer.it.__typename);
    expect(answer.cost.charged).toBe(1);
  });

  it.each(['413-immediate', '504-immediate'])(
    '%s: a read goes on as an async query, and both are counted',
    async (fault) => {
      const answer = await run(types, fault);
      expect(answer.it.result?.rows, answer.text).toEqual(twoTypes);
      expect(answer.cost.charged).toBe(2);
    },
  );

  it.each(['413-immediate', '504-immediate'])('%s: what may have written never goes on', async (fault) => {
    const answer = await run(
      { text: 'UPDATE DAYSAWAY SET AWAYREASON = AWAYREASON', executionMode: 'NON_QUERY' },
      fault,
    );
    expect(answer.it.code).toBe('OUTCOME_UNKNOWN');
    expect(answer.cost.charged).toBe(1);
  });

  it('more than an immediate query carries is read through its pages', async () => {
    const answer = await run(wide);
    expect(answer.it.result?.rowCount, answer.text.slice(0, 500)).toBe(8_500);
    expect(answer.it.result.rows).toHaveLength(8_500);
    expect(answer.cost.charged).toBe(2);
  });

  it('the practice reads go on likewise', async () => {
    const query = `{ practice(bpSiteId: "${bpSiteId}") { ... on Practice { appointments(from: "2026-11-23") { __typename
      ... on AppointmentConnection { nodes { pmsId patient { fullName } } } } } } }`;
    const usual = await facade.execute(query);
    const promoted = await facade.execute(query, {}, header('413-immediate'));
    expect(promoted.data).toEqual(usual.data);
    expect([usual.cost.charged, promoted.cost.charged]).toEqual([1, 2]);
  });
});

describe('async queries', () => {
  it('a page is waited for, and read', async () => {
    const id = await start(wide);
    const { it: query, cost } = await read(id, `rowCount ${page(1)} last: ${page(8)} none: ${page(99)}`);
    expect(query.page.rows[0], JSON.stringify(query).slice(0, 300)).toEqual({
      id: expect.any(Number),
      filler: 'x'.repeat(980),
    });
    expect(query.none.code).toBe('NOT_FOUND');
    expect(cost.charged).toBe(0);
    const { it: after } = await read(id, 'rowCount completedAt pages { number status rowCount sizeBytes }');
    expect(after).toMatchObject({ status: 'SUCCESSFUL', rowCount: 8_500 });
    const rows = after.pages.reduce((sum: number, { rowCount }: { rowCount: number }) => sum + rowCount, 0);
    expect(rows).toBe(8_500);
  });

  const stages = ['initialising', 'queued', 'executing', 'uploading'];
  it.each(stages)('shows itself %s', async (stage) => {
    const id = await start(types, `stuck-${stage}`);
    sandbox.advance(60_000);
    expect((await read(id, '')).it.status).toBe(stage.toUpperCase());
  });

  it.each([
    ['initialisationFailedCacheError', 'INITIALISATION_FAILED_CACHE_ERROR', 'UPSTREAM_FAILED'],
    ['initialisationFailedSiteOffline', 'INITIALISATION_FAILED_SITE_OFFLINE', 'SITE_UNAVAILABLE'],
    ['initialisationFailedSiteUnreachable', 'INITIALISATION_FAILED_SITE_UNREACHABLE', 'SITE_UNAVAILABLE'],
    ['expiredInQueue', 'EXPIRED_IN_QUEUE', 'QUERY_TIMED_OUT'],
    ['executionFailed', 'EXECUTION_FAILED', 'PMS_ERROR'],
    ['uploadFailed', 'UPLOAD_FAILED', 'UPSTREAM_FAILED'],
  ])('%s shows as its status, and in its pages as %s %s', async (fault, status, code) => {
    const id = await start(types, `fail-${fault}`);
    sandbox.advance(60_000);
    const { it: query } = await read(id, `error { errorType errorCode } ${page(1)}`);
    expect(query).toMatchObject({ status, page: { code } });
  });

  it('says what the database did not like', async () => {
    const id = await start({ text: 'SELECT NOTHING FROM NOWHERE' });
    const { it: query } = await read(id, `error { errorType errorCode } ${page(1)}`);
    expect(query.page.code).toBe('PMS_ERROR');
    expect((await read(id, 'error { errorType errorCode }')).it.error).toEqual({
      errorType: 'mssql',
      errorCode: 208,
    });
  });

  it('a result that is no longer kept has expired', async () => {
    const id = await start(types);
    expect((await read(id, page(1))).it.page.rows).toEqual(twoTypes);
    expect((await read(id, page(1), 'expired')).it.page.code).toBe('RESULT_EXPIRED');
  });

  it('past the deadline the query id is left to go on with', async () => {
    const executeWithin = async (deadlineMs: number) => {
      const hurried = openFacade({ baseUrl: sandbox.url, deadlineMs });
      const { data } = await hurried.execute(
        `mutation ($input: StartSqlQueryInput!) { it: startSqlQuery(input: $input) {
          ... on StartSqlQueryPayload { query { queryId ${page(1)} } } } }`,
        { input: { site, command: types } },
        header('stuck-queued'),
      );
      await hurried.close();
      return data.it.query;
    };
    // A busy machine may take longer to start it.
    const query = (await executeWithin(700)) ?? (await executeWithin(10_000));
    expect(query.page).toMatchObject({ code: 'QUERY_TIMED_OUT', queryId: query.queryId });
  });

  it('a thousand ids are one call', async () => {
    const started = await start(types);
    const ids = Array.from({ length: 1_000 }, (_, index) =>
      index === 500 ? started : `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    const answer = await facade.execute(
      `query ($ids: [UUID!]!) { site(haloGuid: "${guidOf(bpSiteId)}") { ... on Site { sqlQueries(ids: $ids) { ... on SqlQueries { nodes { queryId } } } } } }`,
      { ids },
    );
    const { nodes } = answer.data.site.sqlQueries;
    expect(nodes).toHaveLength(1_000);
    expect(nodes[500]).toEqual({ queryId: started });
    expect(nodes.filter((each: unknown) => each === null)).toHaveLength(999);
    expect(answer.calls.filter((call) => call.endsWith('/queries/status'))).toHaveLength(1);
    expect(answer.cost.charged).toBe(0);
  });
});

describe('registered queries', () => {
  const register = async (command: object, durationSeconds = 120, fault?: string) => {
    const input = { site, name: 'Sample', frequencySeconds: 60, durationSeconds, command };
    const answer = await facade.execute(
      `mutation ($input: RegisterSqlQueryInput!) { it: registerSqlQuery(input: $input) { __typename
        ... on RegisterSqlQueryPayload { registeredQuery { id queryId status } } ${failure}} }`,
      { input },
      header(fault),
    );
    return { ...answer, it: answer.data.it };
  };
  const look = async (id: string) => {
    const answer = await facade.execute(
      `query ($id: ID!) { node(id: $id) { ... on RegisteredSqlQuery { status lastSucceededAt lastFailedAt lastHash completedAt
        lastError { errorType errorCode } result { __typename ... on SqlResult { rows } ${failure} } } } }`,
      { id },
    );
    expect(answer.errors).toBeUndefined();
    return answer.data.node;
  };

  it('runs, is read, listed and cancelled', async () => {
    const { it: made, cost } = await register(types);
    expect(cost.charged).toBe(1);
    const { id, queryId } = made.registeredQuery;
    sandbox.advance(61_000);
    expect(await look(id)).toMatchObject({
      status: 'ENABLED',
      lastFailedAt: null,
      result: { rows: twoTypes },
    });
    const listed = await facade.execute(
      `{ practice(bpSiteId: "${bpSiteId}") { ... on Practice { site { registeredSqlQueries { ... on RegisteredSqlQueries { nodes { queryId } } } } } } }`,
    );
    expect(listed.data.practice.site.registeredSqlQueries.nodes).toContainEqual({ queryId });
    const cancelled = await facade.execute(
      `mutation ($input: CancelRegisteredSqlQueryInput!) { it: cancelRegisteredSqlQuery(input: $input) { __typename
        ... on CancelRegisteredSqlQueryPayload { registeredQuery { status } } ${failure} } }`,
      { input: { site, queryId: id } },
    );
    expect(cancelled.data.it.registeredQuery).toEqual({ status: 'CANCELLED' });
    expect((await look(id)).status).toBe('CANCELLED');
  });

  it('one that fails three times completes all the same, and says so', async () => {
    const { it: made } = await register({ text: 'SELECT NOTHING FROM NOWHERE' });
    const { id } = made.registeredQuery;
    sandbox.advance(61_000);
    expect(await look(id)).toMatchObject({
      status: 'ENABLED',
      lastError: { errorType: 'mssql', errorCode: 208 },
    });
    sandbox.advance(120_000);
    expect(await look(id)).toMatchObject({
      status: 'COMPLETED',
      lastSucceededAt: null,
      lastFailedAt: expect.any(String),
      completedAt: expect.any(String),
      result: { code: 'NOT_FOUND' },
    });
  });

  it('too often, or too long, is refused before anything is sent', async () => {
    const { it: answer, calls } = await register(types, 86_401);
    expect(answer.issues).toEqual([{ path: ['input', 'durationSeconds'] }]);
    expect(calls).toEqual([]);
  });
});
