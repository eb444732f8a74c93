/** The steps of each client. All clients run the same operations, so that their requests can be compared. */
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { GraphQLClient } from 'graphql-request';
import relay, { type ConcreteRequest } from 'relay-runtime';

export interface Conversation {
  readonly client: string;
  readonly does: string;
  /** Gives `data`, as the client hands it on. */
  run(url: string): Promise<unknown>;
}

const viewer = 'query Viewer { viewer { name } }';
const practice = `query Practice($bpSiteId: ID!) {
  practice(bpSiteId: $bpSiteId) { __typename ... on Practice { name } }
}`;
const cancellation = `mutation Cancel($input: CancelAppointmentInput!) {
  cancelAppointment(input: $input) { __typename }
}`;
const site = { bpSiteId: '1001' };
const input = { bpSiteId: '1001', appointmentId: '2147483647' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const apollo = (link: ApolloLink, more: Partial<ApolloClient.Options> = {}) =>
  new ApolloClient({ link, cache: new InMemoryCache(), ...more });
const dataOf = async (answer: Promise<{ data?: unknown; error?: unknown }>): Promise<unknown> => {
  const { data, error } = await answer;
  if (error) throw error;
  return data;
};

const ofApollo: readonly [string, (url: string) => Promise<unknown>][] = [
  ['a query', (url) => dataOf(apollo(new HttpLink({ uri: url })).query({ query: gql(viewer) }))],
  [
    'a query with variables, by a client with a name and a version',
    (url) =>
      dataOf(
        apollo(new HttpLink({ uri: url }), {
          clientAwareness: { name: 'reception', version: '1.2.3' },
        }).query({ query: gql(practice), variables: site }),
      ),
  ],
  [
    'a mutation',
    (url) =>
      dataOf(
        apollo(new HttpLink({ uri: url })).mutate({ mutation: gql(cancellation), variables: { input } }),
      ),
  ],
  [
    'a query with headers of its own',
    (url) =>
      dataOf(
        apollo(
          new HttpLink({
            uri: url,
            headers: { 'apollo-require-preflight': 'true', 'x-request-id': 'recorded-1' },
          }),
        ).query({ query: gql(viewer) }),
      ),
  ],
  [
    'a query, by a client that knows @defer',
    (url) =>
      dataOf(
        apollo(new HttpLink({ uri: url }), { incrementalHandler: new Defer20220824Handler() }).query({
          query: gql(viewer),
        }),
      ),
  ],
  [
    'a query by GET',
    (url) => dataOf(apollo(new HttpLink({ uri: url, useGETForQueries: true })).query({ query: gql(viewer) })),
  ],
  [
    'a query with variables by GET',
    (url) =>
      dataOf(
        apollo(new HttpLink({ uri: url, useGETForQueries: true })).query({
          query: gql(practice),
          variables: site,
        }),
      ),
  ],
  [
    'a persisted query',
    (url) =>
      dataOf(
        apollo(ApolloLink.from([new PersistedQueryLink({ sha256 }), new HttpLink({ uri: url })])).query({
          query: gql(practice),
          variables: site,
        }),
      ),
  ],
  [
    'a persisted query, its hash by GET',
    (url) =>
      dataOf(
        apollo(
          ApolloLink.from([
            new PersistedQueryLink({ sha256, useGETForHashedQueries: true }),
            new HttpLink({ uri: url }),
          ]),
        ).query({ query: gql(viewer) }),
      ),
  ],
];

const urql = (url: string, more: Partial<ConstructorParameters<typeof Client>[0]> = {}) =>
  new Client({ url, exchanges: [fetchExchange], ...more });
const ofUrql: readonly [string, (url: string) => Promise<unknown>][] = [
  ['a query', (url) => dataOf(urql(url).query(viewer, {}).toPromise())],
  ['a query with variables', (url) => dataOf(urql(url).query(practice, site).toPromise())],
  [
    'a query with variables, preferGetMethod: false',
    (url) => dataOf(urql(url, { preferGetMethod: false }).query(practice, site).toPromise()),
  ],
  ['a mutation', (url) => dataOf(urql(url).mutation(cancellation, { input }).toPromise())],
  [
    'a persisted query',
    (url) =>
      dataOf(
        urql(url, { exchanges: [persistedExchange({}), fetchExchange] })
          .query(viewer, {})
          .toPromise(),
      ),
  ],
  [
    'a persisted query with variables, by POST',
    (url) =>
      dataOf(
        urql(url, {
          preferGetMethod: false,
          exchanges: [persistedExchange({ preferGetForPersistedQueries: false }), fetchExchange],
        })
          .query(practice, site)
          .toPromise(),
      ),
  ],
];

/** As Relay's documentation has it. */
function ofRelay(
  text: string,
  name: string,
  operationKind: 'query' | 'mutation',
  variables: Record<string, unknown>,
) {
  return async (url: string): Promise<unknown> => {
    let answered: unknown;
    const environment = new relay.Environment({
      store: new relay.Store(new relay.RecordSource()),
      network: relay.Network.create(async (request, given) => {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ query: request.text, variables: given }),
        });
        const answer = await response.json();
        answered = answer.data;
        return answer;
      }),
    });
    const artifact = requestOf(text, name, operationKind, Object.keys(variables));
    if (operationKind === 'query') await relay.fetchQuery(environment, artifact, variables).toPromise();
    else {
      await new Promise<void>((onCompleted, onError) => {
        relay.commitMutation(environment, {
          mutation: artifact,
          variables,
          onCompleted: () => onCompleted(),
          onError,
        });
      });
    }
    return answered;
  };
}

/** What relay-compiler writes, but for the selections, which concern the store alone. */
function requestOf(
  text: string,
  name: string,
  operationKind: 'query' | 'mutation',
  variables: readonly string[],
): ConcreteRequest {
  const argumentDefinitions = variables.map((each) => ({
    kind: 'LocalArgument',
    name: each,
    defaultValue: null,
  }));
  return {
    kind: 'Request',
    fragment: { kind: 'Fragment', name, type: 'Query', metadata: null, argumentDefinitions, selections: [] },
    operation: { kind: 'Operation', name, argumentDefinitions, selections: [] },
    params: { id: null, cacheID: sha256(text), text, name, operationKind, metadata: {} },
  } as ConcreteRequest;
}

const graphqlRequest: readonly [string, (url: string) => Promise<unknown>][] = [
  ['a query', (url) => new GraphQLClient(url).request(viewer)],
  ['a query without a name', (url) => new GraphQLClient(url).request('{ viewer { name } }')],
  ['a query with variables', (url) => new GraphQLClient(url).request(practice, site)],
  ['a mutation', (url) => new GraphQLClient(url).request(cancellation, { input })],
  ['a query by GET', (url) => new GraphQLClient(url, { method: 'GET' }).request(viewer)],
  [
    'a query with variables by GET',
    (url) => new GraphQLClient(url, { method: 'GET' }).request(practice, site),
  ],
];

const graphiql =
  (params: { query: string; operationName?: string | null; variables?: object }) =>
  async (url: string): Promise<unknown> => {
    const fetcher = createGraphiQLFetcher({ url, fetch });
    // biome-ignore lint/suspicious/noExplicitAny: what it gives depends on the operation
    let answer: any = await fetcher(params as never);
    if (Symbol.asyncIterator in answer) for await (const part of answer) answer = part;
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
const ofGraphiql: readonly [string, (url: string) => Promise<unknown>][] = [
  ['a query', graphiql({ query: viewer, operationName: 'Viewer' })],
  ['a query with an operationName of null', graphiql({ query: '{ viewer { name } }', operationName: null })],
  ['a query with variables', graphiql({ query: practice, operationName: 'Practice', variables: site })],
  [
    'the chosen one of several operations',
    graphiql({ query: `${viewer}\n${practice}`, operationName: 'Practice', variables: site }),
  ],
];

const all = (client: string, list: readonly (readonly [string, Conversation['run']])[]): Conversation[] =>
  list.map(([does, run]) => ({ client, does, run }));

export const conversations: readonly Conversation[] = [
  ...all('Apollo Client 4', ofApollo),
  ...all('urql 5', ofUrql),
  ...all('Relay 21', [
    ['a query', ofRelay(viewer, 'Viewer', 'query', {})],
    ['a query with variables', ofRelay(practice, 'Practice', 'query', site)],
    ['a mutation', ofRelay(cancellation, 'Cancel', 'mutation', { input })],
  ]),
  ...all('graphql-request 7', graphqlRequest),
  ...all('GraphiQL', ofGraphiql),
];
