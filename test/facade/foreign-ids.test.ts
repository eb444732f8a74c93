/** Ids that are not numbers, as FHIR servers may have them. Each source gets only the ids that it can hold. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Facade, openFacade } from '../open-facade.ts';

const uuid = '3f1c2d9e-0000-4000-8000-00000000abcd';
const facades: Facade[] = [];
const open = (source: 'auto' | 'sql-passthrough' | 'bp-premier') => {
  const facade = openFacade({ source });
  facades.push(facade);
  return facade;
};
afterAll(() => Promise.all(facades.map((facade) => facade.close())));

const query = `{ practice(bpSiteId: "1001") { ... on Practice {
  patient(pmsId: "${uuid}") { __typename } user(pmsId: "${uuid}") { __typename } } } }`;
const notFound = { patient: { __typename: 'NotFound' }, user: { __typename: 'NotFound' } };

describe('G14: an id that is no number', () => {
  it('costs nothing by SQL Passthrough, where no row can have it', async () => {
    const answer = await open('sql-passthrough').execute(query);
    expect(answer.data.practice).toEqual(notFound);
    expect(answer.cost.charged).toBe(0);
  });

  it.each(['auto', 'bp-premier'] as const)('is requested from the Bp Premier API: %s', async (source) => {
    const answer = await open(source).execute(query);
    expect(answer.data.practice).toEqual(notFound);
    expect(answer.calls.filter((call) => call.endsWith('_search'))).toHaveLength(2);
    expect(answer.calls.some((call) => call.includes('queries'))).toBe(false);
  });
});
