/** Two processes that share their knowledge of practices' sites. */
import { describe, expect, it } from 'vitest';
import { failureOf, fakeHalo, guidA, guidB, guidC, openSqlSite } from './kit.ts';
import { sharedMemory } from './shared-memory.ts';

const statement = { text: 'SELECT 1 AS n', parameters: [] };
const seconds = 1_000;
const minutes = 60_000;

type Replica = ReturnType<typeof openSqlSite>;

function twoReplicas(registry: Parameters<typeof openSqlSite>[1] = {}) {
  const halo = fakeHalo();
  let now = Date.UTC(2026, 10, 22);
  const clock = () => now;
  const others = sharedMemory(clock);
  const open = (options = registry) => openSqlSite(halo.halo, { clock, shared: others.shared, ...options });
  const lookUps = () => halo.paths().filter((path) => path === 'GET /integrator/sites').length;
  return {
    halo,
    others,
    open,
    one: open(),
    other: open(),
    lookUps,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

const practiceAt = ({ session }: Replica) => session().practice('BEST_PRACTICE', '1001');
const guidAt = async (replica: Replica) => (await practiceAt(replica)).haloGuid;

describe('replicas that share their sites', () => {
  it('share one look-up of a practice until it expires', async () => {
    const { halo, one, other, pass } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    expect(await guidAt(one)).toBe(guidA);
    pass(10 * minutes);
    const operation = other.session();
    expect(await operation.practice('BEST_PRACTICE', '1001')).toMatchObject({
      haloGuid: guidA,
      practiceName: 'Synthetic Practice',
      pmsVersion: '1.12',
    });
    expect(operation.cost()).toMatchObject({ calls: 0, saved: { cached: 1 } });
    pass(6 * minutes);
    halo.sites('1001', [{ id: guidB, name: 'Synthetic Practice' }]);
    expect(await guidAt(other)).toBe(guidB);
  });

  it('use fresh entries without a request, and share one request for an old one', async () => {
    const { halo, one, others, pass } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    await guidAt(one);
    const before = others.callCount();
    pass(4 * seconds);
    for (let n = 0; n < 10; n += 1) await guidAt(one);
    expect(others.callCount()).toBe(before);
    pass(2 * seconds);
    await Promise.all(Array.from({ length: 10 }, () => guidAt(one)));
    expect(others.callCount()).toBe(before + 1);
  });

  it('use a move that another replica has found, without a 403 of their own', async () => {
    const { halo, one, other, pass } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    const practice = await practiceAt(one);
    expect(await guidAt(other)).toBe(guidA);
    halo.refuse(guidA);
    halo.sites('1001', [{ id: guidB }]);
    halo.sql(guidB, []);
    await practice.sql(statement);
    pass(6 * seconds);
    expect(await guidAt(other)).toBe(guidB);
  });

  it('forget a GUID that was refused to one of them, also when no current site is known', async () => {
    const { halo, one, other, pass } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    const practice = await practiceAt(one);
    await guidAt(other);
    pass(1 * seconds);
    halo.refuse(guidA);
    halo.sites('1001', []);
    await failureOf(practice.sql(statement));
    pass(6 * seconds);
    halo.sites('1001', [{ id: guidC }]);
    expect(await guidAt(other)).toBe(guidC);
  });

  it('forget a GUID of the registry that was refused to one of them', async () => {
    const registered = {
      registry: [{ bpSiteId: '1001', name: 'Synthetic Practice', haloGuid: guidA }],
    };
    const { halo, one, other, pass } = twoReplicas(registered);
    const practice = await practiceAt(one);
    expect(await guidAt(other)).toBe(guidA);
    halo.refuse(guidA);
    halo.sites('1001', [{ id: guidB }]);
    halo.sql(guidB, []);
    await practice.sql(statement);
    pass(6 * seconds);
    expect(await guidAt(other)).toBe(guidB);
    // It is not restored when the published entry has expired either.
    pass(20 * minutes);
    halo.sites('1001', [{ id: guidC }]);
    expect(await guidAt(other)).toBe(guidC);
  });

  it('each decide what a 403 means by a look-up of their own', async () => {
    const { halo, one, other, lookUps } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    const practices = [await practiceAt(one), await practiceAt(other)];
    for (const practice of practices) {
      halo.refuse(guidA, 1, 'Out of call volume quota');
      halo.sites('1001', [{ id: guidA }]);
      expect(await failureOf(practice.sql(statement))).toMatchObject({
        code: 'ACCESS_DENIED',
        reason: 'QUOTA_EXCEEDED',
      });
    }
    expect(lookUps()).toBe(3);
  });

  it('do so too when another replica published the site before the 403', async () => {
    const { halo, one, other, pass } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    const practices = [await practiceAt(one), await practiceAt(other)];
    for (const [n, practice] of practices.entries()) {
      const current = [guidB, guidC][n] as string;
      pass(1 * seconds);
      halo.refuse(guidA);
      halo.sites('1001', [{ id: current }]);
      halo.sql(current, []);
      await practice.sql(statement);
      expect(practice.haloGuid).toBe(current);
    }
  });

  it('do not restore a GUID that was refused to another replica during their look-up', async () => {
    const { halo, one, other, open, pass } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    const practice = await practiceAt(one);
    pass(16 * minutes);
    // The slow look-up of the other replica begins. Its result is out of date when it ends.
    const read = halo.halo.read;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    halo.sites('1001', [{ id: guidA }]);
    halo.halo.read = async (call, context) => {
      const answer = await read(call, context);
      await held;
      return answer;
    };
    const slow = guidAt(other);
    await expect.poll(() => halo.paths().length).toBe(2);
    halo.halo.read = read;
    halo.refuse(guidA);
    halo.sites('1001', [{ id: guidB }]);
    halo.sql(guidB, []);
    await practice.sql(statement);
    release();
    expect(await slow).toBe(guidA);
    expect(await guidAt(open())).toBe(guidB);
    pass(6 * seconds);
    expect(await guidAt(other)).toBe(guidB);
  });

  it('use their own entries while the store is unavailable, and publish them afterwards', async () => {
    const { halo, others, one, other, pass } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    const practice = await practiceAt(one);
    others.goAway(true);
    pass(6 * seconds);
    expect(await guidAt(one)).toBe(guidA);
    halo.refuse(guidA);
    halo.sites('1001', [{ id: guidB }]);
    halo.sql(guidB, []);
    await practice.sql(statement);
    others.goAway(false);
    pass(6 * seconds);
    // The shared entry has another GUID and is older than the own look-up.
    halo.sites('1001', [{ id: guidB }]);
    expect(await guidAt(one)).toBe(guidB);
    expect(await guidAt(other)).toBe(guidB);
  });

  it('do not accept a refused GUID from replicas that could not be notified of the 403', async () => {
    const { halo, others, one, pass } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    const practice = await practiceAt(one);
    others.goAway(true);
    halo.refuse(guidA);
    halo.sites('1001', []);
    await failureOf(practice.sql(statement));
    others.goAway(false);
    pass(1 * seconds);
    halo.sites('1001', [{ id: guidB }]);
    expect(await guidAt(one)).toBe(guidB);
  });

  it('keep their entries when the shared store is lost, and publish them again', async () => {
    const { halo, others, one, other, pass, lookUps } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    await guidAt(one);
    others.lose();
    pass(6 * seconds);
    expect(await guidAt(one)).toBe(guidA);
    expect(await guidAt(other)).toBe(guidA);
    expect(lookUps()).toBe(1);
  });

  it('accept no site that contradicts the name in their own registry', async () => {
    const { halo, one, open } = twoReplicas();
    halo.sites('1001', [{ id: guidB, name: 'Another Practice' }], 2);
    expect(await guidAt(one)).toBe(guidB);
    const strict = open({ registry: [{ bpSiteId: '1001', name: 'Synthetic Practice' }] });
    expect(await failureOf(practiceAt(strict))).toMatchObject({
      code: 'PRACTICE_IDENTITY_CHANGED',
      expectedName: 'Synthetic Practice',
      foundName: 'Another Practice',
    });
  });

  it('publish nothing of an operation with simulated faults', async () => {
    const { halo, one, other, others } = twoReplicas();
    halo.sites('1001', [{ id: guidA }]);
    const faulted = one.session({ simulatedFault: 'moved' });
    const practice = await faulted.practice('BEST_PRACTICE', '1001');
    halo.refuse(guidA);
    halo.sites('1001', [{ id: guidB }]);
    halo.sql(guidB, []);
    await practice.sql(statement);
    expect(others.callCount()).toBe(0);
    halo.sites('1001', [{ id: guidC }]);
    expect(await guidAt(other)).toBe(guidC);
  });
});
