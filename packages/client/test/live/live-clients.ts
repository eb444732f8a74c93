/** The clients that can hold a live book, each set up as docs/live.md says. */
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, fetchExchange } from '@urql/core';
import { EventSource } from 'eventsource';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import relay, { type GraphQLResponse, type GraphQLTaggedNode, type RequestParameters } from 'relay-runtime';
import { WebSocket } from 'ws';
import { haloCache } from '../../src/apollo.ts';

// Apollo's link expects it, as browsers have it.
globalThis.WebSocket ??= WebSocket as never;

const { Environment, Network, Observable, RecordSource, requestSubscription, Store } = relay;

export interface Entry {
  readonly id: string;
  readonly reason: string | null;
}

/** What `bookText` selects of an event. */
export interface BookEvent {
  readonly __typename: string;
  readonly cursor?: string;
  readonly appointments?: readonly Entry[];
  readonly changes?: readonly { readonly kind: string; readonly appointment: Entry }[];
  readonly reason?: string;
  readonly code?: string;
}

export interface BookVariables {
  readonly bpSiteId: string;
  readonly from: string;
}

export interface Subscriber {
  readonly url: string;
  readonly variables: BookVariables;
  /** Compiled by Relay. */
  readonly relayBook: GraphQLTaggedNode;
  onEvent(event: BookEvent): void;
  onError(error: unknown): void;
}

type Open = (subscriber: Subscriber) => () => void;

const selection = `
  __typename
  ... on AppointmentBookSnapshot { cursor appointments { id reason } }
  ... on AppointmentBookChanged { cursor changes { kind appointment { id reason } } }
  ... on AppointmentBookGap { reason }
  ... on HaloError { code }`;
const bookText = `subscription LiveBook($bpSiteId: ID!, $from: Date!) {
  appointmentBook(bpSiteId: $bpSiteId, from: $from) {${selection} }
}`;
const webSocketUrl = (url: string) => url.replace(/^http/, 'ws');

interface Data {
  readonly appointmentBook: BookEvent;
}

function apollo(link: (url: string) => HttpLink | GraphQLWsLink): Open {
  return ({ url, variables, onEvent, onError }) => {
    const client = new ApolloClient({ link: link(url), cache: new InMemoryCache(haloCache) });
    const subscription = client.subscribe<Data>({ query: gql(bookText), variables }).subscribe({
      next: ({ data, error }) => (data ? onEvent(data.appointmentBook) : onError(error)),
      error: onError,
    });
    return () => {
      subscription.unsubscribe();
      client.stop();
    };
  };
}

function relayBySse(singleConnection: boolean): Open {
  return ({ url, variables, relayBook, onEvent, onError }) => {
    let closed = false;
    const events = createSseClient({ url, singleConnection });
    const subscribe = ({ text, name }: RequestParameters, values: object) =>
      Observable.create<GraphQLResponse>((sink) =>
        events.subscribe(
          { query: text ?? '', operationName: name, variables: { ...values } },
          {
            next: (result) => sink.next(result as GraphQLResponse),
            error: (error) => void (closed || sink.error(error as Error)),
            complete: () => sink.complete(),
          },
        ),
      );
    const environment = new Environment({
      network: Network.create(() => {
        throw new Error('Only subscriptions are sent.');
      }, subscribe),
      store: new Store(new RecordSource()),
    });
    const { dispose } = requestSubscription(environment, {
      subscription: relayBook,
      variables,
      onNext: (data) => onEvent((data as Data).appointmentBook),
      onError,
    });
    return () => {
      closed = true;
      dispose();
    };
  };
}

export const liveClients: readonly { readonly name: string; readonly open: Open }[] = [
  { name: 'Apollo Client 4, HttpLink', open: apollo((uri) => new HttpLink({ uri })) },
  {
    name: 'Apollo Client 4, GraphQLWsLink',
    open: apollo((url) => new GraphQLWsLink(createWsClient({ url: webSocketUrl(url) }))),
  },
  {
    name: 'urql 5, fetchSubscriptions',
    open({ url, variables, onEvent, onError }) {
      const client = new Client({
        url,
        exchanges: [fetchExchange],
        fetchSubscriptions: true,
        preferGetMethod: false,
      });
      const { unsubscribe } = client
        .subscription<Data>(bookText, variables)
        .subscribe(({ data, error }) => (data ? onEvent(data.appointmentBook) : onError(error)));
      return unsubscribe;
    },
  },
  { name: 'Relay 21, graphql-sse with distinct connections', open: relayBySse(false) },
  { name: 'Relay 21, graphql-sse with a single connection', open: relayBySse(true) },
  {
    name: 'EventSource',
    open({ url, variables: { bpSiteId, from }, onEvent, onError }) {
      const query = `subscription { appointmentBook(bpSiteId: "${bpSiteId}", from: "${from}") {${selection} } }`;
      const source = new EventSource(`${url}?${new URLSearchParams({ query })}`);
      source.addEventListener('next', ({ data }) => onEvent(JSON.parse(data).data.appointmentBook));
      source.addEventListener('error', onError);
      return () => source.close();
    },
  },
];
