/** Page by page is the whole list, once each, in order, by both sources. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Facade, openFacade } from '../open-facade.ts';

const facades: Readonly<Record<string, Facade>> = {
  sql: openFacade({ source: 'sql-passthrough' }),
  fhir: openFacade({ source: 'bp-premier' }),
};
afterAll(() => Promise.all(Object.values(facades).map((facade) => facade.close())));

const lists: readonly (readonly [string, string, number])[] = [
  ['appointments', 'from: "2026-11-24"', 17],
  ['patients', 'search: { name: "sa" }', 5],
  ['users', 'active: null', 3],
  ['locations', '', 1],
];
const query = (
  field: string,
  args: string,
) => `query Page($first: Int, $after: String) { practice(bpSiteId: "1004") {
  ... on Practice { list: ${field}(${args} first: $first, after: $after) { __typename
    ... on AppointmentConnection { ...A } ... on PatientConnection { ...P } ... on UserConnection { ...U } ... on LocationConnection { ...L } } } } }
  fragment A on AppointmentConnection { edges { cursor node { pmsId } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } }
  fragment P on PatientConnection { edges { cursor node { pmsId } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } }
  fragment U on UserConnection { edges { cursor node { pmsId } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } }
  fragment L on LocationConnection { edges { cursor node { pmsId } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } }`;

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly pmsId: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

describe.each(Object.keys(facades))('by %s', (name) => {
  const facade = facades[name] as Facade;

  it.each(lists)('%s', async (field, args, size) => {
    // Only the list's own fragment may be spread.
    const own = { appointments: 'A', patients: 'P', users: 'U', locations: 'L' }[field] as string;
    const text = query(field, args)
      .replace(/\.\.\. on (\w+)Connection \{ \.\.\.(\w) \}/g, (spread, _, letter) =>
        letter === own ? spread : '',
      )
      .replace(/fragment (\w) on .*\n?/g, (fragment, letter) => (letter === own ? fragment : ''));
    const execute = async (first: number | null, after: string | null): Promise<Connection> => {
      const { data, errors } = await facade.execute(text, { first, after });
      expect(errors).toBeUndefined();
      return data.practice.list;
    };
    const whole = (await execute(null, null)).edges.map(({ node }) => node.pmsId);
    expect(whole.length).toBeGreaterThan(size);
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 50; page += 1) {
      const { edges, pageInfo }: Connection = await execute(size, after);
      expect(pageInfo.hasPreviousPage).toBe(page > 0);
      expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
      seen.push(...edges.map(({ node }) => node.pmsId));
      if (!pageInfo.hasNextPage) break;
      expect(edges).toHaveLength(size);
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(whole);
  });
});
