import { describe, expect, it } from 'vitest';
import type { Failover } from '../../../src/datasources/halo-cloud/sites/authority.ts';
import {
  failureOf,
  fakeHalo,
  fhirPath,
  guidA,
  guidB,
  guidC,
  openSqlSite,
  sitePath,
  sitesPath,
  sqlPath,
  wireError,
  wireSite,
} from './kit.ts';

const statement = (n = 1) => ({ text: `SELECT ${n} AS n`, parameters: [] });
const registry = [{ bpSiteId: '1001', name: 'Synthetic Practice', haloGuid: guidA }];

/** A practice with a known GUID, so that the tests see only the calls that they are about. */
async function known(failover: Failover) {
  const halo = fakeHalo();
  const sessions = openSqlSite(halo.halo, { registry, failover });
  const operation = sessions.session();
  const practice = await operation.practice('BEST_PRACTICE', '1001');
  return { ...halo, sessions, operation, practice };
}

const lookUps = (paths: readonly string[]) => paths.filter((path) => path === 'GET /integrator/sites').length;

describe('403: a different GUID, the same identity', () => {
  it('replays a read once on the new GUID and says so', async () => {
    const { refuse, sites, sql, operation, practice, sessions, paths } = await known('replay');
    refuse(guidA);
    sites('1001', [{ id: guidB, name: 'synthetic  practice' }]);
    sql(guidB, [{ n: 1 }]);
    expect(await practice.sql(statement())).toEqual([{ n: 1 }]);
    expect(practice.haloGuid).toBe(guidB);
    expect(operation.notices()).toEqual([
      {
        code: 'SITE_MOVED',
        message: expect.any(String),
        bpSiteId: '1001',
        previousHaloGuid: guidA,
        currentHaloGuid: guidB,
      },
    ]);
    expect(operation.cost()).toMatchObject({ calls: 3, charged: 1 });
    // From now on, every request goes to the new server.
    sql(guidB, [{ n: 2 }], 2);
    await practice.sql(statement());
    await (await sessions.session().practice('BEST_PRACTICE', '1001')).sql(statement());
    expect(paths()).toHaveLength(5);
  });

  it('surfaces it instead when so configured', async () => {
    const { refuse, sites, operation, practice, sessions } = await known('surface');
    refuse(guidA);
    sites('1001', [{ id: guidB }]);
    expect(await failureOf(practice.sql(statement()))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      haloGuid: guidA,
      bpSiteId: '1001',
      currentHaloGuid: guidB,
      retryable: true,
    });
    expect(practice.haloGuid).toBe(guidA);
    expect(operation.notices()).toEqual([]);
    expect((await sessions.session().practice('BEST_PRACTICE', '1001')).haloGuid).toBe(guidB);
  });

  it('replays a search from its first page', async () => {
    const { answer, sites, practice } = await known('replay');
    const page = (id: string, next?: string) => ({
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'Patient', id } }],
      link: next ? [{ relation: 'next', url: next }] : [],
    });
    answer('POST', fhirPath(guidA, 'Patient/_search'), 200, page('old', 'Patient?page=2'));
    answer('GET', fhirPath(guidA, 'Patient?page=2'), 403, wireError(403, 'x'));
    sites('1001', [{ id: guidB }]);
    answer('POST', fhirPath(guidB, 'Patient/_search'), 200, page('new'));
    expect((await practice.fhirSearch('Patient', [])).map(({ id }) => id)).toEqual(['new']);
  });

  it.each(['replay', 'surface'] as const)('looks up once for many refused at once (%s)', async (failover) => {
    const { refuse, sites, sql, practice, sessions, operation, paths } = await known(failover);
    const other = sessions.session();
    const practices = [practice, await other.practice('BEST_PRACTICE', '1001')];
    refuse(guidA, 20);
    sites('1001', [{ id: guidB }]);
    if (failover === 'replay') sql(guidB, [{ n: 1 }], 20);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => practices[n % 2]?.sql(statement(n))),
    );
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(
      new Set([failover === 'replay' ? 'fulfilled' : 'rejected']),
    );
    expect(lookUps(paths())).toBe(1);
    expect(operation.notices()).toHaveLength(failover === 'replay' ? 1 : 0);
    expect(operation.cost().calls + other.cost().calls).toBe(failover === 'replay' ? 41 : 21);
  });

  it('looks up once for refusals that arrive one after the other', async () => {
    const { answer, sites, practice, sessions, paths } = await known('surface');
    answer('POST', sqlPath(guidA), 403, wireError(403, 'x'));
    answer('POST', sqlPath(guidA), 403, wireError(403, 'x'), { delay: 30 });
    answer('POST', sqlPath(guidA), 403, wireError(403, 'x'), { delay: 60 });
    const other = await sessions.session().practice('BEST_PRACTICE', '1001');
    sites('1001', [{ id: guidB }]);
    const failures = [practice.sql(statement(1)), practice.sql(statement(2)), other.sql(statement(3))].map(
      failureOf,
    );
    for (const failure of await Promise.all(failures))
      expect(failure).toMatchObject({ currentHaloGuid: guidB });
    expect(lookUps(paths())).toBe(1);
  });

  it('looks up once in an operation also when the look-up fails', async () => {
    const { answer, practice, paths } = await known('replay');
    answer('POST', sqlPath(guidA), 403, wireError(403, 'x'));
    answer('POST', sqlPath(guidA), 403, wireError(403, 'x'), { delay: 30 });
    answer('GET', sitesPath('1001'), 500, wireError(500, 'x'));
    const failures = [practice.sql(statement(1)), practice.sql(statement(2))].map(failureOf);
    for (const failure of await Promise.all(failures))
      expect(failure).toMatchObject({ currentHaloGuid: null });
    expect(lookUps(paths())).toBe(1);
  });

  it('looks up once for two operations also when the GUID is still the same', async () => {
    const { answer, sites, practice, sessions, paths } = await known('replay');
    answer('POST', sqlPath(guidA), 403, wireError(403, 'x'));
    answer('POST', sqlPath(guidA), 403, wireError(403, 'x'), { delay: 30 });
    sites('1001', [{ id: guidA }]);
    const other = await sessions.session().practice('BEST_PRACTICE', '1001');
    const failures = [practice.sql(statement(1)), other.sql(statement(2))].map(failureOf);
    for (const failure of await Promise.all(failures))
      expect(failure).toMatchObject({ code: 'ACCESS_DENIED' });
    expect(lookUps(paths())).toBe(1);
  });

  it('surfaces a second refusal: still named authoritative, it is access that is denied', async () => {
    const { refuse, sites, practice } = await known('replay');
    refuse(guidA);
    refuse(guidB, 1, 'Quota exceeded');
    sites('1001', [{ id: guidB }], 2);
    expect(await failureOf(practice.sql(statement()))).toMatchObject({
      code: 'ACCESS_DENIED',
      reason: 'QUOTA_EXCEEDED',
    });
  });

  it('surfaces a second refusal: moved yet again, it is not followed', async () => {
    const { refuse, sites, practice } = await known('replay');
    refuse(guidA);
    refuse(guidB);
    sites('1001', [{ id: guidB }]);
    sites('1001', [{ id: guidC }]);
    expect(await failureOf(practice.sql(statement()))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      haloGuid: guidB,
      currentHaloGuid: guidC,
    });
  });
});

describe.each(['replay', 'surface'] as const)('403 with %s', (failover) => {
  it('a different GUID, another identity: no data, now or later', async () => {
    const { refuse, sites, practice, sessions, operation, paths } = await known(failover);
    refuse(guidA);
    sites('1001', [{ id: guidB, name: 'Another Practice' }], 2);
    expect(await failureOf(practice.sql(statement()))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
      bpSiteId: '1001',
      expectedName: 'Synthetic Practice',
      foundName: 'Another Practice',
    });
    expect(operation.notices()).toEqual([]);
    expect(await failureOf(sessions.session().practice('BEST_PRACTICE', '1001'))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
    });
    expect(paths().filter((path) => path.includes(guidB))).toEqual([]);
  });

  it.each([
    ['Caller Ip Not Allowed', 'CALLER_IP_NOT_ALLOWED'],
    ['Out of call volume quota', 'QUOTA_EXCEEDED'],
    ['The site is not paired', 'NOT_PAIRED'],
    ['Forbidden', 'UNKNOWN'],
  ])('the same GUID: access is denied (%s)', async (message, reason) => {
    const { refuse, sites, practice, sessions } = await known(failover);
    refuse(guidA, 1, message);
    sites('1001', [{ id: guidA }]);
    expect(await failureOf(practice.sql(statement()))).toMatchObject({ code: 'ACCESS_DENIED', reason });
    // It is still the practice's GUID.
    expect((await sessions.session().practice('BEST_PRACTICE', '1001')).haloGuid).toBe(guidA);
  });

  it.each([
    ['no site', 200, { sites: [] }],
    ['a failing look-up', 500, wireError(500, 'x')],
    ['a refused look-up', 403, wireError(403, 'Caller Ip Not Allowed')],
  ])('%s: the likely cause, not confirmed', async (_what, status, body) => {
    const { refuse, answer, practice, paths } = await known(failover);
    refuse(guidA, 3);
    answer('GET', sitesPath('1001'), status, body);
    const failures = await Promise.all([1, 2, 3].map((n) => failureOf(practice.sql(statement(n)))));
    for (const failure of failures) {
      expect(failure).toMatchObject({
        code: 'AUTHORITATIVE_SERVER_CHANGED',
        haloGuid: guidA,
        bpSiteId: '1001',
        currentHaloGuid: null,
        retryable: false,
      });
    }
    expect(lookUps(paths())).toBe(1);
  });

  it('a pinned site: surfaced, never replayed', async () => {
    const { answer, refuse, sites, operation, paths } = await known(failover);
    answer('GET', sitePath(guidC), 200, wireSite({ id: guidC }));
    const pinned = operation.pinned(await operation.site(guidC));
    expect(pinned).toMatchObject({ haloGuid: guidC, pinned: true, bpSiteId: '1001' });
    refuse(guidC);
    sites('1001', [{ id: guidB }]);
    expect(await failureOf(pinned.sql(statement()))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      haloGuid: guidC,
      bpSiteId: '1001',
      currentHaloGuid: guidB,
    });
    expect(operation.notices()).toEqual([]);
    expect(paths().filter((path) => path.includes(guidB))).toEqual([]);
  });
});

describe('403 below site(haloGuid:)', () => {
  const at = (guid: string, changes: Parameters<typeof wireSite>[0] | object = {}) => ({
    ...wireSite({ id: guid }),
    ...changes,
  });

  it('another identity than the pinned site had', async () => {
    const { halo, answer, refuse, sites } = fakeHalo();
    const operation = openSqlSite(halo).session();
    answer('GET', sitePath(guidC), 200, wireSite({ id: guidC, name: 'Old Practice' }));
    const pinned = operation.pinned(await operation.site(guidC));
    refuse(guidC);
    sites('1001', [{ id: guidB, name: 'New Practice' }]);
    expect(await failureOf(pinned.sql(statement()))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
      expectedName: 'Old Practice',
      foundName: 'New Practice',
    });
  });

  it('a pinned site without a PMS ID: it cannot be looked up', async () => {
    const { halo, answer, refuse } = fakeHalo();
    const operation = openSqlSite(halo).session();
    answer('GET', sitePath(guidC), 200, at(guidC, { practiceMetadata: null }));
    const pinned = operation.pinned(await operation.site(guidC));
    refuse(guidC);
    expect(await failureOf(pinned.sql(statement()))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      haloGuid: guidC,
      bpSiteId: null,
      currentHaloGuid: null,
    });
  });

  it('traces a refused GUID of the registry to its practice', async () => {
    const { answer, sites, operation } = await known('replay');
    answer('GET', sitePath(guidA), 403, wireError(403, 'x'));
    sites('1001', [{ id: guidB }]);
    const results = [operation.site(guidA), operation.site(guidA.toUpperCase())].map(failureOf);
    for (const failure of await Promise.all(results)) {
      expect(failure).toMatchObject({
        code: 'AUTHORITATIVE_SERVER_CHANGED',
        haloGuid: guidA,
        bpSiteId: '1001',
        currentHaloGuid: guidB,
      });
    }
  });

  it('traces a GUID that a look-up once named, long after the practice has moved', async () => {
    const { halo, answer, sites, refuse, sql } = fakeHalo();
    const { session } = openSqlSite(halo);
    sites('1001', [{ id: guidA }]);
    const practice = await session().practice('BEST_PRACTICE', '1001');
    refuse(guidA);
    sites('1001', [{ id: guidB }]);
    sql(guidB, []);
    await practice.sql(statement());
    answer('GET', sitePath(guidA), 403, wireError(403, 'x'));
    sites('1001', [{ id: guidB }]);
    expect(await failureOf(session().site(guidA))).toMatchObject({
      bpSiteId: '1001',
      currentHaloGuid: guidB,
    });
  });

  it('the same GUID: access is denied', async () => {
    const { answer, sites, operation } = await known('replay');
    answer('GET', sitePath(guidA), 403, wireError(403, 'not paired'));
    sites('1001', [{ id: guidA }]);
    expect(await failureOf(operation.site(guidA))).toMatchObject({
      code: 'ACCESS_DENIED',
      reason: 'NOT_PAIRED',
    });
  });

  it('another identity: its GUID is not handed out', async () => {
    const { answer, sites, operation } = await known('replay');
    answer('GET', sitePath(guidA), 403, wireError(403, 'x'));
    sites('1001', [{ id: guidB, name: 'Another Practice' }]);
    const failure = await failureOf(operation.site(guidA));
    expect(failure).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
      bpSiteId: '1001',
      foundName: 'Another Practice',
    });
    expect(JSON.stringify(failure)).not.toContain(guidB);
  });

  it('an unknown GUID: the likely cause, not confirmed', async () => {
    const { answer, operation } = await known('replay');
    answer('GET', sitePath(guidC), 403, wireError(403, 'x'));
    expect(await failureOf(operation.site(guidC))).toMatchObject({
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      bpSiteId: null,
      currentHaloGuid: null,
    });
  });
});

describe('404 of a query: a GUID that Halo Cloud no longer knows', () => {
  it('fails, is forgotten, and the next operation looks the practice up', async () => {
    const { answer, sites, sql, practice, sessions, paths } = await known('replay');
    answer('POST', sqlPath(guidA), 404, wireError(404, 'The server cannot find the requested resource.'));
    expect(await failureOf(practice.sql(statement()))).toMatchObject({ code: 'UPSTREAM_FAILED' });
    sites('1001', [{ id: guidB }]);
    sql(guidB, [{ n: 1 }]);
    const next = await sessions.session().practice('BEST_PRACTICE', '1001');
    expect(await next.sql(statement())).toEqual([{ n: 1 }]);
    expect(lookUps(paths())).toBe(1);
  });

  it('is forgotten too where the practice was found to have moved to it', async () => {
    const { answer, refuse, sites, sql, practice, sessions, paths } = await known('replay');
    refuse(guidA);
    sites('1001', [{ id: guidB }], 2);
    answer('POST', sqlPath(guidB), 404, wireError(404, 'The server cannot find the requested resource.'));
    expect(await failureOf(practice.sql(statement()))).toMatchObject({ code: 'UPSTREAM_FAILED' });
    sql(guidB, [{ n: 1 }]);
    const next = await sessions.session().practice('BEST_PRACTICE', '1001');
    expect(await next.sql(statement())).toEqual([{ n: 1 }]);
    expect(lookUps(paths())).toBe(2);
  });

  it('of the FHIR API says nothing of the GUID', async () => {
    const { answer, practice, sessions, paths } = await known('replay');
    answer('POST', fhirPath(guidA, 'Slot/_search'), 404, wireError(404, 'Operation Not Found'));
    expect(await failureOf(practice.fhirSearch('Slot', []))).toMatchObject({ code: 'UPSTREAM_FAILED' });
    expect((await sessions.session().practice('BEST_PRACTICE', '1001')).haloGuid).toBe(guidA);
    expect(lookUps(paths())).toBe(0);
  });
});
