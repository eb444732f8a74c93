/** Relay as it comes: the compiler over a small project, the runtime over what it made. */
import relay, { type ConcreteRequest, type ReaderFragment } from 'relay-runtime';
import { afterAll, expect, test } from 'vitest';
import { haloFetch } from '../src/relay.ts';
import { date, openTestServer } from './facade.ts';
import { compileRelayProject } from './projects/relay-artifacts.ts';

const {
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getSingularSelector,
  Network,
  RecordSource,
  Store,
} = relay;
const artifacts = compileRelayProject();
const server = openTestServer();
afterAll(async () => {
  artifacts.remove();
  await server.close();
});

test('a connection is paged by node, and a failed poll leaves the book in the store', async () => {
  const query = await artifacts.load<ConcreteRequest>('operationsBookQuery');
  const page = await artifacts.load<ConcreteRequest>('operationsBookPageQuery');
  const fragment = await artifacts.load<ReaderFragment>('operations_book');
  const environment = new Environment({
    network: Network.create(haloFetch({ url: server.url, fetch: server.fetch })),
    store: new Store(new RecordSource()),
  });
  const variables = { bpSiteId: '1001', date };
  const operation = createOperationDescriptor(query, variables);
  environment.retain(operation);
  // biome-ignore lint/suspicious/noExplicitAny: of artifacts made at run time no types are known
  const read = (): any => {
    // biome-ignore lint/suspicious/noExplicitAny: the same
    const { viewer } = environment.lookup(operation.fragment).data as any;
    const selector = getSingularSelector(fragment, viewer.practice);
    // biome-ignore lint/suspicious/noExplicitAny: the same
    const data = selector && (environment.lookup(selector).data as any);
    return { practice: viewer.practice, connection: data?.appointmentsConnection };
  };
  await fetchQuery(environment, query, variables).toPromise();
  const { practice, connection } = read();
  expect(connection.edges).toHaveLength(3);
  await fetchQuery(environment, page, {
    id: practice.id,
    date,
    count: 3,
    cursor: connection.pageInfo.endCursor,
  }).toPromise();
  expect(read().connection.edges).toHaveLength(6);

  server.fault = '1001:offline';
  await expect(fetchQuery(environment, query, variables).toPromise()).rejects.toMatchObject({
    code: 'SITE_UNAVAILABLE',
  });
  expect(read().connection.edges).toHaveLength(6);
});
