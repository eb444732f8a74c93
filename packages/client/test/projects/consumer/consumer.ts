// What a front end writes: compiled against the packed package under several module resolutions.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { GraphQLClient } from 'graphql-request';
import type { HaloErrorCode, HaloErrorDetails } from 'halo-graph-client';
import { type HaloGraphError, haloErrors, possibleTypes, unwrap } from 'halo-graph-client';
import { haloCache, haloRetryLink } from 'halo-graph-client/apollo';
import {
  BookAppointmentDocument,
  DayBookDocument,
  type DayBookQuery,
  FlatDayBookDocument,
} from 'halo-graph-client/documents';
import { haloQueryDefaults, haloRequestConfig } from 'halo-graph-client/graphql-request';
import { introspection } from 'halo-graph-client/introspection';
import { answerWith, failWith } from 'halo-graph-client/msw';
import { haloFetch } from 'halo-graph-client/relay';
import { haloCacheOptions, haloClientOptions } from 'halo-graph-client/urql';
import { Network } from 'relay-runtime';

const url = 'https://halo-graph.example/graphql';
const variables = { bpSiteId: '1001', date: '2026-11-24' };

export const apollo = new ApolloClient({
  cache: new InMemoryCache(haloCache),
  link: ApolloLink.from([haloRetryLink(), new HttpLink({ uri: url })]),
});
export const urql = new Client({
  url,
  exchanges: [cacheExchange(haloCacheOptions), fetchExchange],
  ...haloClientOptions,
});
export const network = Network.create(haloFetch({ url, headers: () => ({ authorization: 'Bearer …' }) }));
export const request = new GraphQLClient(url, haloRequestConfig);
export const defaults = { queries: haloQueryDefaults({ attempts: 2 }) };
export const schema = [introspection.__schema.types.length, possibleTypes.HaloError];

export async function names(): Promise<readonly string[]> {
  const { data } = await apollo.query({ query: FlatDayBookDocument, variables });
  const edges = data?.viewer.practice?.appointmentsConnection?.edges ?? [];
  return edges.map(({ node }) => node.patient?.fullName ?? 'No patient');
}

export async function book() {
  const { practice } = await request.request(DayBookDocument, variables);
  const { nodes } = unwrap(unwrap(practice).appointments);
  // @ts-expect-error: a practice has no such field
  unwrap(practice).nothing;
  return nodes.map(({ start }) => start);
}

export function headline(error: HaloGraphError): string {
  const { details } = error;
  switch (details.type) {
    case 'SiteUnavailable':
      return `Back in ${details.retryAfterSeconds ?? 'some'} seconds`;
    case 'InvalidInput':
      return details.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ');
    case 'AccessDenied':
      return details.deniedBecause;
    default:
      return error.message;
  }
}

export const first: HaloErrorCode | undefined = haloErrors(new Error())[0]?.code;
// @ts-expect-error: no such code
export const wrong: HaloErrorCode = 'NO_SUCH_CODE';
export const details: Partial<HaloErrorDetails> = { code: 'SLOT_TAKEN' };

type Practice = Extract<DayBookQuery['practice'], { readonly __typename: 'Practice' }>;
export const bookOf = (practice: Practice) => practice.appointments.__typename;

export const handlers = [
  answerWith(FlatDayBookDocument, { viewer: { id: 'viewer', practice: null } }),
  // @ts-expect-error: data of another operation
  answerWith(BookAppointmentDocument, { viewer: null }),
  failWith(FlatDayBookDocument, ['viewer', 'practice'], { code: 'SITE_UNAVAILABLE', retryable: true }),
];
