/** Relay as it comes: the compiler over a small project, the runtime over what it made. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import relay, { type ConcreteRequest, type ReaderFragment } from 'relay-runtime';
import { afterAll, expect, test } from 'vitest';
import { haloFetch } from '../src/relay.ts';
import { date, openTestServer } from './facade.ts';

const {
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getSingularSelector,
  Network,
  RecordSource,
  Store,
} = relay;
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'halo-relay-'));
const server = openTestServer();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

cpSync(at('projects/relay/operations.ts'), join(folder, 'src/operations.js'));
cpSync(at('../schema.graphql'), join(folder, 'schema.graphql'));
mkdirSync(join(folder, 'made'));
cpSync(at('projects/relay/relay.config.json'), join(folder, 'relay.config.json'));
execFileSync(process.execPath, [at('../node_modules/relay-compiler/cli.js'), 'relay.config.json'], {
  cwd: folder,
  stdio: 'pipe',
});

async function artifact<T>(name: string): Promise<T> {
  const text = readFileSync(join(folder, 'made', `${name}.graphql.js`), 'utf8');
  // A refetchable fragment names the query that reads it again; nothing here follows that.
  const alone = text
    .replace(/^import .*$/gm, 'const operationsBookPageQuery_graphql = undefined;')
    .replace(/require\([^)]*\)/g, 'undefined');
  const module = (await import(`data:text/javascript,${encodeURIComponent(alone)}`)) as { default: T };
  return module.default;
}

test('a connection is paged by node, and a failed poll leaves the book in the store', async () => {
  const query = await artifact<ConcreteRequest>('operationsBookQuery');
  const page = await artifact<ConcreteRequest>('operationsBookPageQuery');
  const fragment = await artifact<ReaderFragment>('operations_book');
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
