import { Client, cacheExchange as documentCache, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { FlatDayBookDocument, FreeSlotsDocument } from '../src/generated/documents/graphql.ts';
import { haloErrors } from '../src/index.ts';
import { haloCacheOptions, haloClientOptions, keepDataExchange } from '../src/urql.ts';
import { date, openTestServer } from './facade.ts';

const server = openTestServer();
afterAll(() => server.close());
beforeEach(() => {
  server.fault = undefined;
  server.sent.length = 0;
});
const openClient = () =>
  new Client({
    url: server.url,
    fetch: server.fetch,
    exchanges: [cacheExchange(haloCacheOptions), fetchExchange],
    ...haloClientOptions,
  });
const variables = { bpSiteId: '1001', date, first: 3 };

test('two pages become one list, nothing goes by GET, and Graphcache has nothing to warn of', async () => {
  const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const client = openClient();
  const first = await client.query(FlatDayBookDocument, variables).toPromise();
  const after = first.data?.viewer.practice?.appointmentsConnection?.pageInfo.endCursor ?? null;
  const both = await client.query(FlatDayBookDocument, { ...variables, after }).toPromise();
  expect(both.error).toBeUndefined();
  expect(both.data?.viewer.practice?.appointmentsConnection?.edges).toHaveLength(6);
  const slots = await client.query(FreeSlotsDocument, { bpSiteId: '1001', from: date, to: date }).toPromise();
  expect(slots.error).toBeUndefined();
  expect(new Set(server.sent)).toEqual(new Set(['POST']));
  expect(warnings.mock.calls).toEqual([]);
  warnings.mockRestore();
});

test('a failed read is an error with its code', async () => {
  server.fault = '1001:offline';
  const { error } = await openClient().query(FlatDayBookDocument, variables).toPromise();
  expect(haloErrors(error)[0]).toMatchObject({ code: 'SITE_UNAVAILABLE', retryable: true });
});

test.each([
  ['the document cache', documentCache],
  ['Graphcache', cacheExchange(haloCacheOptions)],
])('a failed poll keeps the book, with %s', async (_name, cache) => {
  const client = new Client({
    url: server.url,
    fetch: server.fetch,
    exchanges: [cache, keepDataExchange(), fetchExchange],
    ...haloClientOptions,
  });
  const book = await client.query(FlatDayBookDocument, variables).toPromise();
  server.fault = '1001:offline';
  const poll = await client
    .query(FlatDayBookDocument, variables, { requestPolicy: 'network-only' })
    .toPromise();
  expect(haloErrors(poll.error)[0]?.code).toBe('SITE_UNAVAILABLE');
  expect(poll.data).toEqual(book.data);
  const kept = await client
    .query(FlatDayBookDocument, variables, { requestPolicy: 'cache-only' })
    .toPromise();
  expect(kept.data).toEqual(book.data);
});
