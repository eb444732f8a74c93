import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import { failureOf, fakeHalo, fhirPath, guidA, openSqlSite, origin } from '../halo-cloud/kit.ts';
import { maxCallsOf } from '../source-members.ts';
import { patient } from './resources.ts';

type Totals = Readonly<Record<string, number>>;

/** A page of 500. The patients of different search parameters have different ids. */
function pageOf(parameter: string, page: number, total: number) {
  const from = page * 500;
  const count = Math.min(500, total - from);
  const prefix = parameter === 'given' ? 'g' : 'f';
  const entry = Array.from({ length: count }, (_, n) => ({
    resource: patient(`${prefix}${from + n}`, 'Testcrowd', 'Testcrowd'),
    search: { mode: 'match' },
  }));
  const next = [{ relation: 'next', url: `Patient?of=${parameter}&page=${page + 1}` }];
  return { resourceType: 'Bundle', total, entry, link: from + count < total ? next : [] };
}

/** A practice whose server supports these search parameters, with a number of matches for each. */
async function practiceWith(totals: Totals) {
  const halo = fakeHalo();
  const statement = {
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    rest: [
      {
        mode: 'server',
        resource: [
          {
            type: 'Patient',
            interaction: [{ code: 'search-type' }],
            searchParam: Object.keys(totals).map((name) => ({ name })),
          },
        ],
      },
    ],
  };
  halo.answer('GET', fhirPath(guidA, 'metadata'), 200, statement);
  halo.agent
    .get(origin)
    .intercept({ path: (path) => path.startsWith(fhirPath(guidA, 'Patient')), method: () => true })
    .reply(({ method, path, body }) => {
      const sent = method === 'POST' ? new URLSearchParams(String(body)) : new URL(path, origin).searchParams;
      const parameter = sent.get('of') ?? Object.keys(totals).find((name) => sent.has(name)) ?? '';
      return {
        statusCode: 200,
        data: pageOf(parameter, Number(sent.get('page') ?? 0), totals[parameter] ?? 0),
        responseOptions: { headers: { 'content-type': 'application/json' } },
      };
    })
    .persist();
  const { session } = openSqlSite(halo.halo, { registry: [{ bpSiteId: '1001', haloGuid: guidA }] });
  const operation = session();
  const practice = createBpPremier(await operation.practice('BEST_PRACTICE', '1001'));
  return { practice, charged: () => operation.cost().charged };
}

const query = { search: { name: 'testcrowd' }, fields: {}, limit: 10 };

describe('a patient search', () => {
  it.each<[string, Totals]>([
    ['one search', { name: 10_000 }],
    ['family and given', { family: 10_000, given: 10_000 }],
    ['family and given, five pages together', { family: 1_200, given: 600 }],
  ])('with too many pages stops at its price: %s', async (_which, totals) => {
    const { practice, charged } = await practiceWith(totals);
    expect(await failureOf(practice.data.patients(query))).toMatchObject({
      code: 'RESULT_TOO_LARGE',
      message: 'Too many patients match. Enter more details.',
    });
    expect(charged()).toBeLessThanOrEqual(maxCallsOf(practice, { method: 'patients', query }));
  });

  it.each<[Totals, number]>([
    [{ name: 2_000 }, 4],
    [{ family: 1_500, given: 500 }, 4],
    [{ family: 3, given: 0 }, 2],
  ])('reads all matches of %j', async (totals, pages) => {
    const { practice, charged } = await practiceWith(totals);
    const { limit: _, ...all } = query;
    const matches = Object.values(totals).reduce((sum, each) => sum + each, 0);
    expect(await practice.data.patients(all)).toHaveLength(matches);
    expect(charged()).toBe(pages);
  });
});
