/** One selection can select a field of one name on several union members: GraphQL allows that for equal types only. */
import { isObjectType, isUnionType, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';

const unions = Object.values(schema.getTypeMap()).filter(isUnionType);

test('no union has two members with a field of one name and different types, deprecated fields excepted', () => {
  const clashes = unions.flatMap((union) => {
    const typeOf = new Map<string, string>();
    return union
      .getTypes()
      .filter(isObjectType)
      .flatMap((member) => Object.values(member.getFields()))
      .filter(({ deprecationReason }) => deprecationReason === undefined)
      .filter(({ name, type }) => {
        const known = typeOf.get(name) ?? String(type);
        typeOf.set(name, known);
        return known !== String(type);
      })
      .map(({ name }) => `${union.name}.${name}`);
  });
  expect(unions.length).toBeGreaterThan(35);
  expect(clashes).toEqual([]);
});

test.each([
  '{ site(haloGuid: "x") { ... on SiteUnavailable { haloGuid } ... on AuthoritativeServerChanged { haloGuid bpSiteId } ... on PracticeIdentityChanged { bpSiteId } } }',
  '{ practice(bpSiteId: "1") { ... on Practice { appointment(pmsId: "1") { ... on Appointment { reason } ... on AccessDenied { deniedBecause } } } } }',
  '{ site(haloGuid: "x") { ... on Site { sqlQuery(id: "x") { ... on SqlQuery { queryId } ... on QueryTimedOut { asyncQueryId } } } } }',
])('%s is valid', (query) => {
  expect(validate(schema, parse(query))).toEqual([]);
});
