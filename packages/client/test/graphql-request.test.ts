import { GraphQLClient } from 'graphql-request';
import { afterAll, expect, test } from 'vitest';
import { FlatDayBookDocument } from '../src/generated/documents/graphql.ts';
import { haloQueryDefaults, haloRequestConfig } from '../src/graphql-request.ts';
import { HaloGraphError } from '../src/index.ts';
import { date, openTestServer } from './facade.ts';

const server = openTestServer();
afterAll(() => server.close());
const client = new GraphQLClient(server.url, { ...haloRequestConfig, fetch: server.fetch });
const variables = { bpSiteId: '1001', date, first: 3 };

test('a read answers its data, a failed one throws the typed error', async () => {
  const { viewer } = await client.request(FlatDayBookDocument, variables);
  expect(viewer.practice?.appointmentsConnection?.edges).toHaveLength(3);
  server.fault = '1001:offline';
  const error = await client.request(FlatDayBookDocument, variables).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(HaloGraphError);
  expect(error).toMatchObject({ code: 'SITE_UNAVAILABLE' });
  const { retry } = haloQueryDefaults();
  expect([retry(0, error), retry(1, error), retry(2, error)]).toEqual([true, true, false]);
});
