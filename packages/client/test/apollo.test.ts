import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { haloCache, haloRetryLink } from '../src/apollo.ts';
import { DayBookDocument, FlatDayBookDocument } from '../src/generated/documents/graphql.ts';
import { haloErrors } from '../src/index.ts';
import { date, openTestServer } from './facade.ts';

const server = openTestServer();
afterAll(() => server.close());
beforeEach(() => {
  server.fault = undefined;
  server.sent.length = 0;
});

const openClient = (link?: ApolloLink) => {
  const http = new HttpLink({ uri: server.url, fetch: server.fetch });
  return new ApolloClient({
    cache: new InMemoryCache(haloCache),
    link: link ? ApolloLink.from([link, http]) : http,
  });
};
const variables = { bpSiteId: '1001', date, first: 3 };
type Book = NonNullable<NonNullable<ReturnType<typeof connectionOf>>>;
// biome-ignore lint/suspicious/noExplicitAny: complete and partial data have the same shape
const connectionOf = (data: any): { edges: object[]; pageInfo: { endCursor: string } } =>
  data?.viewer?.practice?.appointmentsConnection;

test('two pages of a connection become one list', async () => {
  const client = openClient();
  const query = client.watchQuery({ query: FlatDayBookDocument, variables });
  const { data } = await query.refetch();
  const first: Book = connectionOf(data);
  await query.fetchMore({ variables: { after: first.pageInfo.endCursor } });
  const both = connectionOf(client.readQuery({ query: FlatDayBookDocument, variables }));
  expect(both.edges).toHaveLength(6);
  expect(both.edges.slice(0, 3)).toEqual(first.edges);
});

test('a failed poll is an error with its code, and the book stays on the screen and in the cache', async () => {
  const client = openClient();
  const query = client.watchQuery({ query: FlatDayBookDocument, variables });
  const onScreen: unknown[] = [];
  const subscription = query.subscribe(({ data }) => onScreen.push(connectionOf(data)?.edges.length));
  await query.refetch();
  server.fault = '1001:offline';
  const error = await query.refetch().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CombinedGraphQLErrors);
  expect(haloErrors(error)[0]?.code).toBe('SITE_UNAVAILABLE');
  expect(connectionOf(client.readQuery({ query: FlatDayBookDocument, variables })).edges).toHaveLength(3);
  expect(onScreen.at(-1)).toBe(3);
  subscription.unsubscribe();
});

test('fragments on HaloError match the members of a union', async () => {
  const client = openClient();
  const { data } = await client.query({
    query: DayBookDocument,
    variables: { ...variables, bpSiteId: 'none' },
  });
  expect(data?.practice).toMatchObject({ __typename: 'NotFound', code: 'NOT_FOUND' });
});

test('fields that two operations select of viewer are merged', async () => {
  const client = openClient();
  await client.query({ query: FlatDayBookDocument, variables });
  await client.query({ query: FlatDayBookDocument, variables: { ...variables, bpSiteId: '1002' } });
  expect(client.readQuery({ query: FlatDayBookDocument, variables })).not.toBeNull();
});

test('a query is sent again while its errors are retryable', async () => {
  const client = openClient(haloRetryLink({ delayMs: 5 }));
  server.fault = '1001:offline';
  const sent = client.query({ query: FlatDayBookDocument, variables }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(haloErrors(await sent)[0]?.retryable).toBe(true);
  expect(server.sent).toHaveLength(3);
});
