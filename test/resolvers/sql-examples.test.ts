/** The saved operations of SQL Passthrough, unchanged, against the sandbox. */
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { graphiqlTabs } from '../../src/http/graphiql-tabs.ts';
import { openFacade } from '../open-facade.ts';

const operations = readFileSync(
  new URL('../../examples/operations/sql-passthrough.graphql', import.meta.url),
  'utf8',
);
const statement = {
  site: { bpSiteId: '1001' },
  command: {
    text: 'SELECT APPOINTMENTCODE, DESCRIPTION FROM APPOINTMENTTYPES WHERE APPOINTMENTLENGTH <= @seconds',
    parameters: [{ name: '@seconds', type: 'Int', value: '900' }],
  },
};
const facade = openFacade();
afterAll(() => facade.close());

test('RunSql answers rows for one charged call', async () => {
  const { data, errors, cost } = await facade.execute(operations, { statement }, {}, 'RunSql');
  expect(errors).toBeUndefined();
  expect(data.runSql.result.rows).toContainEqual({
    APPOINTMENTCODE: 1,
    DESCRIPTION: expect.stringMatching(/\w/),
  });
  expect(data.runSql.result.rowCount).toBe(data.runSql.result.rows.length);
  expect(cost.charged).toBe(1);
});

test('StartSqlQuery reads its first page, and SqlPage finds it again', async () => {
  const started = await facade.execute(operations, { query: statement }, {}, 'StartSqlQuery');
  expect(started.errors).toBeUndefined();
  const { query } = started.data.startSqlQuery;
  expect(query.page.rows.length).toBeGreaterThan(0);
  expect(started.cost.charged).toBe(1);
  const variables = { bpSiteId: '1001', queryId: query.queryId, number: 1 };
  const again = await facade.execute(operations, variables, {}, 'SqlPage');
  expect(again.data.practice.site.sqlQuery).toMatchObject({
    status: 'SUCCESSFUL',
    page: { rows: query.page.rows },
    error: null,
  });
  expect(again.cost.charged).toBe(0);
});

test('the tab of GraphiQL has operations that answer', async () => {
  const tab = graphiqlTabs(Date.now()).find(({ query }) => query.includes('RunSql'));
  for (const [name, path] of [
    ['SqlAtSite', ['practice', 'site', 'registeredSqlQueries', 'nodes']],
    ['RunSql', ['runSql', 'result', 'rows']],
    ['StartSql', ['startSqlQuery', 'query', 'page', 'rows']],
  ] as const) {
    const answer = await facade.execute(tab?.query ?? '', JSON.parse(tab?.variables ?? ''), {}, name);
    expect(answer.errors).toBeUndefined();
    expect(
      path.reduce((at, step) => at?.[step], answer.data),
      answer.text,
    ).toBeInstanceOf(Array);
  }
});
