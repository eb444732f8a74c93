import { parse, validate } from 'graphql';
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

test('seven tabs, the day book first', () => {
  expect(tabs.map(({ query }) => /query (\w+)/.exec(query)?.[1])).toEqual([
    'DayBook',
    'FreeSlots',
    'PatientSearch',
    'TimesToBook',
    'SqlAtSite',
    'MovedPractice',
    'OfflinePractice',
  ]);
});

test.each(tabs.map((tab) => [/query (\w+)/.exec(tab.query)?.[1], tab] as const))(
  '%s is valid and answers',
  async (_name, tab) => {
    expect(validate(schema, parse(tab.query))).toEqual([]);
    const { request } = fakeHalo({ practices: { '1001': {}, '1005': {}, '1007': {} } });
    const headers = JSON.parse(tab.headers) as Record<string, string>;
    const answer = await (
      await request(
        {
          query: tab.query,
          variables: JSON.parse(tab.variables),
          operationName: /query (\w+)/.exec(tab.query)?.[1],
        },
        headers,
      )
    ).json();
    expect(answer.errors).toBeUndefined();
  },
);

test('no line is too long for the editor of a laptop', () => {
  const lines = tabs.flatMap(({ query }) => query.split('\n'));
  expect(lines.filter((line) => line.length > 50)).toEqual([]);
});
