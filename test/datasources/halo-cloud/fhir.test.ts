import { describe, expect, it } from 'vitest';
import { nextPath } from '../../../src/datasources/halo-cloud/fhir/fhir-calls.ts';
import type { PracticeConnection } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { unreadableEntry } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import type { KnownSite } from '../../../src/datasources/halo-cloud/sites/sites-directory.ts';
import { failureOf, fakeHalo, fhirPath, guidA, openSqlSite, origin } from './kit.ts';

const patient = (id: string) => ({ resource: { resourceType: 'Patient', id }, search: { mode: 'match' } });
const bundle = (entry: object[], next?: string) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry,
  ...(next && {
    link: [
      { relation: 'self', url: 'x' },
      { relation: 'next', url: next },
    ],
  }),
});

async function practiceAt(halo: ReturnType<typeof fakeHalo>): Promise<PracticeConnection> {
  const { session } = openSqlSite(halo.halo, { registry: [{ bpSiteId: '1001', haloGuid: guidA }] });
  return session().practice('BEST_PRACTICE', '1001');
}

describe('fhirSearch', () => {
  it('posts the parameters as a form and returns the matches, without included resources and outcomes', async () => {
    const halo = fakeHalo();
    halo.agent
      .get(origin)
      .intercept({
        method: 'POST',
        path: fhirPath(guidA, 'Patient/_search'),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'name=Invented%20One&birthdate=ge1980-01-01&_id=1%2C2',
      })
      .reply(
        200,
        bundle([
          patient('1'),
          { resource: { resourceType: 'Practitioner', id: '5' }, search: { mode: 'include' } },
          { resource: { resourceType: 'OperationOutcome', issue: [] }, search: { mode: 'outcome' } },
          { resource: { resourceType: 'OperationOutcome', issue: [] } },
          { resource: { resourceType: 'Basic' }, search: { mode: 'outcome' } },
          { fullUrl: 'no resource' },
        ]),
      );
    const practice = await practiceAt(halo);
    const found = await practice.fhirSearch('Patient', [
      ['name', 'Invented One'],
      ['birthdate', 'ge1980-01-01'],
      ['_id', '1,2'],
    ]);
    expect(found.map(({ resourceType, id }) => `${resourceType}/${id}`)).toEqual(['Patient/1']);
  });

  it('follows next on our own host and at our own site, one charged call a page', async () => {
    const halo = fakeHalo();
    halo.answer(
      'POST',
      fhirPath(guidA, 'Patient/_search'),
      200,
      bundle([patient('1')], `https://evil.example/base/integrator/sites/someone/fhir/R4/Patient?page=2`),
    );
    halo.answer('GET', fhirPath(guidA, 'Patient?page=2'), 200, bundle([patient('2')], 'Patient?page=3'));
    halo.answer('GET', fhirPath(guidA, 'Patient?page=3'), 200, bundle([patient('3')]));
    const { session } = openSqlSite(halo.halo, { registry: [{ bpSiteId: '1001', haloGuid: guidA }] });
    const operation = session();
    const practice = await operation.practice('BEST_PRACTICE', '1001');
    expect((await practice.fhirSearch('Patient', [])).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(operation.cost()).toMatchObject({ calls: 3, charged: 3 });
  });

  it.each([
    ['out of the FHIR API', 'https://halo.test/integrator/token?x=1'],
    ['out of it by dots', `/integrator/sites/${guidA}/fhir/R4/../../../../pair-site`],
    ['nowhere', 'http://'],
  ])('refuses a next link that leads %s', async (_where, next) => {
    const halo = fakeHalo();
    halo.answer('POST', fhirPath(guidA, 'Patient/_search'), 200, bundle([], next));
    expect(await failureOf((await practiceAt(halo)).fhirSearch('Patient', []))).toMatchObject({
      code: 'UPSTREAM_FAILED',
      retryable: false,
    });
  });

  it('refuses repeated next links and endless pages', async () => {
    const halo = fakeHalo();
    halo.answer('POST', fhirPath(guidA, 'Patient/_search'), 200, bundle([], 'Patient?page=2'));
    halo.answer('GET', fhirPath(guidA, 'Patient?page=2'), 200, bundle([], 'Patient?page=2'));
    const practice = await practiceAt(halo);
    expect(await failureOf(practice.fhirSearch('Patient', []))).toMatchObject({
      code: 'UPSTREAM_FAILED',
      detail: 'next link in a circle',
    });
    for (let page = 1; page <= 200; page += 1) {
      const next = bundle([], `Location?page=${page + 1}`);
      if (page === 1) halo.answer('POST', fhirPath(guidA, 'Location/_search'), 200, next);
      else halo.answer('GET', fhirPath(guidA, `Location?page=${page}`), 200, next);
    }
    expect(await failureOf(practice.fhirSearch('Location', []))).toMatchObject({ code: 'RESULT_TOO_LARGE' });
  });

  it('refuses a bundle with fewer matches than its total and no next page', async () => {
    const halo = fakeHalo();
    const of = (total: unknown, next?: string) => ({ ...bundle([patient('1')], next), total });
    const search = fhirPath(guidA, 'Patient/_search');
    halo.answer('POST', search, 200, of(2));
    const practice = await practiceAt(halo);
    expect(await failureOf(practice.fhirSearch('Patient', []))).toMatchObject({
      code: 'UPSTREAM_FAILED',
      detail: '1 of 2 matches, and no next page',
    });
    // The total is on every page, or lower than the matches: nothing is missing.
    halo.answer('POST', search, 200, of(2, 'Patient?page=2'));
    halo.answer('GET', fhirPath(guidA, 'Patient?page=2'), 200, of('2'));
    expect(await practice.fhirSearch('Patient', [])).toHaveLength(2);
    halo.answer('POST', search, 200, of(0));
    expect(await practice.fhirSearch('Patient', [])).toHaveLength(1);
  });

  it('G8: counts neither included resources nor those of other pages as matches of a page', async () => {
    const halo = fakeHalo();
    const search = fhirPath(guidA, 'Patient/_search');
    const included = { ...patient('9'), search: { mode: 'include' } };
    halo.answer('POST', search, 200, { ...bundle([patient('1'), included]), total: 2 });
    const practice = await practiceAt(halo);
    const incomplete = { code: 'UPSTREAM_FAILED', detail: '1 of 2 matches, and no next page' };
    expect(await failureOf(practice.fhirSearch('Patient', []))).toMatchObject(incomplete);

    halo.answer('POST', search, 200, { ...bundle([patient('1'), included]), total: 1 });
    expect(await practice.fhirSearch('Patient', [])).toMatchObject([{ id: '1' }]);

    halo.answer('POST', search, 200, { ...bundle([patient('1')], 'Patient?page=2'), total: 3 });
    halo.answer('GET', fhirPath(guidA, 'Patient?page=2'), 200, { ...bundle([patient('2')]), total: 3 });
    expect(await failureOf(practice.fhirSearch('Patient', []))).toMatchObject({
      detail: '2 of 3 matches, and no next page',
    });

    // One was deleted between the pages.
    halo.answer('POST', search, 200, { ...bundle([patient('1')], 'Patient?page=2'), total: 3 });
    halo.answer('GET', fhirPath(guidA, 'Patient?page=2'), 200, { ...bundle([patient('3')]), total: 2 });
    expect(await practice.fhirSearch('Patient', [])).toHaveLength(2);
  });

  it('accepts null for absent fields of a bundle', async () => {
    const halo = fakeHalo();
    const entry = [
      { resource: { resourceType: 'Patient', id: '1' }, search: null },
      { resource: { resourceType: 'Basic', id: null }, search: { mode: null } },
      { resource: null },
    ];
    const nulls = { resourceType: 'Bundle', total: null, entry, link: [{ relation: 'next', url: null }] };
    halo.answer('POST', fhirPath(guidA, 'Patient/_search'), 200, nulls);
    halo.answer('POST', fhirPath(guidA, 'Location/_search'), 200, {
      resourceType: 'Bundle',
      entry: null,
      link: null,
    });
    const practice = await practiceAt(halo);
    expect(await practice.fhirSearch('Patient', [])).toMatchObject([{ id: '1' }, { resourceType: 'Basic' }]);
    expect(await practice.fhirSearch('Location', [])).toEqual([]);
  });

  it.each([
    [
      'an OperationOutcome',
      { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'processing' }] },
    ],
    ['another resource', { resourceType: 'Patient' }],
  ])('takes %s inside a 200 for a failure', async (_what, body) => {
    const halo = fakeHalo();
    halo.answer('POST', fhirPath(guidA, 'Patient/_search'), 200, body);
    expect(await failureOf((await practiceAt(halo)).fhirSearch('Patient', []))).toMatchObject({
      code: 'UPSTREAM_FAILED',
    });
  });

  it.each([
    ['text', { resource: 'Patient/1' }],
    ['a number', 5],
    ['a resource without a type', { resource: { id: '1' } }],
    ['a resource whose id is no text', { resource: { resourceType: 'Patient', id: 1 } }],
  ])('C1: an entry that is %s does not cost the others', async (_what, entry) => {
    const halo = fakeHalo();
    const good = { resource: { resourceType: 'Patient', id: '1' } };
    const body = { resourceType: 'Bundle', entry: [entry, good] };
    halo.answer('POST', fhirPath(guidA, 'Patient/_search'), 200, body);
    expect(await (await practiceAt(halo)).fhirSearch('Patient', [])).toEqual([
      unreadableEntry,
      good.resource,
    ]);
  });
});

describe('fhirOperation', () => {
  it('sends a GET and returns the resources of the bundle', async () => {
    const halo = fakeHalo();
    halo.answer(
      'GET',
      fhirPath(guidA, 'Slot/$find-free?start=2026-11-23T00%3A00%3A00%2B10%3A30&practitioner=5'),
      200,
      bundle([{ resource: { resourceType: 'Slot', id: 's' } }]),
    );
    const practice = await practiceAt(halo);
    expect(
      await practice.fhirOperation('Slot', 'find-free', [
        ['start', '2026-11-23T00:00:00+10:30'],
        ['practitioner', '5'],
      ]),
    ).toEqual([{ resourceType: 'Slot', id: 's' }]);
  });
});

describe('capability', () => {
  const statement = {
    resourceType: 'CapabilityStatement',
    version: '26.1',
    fhirVersion: '4.0.1',
    software: { name: 'x', version: '26.713.1+abc' },
    rest: [
      {
        mode: 'server',
        resource: [
          {
            type: 'Slot',
            interaction: [{ code: 'read' }, { code: 'search-type' }],
            searchParam: [{ name: '_id', type: 'token' }],
            operation: [{ name: '$find-free' }],
          },
        ],
        operation: [{ name: 'waitlist' }],
      },
    ],
  };

  it('is loaded from metadata once an hour for all operations, and is not charged', async () => {
    const halo = fakeHalo();
    let now = Date.UTC(2026, 10, 22);
    const { session } = openSqlSite(halo.halo, {
      registry: [{ bpSiteId: '1001', haloGuid: guidA }],
      clock: () => now,
    });
    halo.answer('GET', fhirPath(guidA, 'metadata'), 500, {});
    const sendRequest = async () => {
      const operation = session();
      const capability = await (await operation.practice('BEST_PRACTICE', '1001')).capability();
      return { capability, cost: operation.cost() };
    };
    expect(await failureOf(sendRequest())).toMatchObject({ code: 'UPSTREAM_FAILED', httpStatus: 500 });
    halo.answer('GET', fhirPath(guidA, 'metadata'), 200, statement);
    const [first, together] = await Promise.all([sendRequest(), sendRequest()]);
    expect(first.capability).toMatchObject({ fhirVersion: '4.0.1', serverVersion: '26.713.1+abc' });
    expect(first.capability.resources.get('Slot')).toEqual({
      interactions: new Set(['read', 'search-type']),
      searchParams: new Set(['_id']),
      operations: new Set(['find-free']),
    });
    expect(first.capability.operations).toEqual(new Set(['waitlist']));
    expect(first.cost).toMatchObject({ calls: 1, charged: 0 });
    expect(together.cost).toMatchObject({ calls: 0, saved: { coalesced: 1 } });
    now += 59 * 60_000;
    expect((await sendRequest()).cost).toMatchObject({ calls: 0, saved: { cached: 1 } });
    now += 2 * 60_000;
    halo.answer('GET', fhirPath(guidA, 'metadata'), 200, statement);
    expect((await sendRequest()).cost).toMatchObject({ calls: 1, saved: { cached: 0 } });
  });

  it('is the one of the server, even beside one of a client', async () => {
    const halo = fakeHalo();
    const client = { mode: 'client', resource: [{ type: 'Patient' }] };
    const [server] = statement.rest;
    const nameless = { ...server?.resource[0], searchParam: [{ type: 'token' }, { name: '_id' }] };
    const rest = [client, { ...server, resource: [{ profile: 'x' }, nameless] }];
    halo.answer('GET', fhirPath(guidA, 'metadata'), 200, { ...statement, rest });
    const { resources } = await (await practiceAt(halo)).capability();
    expect(resources.has('Patient')).toBe(false);
    expect(resources.get('Slot')?.searchParams).toEqual(new Set(['_id']));
  });

  it('is loaded again for another version of Halo Link', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo);
    halo.answer('GET', fhirPath(guidA, 'metadata'), 200, statement, { times: 2 });
    const record = { haloGuid: guidA, pms: 'BEST_PRACTICE', pmsSiteId: '1001' } as Partial<KnownSite>;
    const at = (haloLinkVersion: string) =>
      session().pinned({ ...record, haloLinkVersion } as Parameters<ReturnType<typeof session>['pinned']>[0]);
    await at('26.1').capability();
    await at('26.2').capability();
    await at('26.2').capability();
  });
});

describe('nextPath', () => {
  const base = `/integrator/sites/${guidA}/fhir/R4`;
  it.each([
    ['/integrator/sites/x/fhir/R4?page=2', `${base}?page=2`],
    ['?page=2', `${base}/?page=2`],
    ['https://u:p@other.example:99/p/integrator/sites/x/fhir/R4/Patient?a=b#c', `${base}/Patient?a=b`],
    ['/fhir/R4/Patient?page=2', `${base}/Patient?page=2`],
    ['https://link.example:4443/fhir/r4?page=2', `${base}?page=2`],
    ['https://halo.example/api/sites/x/fhir/R4/Patient?page=2', `${base}/Patient?page=2`],
    ['/fhir/R4x/Patient?page=2', undefined],
    ['/fhir/R4/%2e%2e/%2E%2E/integrator/token', undefined],
    ['/fhir/R5/Patient?page=2', undefined],
    ['//integrator/sites', undefined],
  ])('%s', (link, path) => {
    expect(nextPath(link, guidA)).toBe(path);
  });
});
