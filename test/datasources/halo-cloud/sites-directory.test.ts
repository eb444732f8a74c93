import { describe, expect, it } from 'vitest';
import type { ConnectedPractice } from '../../../src/datasources/halo-cloud/halo-session.ts';
import { failureOf, fakeHalo, guidA, guidB, openSqlSite, sitesPath, wireError, wireSite } from './kit.ts';

const minutes = 60_000;

describe('sites directory', () => {
  it('looks a practice up once for all operations until the look-up expires', async () => {
    const halo = fakeHalo();
    let now = Date.UTC(2026, 10, 22);
    const { session } = openSqlSite(halo.halo, { clock: () => now });
    halo.sites('1001', [{ id: guidA }]);
    const first = session();
    expect(await first.practice('BEST_PRACTICE', '1001')).toMatchObject({
      haloGuid: guidA,
      bpSiteId: '1001',
      pms: 'BEST_PRACTICE',
      pinned: false,
      practiceName: 'Synthetic Practice',
      pmsVersion: '1.12',
    });
    expect(first.cost()).toMatchObject({ calls: 1, charged: 0 });
    now += 14 * minutes;
    const second = session();
    await second.practice('BEST_PRACTICE', '1001');
    expect(second.cost()).toMatchObject({ calls: 0, saved: { cached: 1 } });
    now += 2 * minutes;
    halo.sites('1001', [{ id: guidA }]);
    const third = session();
    await third.practice('BEST_PRACTICE', '1001');
    expect(third.cost()).toMatchObject({ calls: 1, saved: { cached: 0 } });
  });

  it('shares one look-up among concurrent requests for an id', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo);
    halo.sites('1001', [{ id: guidA }]);
    const [one, two] = [session(), session()];
    const lookUp = (operation: typeof one): Promise<ConnectedPractice> =>
      operation.practice('BEST_PRACTICE', '1001');
    const practices = await Promise.all([lookUp(one), lookUp(one), lookUp(two)]);
    expect(practices[0]).toBe(practices[1]);
    expect(practices[2]?.haloGuid).toBe(guidA);
    expect(one.cost().calls + two.cost().calls).toBe(1);
    expect(two.cost().saved.coalesced).toBe(1);
  });

  it('looks n ids up in n calls, 16 at a time, and lets each fail by itself', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo);
    const ids = Array.from({ length: 40 }, (_, n) => String(9001 + n));
    const guidOf = (id: string) => `00000000-0000-4000-8000-00000000${id}`;
    let running = 0;
    let most = 0;
    const read = halo.halo.read;
    halo.halo.read = async (call, context) => {
      running += 1;
      most = Math.max(most, running);
      try {
        return await read(call, context);
      } finally {
        running -= 1;
      }
    };
    for (const id of ids) {
      if (id === '9003') halo.answer('GET', sitesPath(id), 500, wireError(500, 'x'));
      else halo.sites(id, id === '9002' ? [] : [{ id: guidOf(id) }]);
    }
    const operation = session();
    const outcomes = await Promise.all(
      ids.map((id) => operation.practice('BEST_PRACTICE', id).catch((error: { code: string }) => error)),
    );
    expect(
      outcomes.map((outcome) =>
        'haloGuid' in outcome ? outcome.haloGuid : (outcome as { code: string }).code,
      ),
    ).toEqual(
      ids.map((id) => (id === '9002' ? 'NOT_FOUND' : id === '9003' ? 'UPSTREAM_FAILED' : guidOf(id))),
    );
    expect(operation.cost()).toMatchObject({ calls: 40, charged: 0, bySite: [] });
    expect(most).toBe(16);
  });

  it('does not cache a failure', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo);
    const lookUp = () => session().practice('BEST_PRACTICE', '1001');
    halo.answer('GET', sitesPath('1001'), 429, wireError(429, 'Rate Limit Exceeded'), {
      headers: { 'retry-after': '3' },
    });
    expect(await failureOf(lookUp())).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 3 });
    halo.sites('1001', []);
    expect(await failureOf(lookUp())).toMatchObject({ code: 'NOT_FOUND' });
    halo.answer('GET', sitesPath('1001'), 403, wireError(403, 'Caller Ip Not Allowed'));
    expect(await failureOf(lookUp())).toMatchObject({
      code: 'ACCESS_DENIED',
      reason: 'CALLER_IP_NOT_ALLOWED',
    });
    halo.sites('1001', [{ id: guidA }]);
    expect((await lookUp()).haloGuid).toBe(guidA);
  });

  it('lets one operation give up without affecting another that waits for the same look-up', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo);
    halo.answer('GET', sitesPath('1001'), 200, { sites: [wireSite({ id: guidA })] }, { delay: 20 });
    const gone = new AbortController();
    const left = failureOf(session({ signal: gone.signal }).practice('BEST_PRACTICE', '1001'));
    const stays = session().practice('BEST_PRACTICE', '1001');
    setTimeout(() => gone.abort(), 1);
    expect(await left).toMatchObject({ code: 'UPSTREAM_FAILED' });
    expect((await stays).haloGuid).toBe(guidA);
  });

  it('needs no look-up for a practice whose GUID is registered', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo, {
      registry: [{ bpSiteId: '1001', name: 'Registered Name', haloGuid: guidA.toUpperCase() }],
    });
    const operation = session();
    expect(await operation.practice('BEST_PRACTICE', '1001')).toMatchObject({
      haloGuid: guidA,
      practiceName: 'Registered Name',
      pmsVersion: null,
    });
    expect(operation.cost()).toMatchObject({ calls: 0, saved: { cached: 0 } });
  });

  it('distinguishes systems that use the same id', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo);
    halo.sites('1001', [{ id: guidA }]);
    halo.answer('GET', sitesPath('1001', 'Zedmed'), 200, { sites: [wireSite({ id: guidB })] });
    const operation = session();
    expect((await operation.practice('BEST_PRACTICE', '1001')).haloGuid).toBe(guidA);
    expect((await operation.practice('ZEDMED', '1001')).haloGuid).toBe(guidB);
  });
});

describe('recorded identity', () => {
  const registry = [{ bpSiteId: '1001', name: 'Registered  NAME' }];

  it('checks the first look-up against the name in the registry', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo, { registry });
    halo.sites('1001', [{ id: guidA, name: 'Another Name' }], 2);
    for (let n = 0; n < 2; n += 1) {
      expect(await failureOf(session().practice('BEST_PRACTICE', '1001'))).toMatchObject({
        code: 'PRACTICE_IDENTITY_CHANGED',
        bpSiteId: '1001',
        expectedName: 'Registered  NAME',
        foundName: 'Another Name',
      });
    }
    halo.sites('1001', [{ id: guidA, name: ' registered name' }]);
    expect((await session().practice('BEST_PRACTICE', '1001')).haloGuid).toBe(guidA);
  });

  it('checks a later look-up against the first known name', async () => {
    const halo = fakeHalo();
    let now = Date.UTC(2026, 10, 22);
    const { session } = openSqlSite(halo.halo, { clock: () => now });
    halo.sites('1001', [{ id: guidA, name: 'First' }]);
    await session().practice('BEST_PRACTICE', '1001');
    now += 20 * minutes;
    halo.sites('1001', [{ id: guidB, name: 'Second' }]);
    expect(await failureOf(session().practice('BEST_PRACTICE', '1001'))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
      expectedName: 'First',
      foundName: 'Second',
    });
  });

  it('accepts a site without a name, but not with a new GUID', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo, { registry });
    halo.sites('1001', [{ id: guidA, name: null }]);
    const operation = session();
    const practice = await operation.practice('BEST_PRACTICE', '1001');
    expect(practice.practiceName).toBe('Registered  NAME');
    halo.refuse(guidA);
    halo.sites('1001', [{ id: guidB, name: null }], 2);
    expect(await failureOf(practice.sql({ text: 'SELECT 1 AS a', parameters: [] }))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
      foundName: null,
    });
    expect(await failureOf(session().practice('BEST_PRACTICE', '1001'))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
    });
  });

  it('refuses a site that says it has another PMS ID', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo);
    halo.answer('GET', sitesPath('1001'), 200, { sites: [wireSite({ id: guidA, pmsId: '1002' })] });
    expect(await failureOf(session().practice('BEST_PRACTICE', '1001'))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
    });
  });

  it('stores nothing from an operation with fault headers', async () => {
    const halo = fakeHalo();
    const { session } = openSqlSite(halo.halo);
    const faulted = () => session({ simulatedFault: 'moved-identity' });
    halo.sites('1001', [{ id: guidB, name: 'Made up' }]);
    expect((await faulted().practice('BEST_PRACTICE', '1001')).haloGuid).toBe(guidB);
    halo.sites('1001', [{ id: guidA }]);
    expect((await session().practice('BEST_PRACTICE', '1001')).haloGuid).toBe(guidA);
    // It shares the look-up, and its refusal does not change the directory.
    const operation = faulted();
    const practice = await operation.practice('BEST_PRACTICE', '1001');
    expect(practice.haloGuid).toBe(guidA);
    halo.refuse(guidA);
    halo.sites('1001', [{ id: guidB, name: 'Made up' }]);
    expect(await failureOf(practice.sql({ text: 'SELECT 1 AS a', parameters: [] }))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
    });
    const after = session();
    expect((await after.practice('BEST_PRACTICE', '1001')).haloGuid).toBe(guidA);
    expect(after.cost().calls).toBe(0);
  });
});
