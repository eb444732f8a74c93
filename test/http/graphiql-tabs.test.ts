import { Kind, parse, print, validate } from 'graphql';
import { expect, test } from 'vitest';
import { graphiqlTabs, nextWeekday } from '../../src/http/graphiql-tabs.ts';
import { schema } from '../../src/schema/index.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';

test.each([
  ['a Friday evening in Sydney', '2026-11-27T12:59:00Z', '2026-11-27'],
  ['the Saturday that begins while UTC has Friday', '2026-11-27T13:01:00Z', '2026-11-30'],
  ['a Sunday', '2026-11-29T02:00:00Z', '2026-11-30'],
])('the day of %s', (_when, instant, date) => {
  expect(nextWeekday(Date.parse(instant))).toBe(date);
});

const tabs = graphiqlTabs(Date.parse('2026-11-23T00:00:00Z'));

test('nine tabs, the welcome first', () => {
  expect(tabs.map(({ query }) => /(?:query|subscription) (\w+)/.exec(query)?.[1])).toEqual([
    'Welcome',
    'DayBook',
    'FreeSlots',
    'PatientSearch',
    'TimesToBook',
    'LiveBook',
    'SqlAtSite',
    'MovedPractice',
    'OfflinePractice',
  ]);
});

/** Each operation as GraphiQL sends it: with all fragments of its tab, used or not, and all of its variables. */
const sentByGraphiql = tabs.flatMap(({ query, variables, headers }) => {
  const { definitions } = parse(query);
  return definitions
    .filter((each) => each.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const operationName = operation.name?.value;
      const fragments = definitions.filter(({ kind }) => kind !== Kind.OPERATION_DEFINITION);
      const document = print({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments] });
      return {
        operationName,
        query: document,
        variables: JSON.parse(variables),
        headers: JSON.parse(headers),
      };
    });
});

test('E1: fourteen operations in the tabs', () => {
  expect(sentByGraphiql.map(({ operationName }) => operationName)).toEqual([
    ...['Welcome', 'DayBook', 'FreeSlots', 'PatientSearch'],
    ...['TimesToBook', 'BookAppointment', 'MoveAppointment', 'CancelAppointment'],
    'LiveBook',
    ...['SqlAtSite', 'RunSql', 'StartSql'],
    ...['MovedPractice', 'OfflinePractice'],
  ]);
});

test.each(sentByGraphiql)('E1: $operationName is valid and answers, as GraphiQL sends it', async (sent) => {
  const { headers, ...body } = sent;
  expect(validate(schema, parse(body.query))).toEqual([]);
  // The browser's test runs it: it has no end.
  if (body.query.startsWith('subscription')) return;
  const { request } = fakeHalo({ practices: { '1001': {}, '1005': {}, '1007': {} } });
  const response = await request({ ...body, extensions: {} }, headers as Record<string, string>);
  const answer = await response.json();
  expect(response.status).toBe(200);
  for (const { message } of answer.errors ?? []) expect(message).not.toMatch(/fragment|variable/i);
  if (!body.query.startsWith('mutation')) expect(answer.errors).toBeUndefined();
});

test('no line is too long for the editor of a laptop', () => {
  const lines = tabs.flatMap(({ query }) => query.split('\n'));
  expect(lines.filter((line) => line.length > 50)).toEqual([]);
});
