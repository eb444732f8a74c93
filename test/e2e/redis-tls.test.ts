/** Server processes with Redis as it is operated in production: Sentinel and Cluster, by TLS with a private CA, with users. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultKey, type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { activePatients, bpSiteId, mutation, newKey, rowsAt, type Slot } from '../facade/booking-client.ts';
import { redisIsMissing } from '../store/redis-server.ts';
import { passwords, startCluster, startSentinel, type Topology } from '../store/redis-topologies.ts';
import { freeSlots, sendRequest } from './book-over-http.ts';
import { build, type RunningFacade, startFacade } from './running-facade.ts';

/** Both start and wait at the same time. */
describe.skipIf(redisIsMissing('test/e2e/redis-tls.test.ts')).concurrent.each([
  ['Sentinel', startSentinel],
  ['a Cluster', startCluster],
])('part 7: two replicas with %s over TLS', { timeout: 120_000 }, (_, start) => {
  let topology: Topology;
  let sandbox: RunningSandbox;
  let patientId = '';
  let slots: Slot[] = [];
  const facades: RunningFacade[] = [];
  const urls: string[] = [];

  beforeAll(build, 60_000);
  beforeAll(async () => {
    topology = await start({ tls: true });
    sandbox = await startSandbox();
    const environment = {
      HALO_BASE_URL: sandbox.url,
      HALO_SUBSCRIPTION_KEY: defaultKey,
      REDIS_URL: topology.url,
      NODE_EXTRA_CA_CERTS: topology.certificates?.authority ?? '',
      DRAIN_NOTICE_MS: '0',
    };
    facades.push(startFacade(environment), startFacade(environment));
    for (const facade of facades) urls.push((await facade.said(/"url":"(http:[^"]+)"/))[1] as string);
    [patientId = ''] = activePatients(sandbox, 1);
    slots = await freeSlots(urls[0] as string);
  }, 90_000);
  afterAll(async () => {
    for (const { process: child } of facades) child.kill('SIGKILL');
    await Promise.all(facades.map((facade) => facade.ended()));
    await topology?.close();
    await sandbox?.close();
  });

  const book = async (replica: number, input: object) =>
    (
      await sendRequest(urls[replica] as string, mutation('book'), {
        input: { bpSiteId, patientId, ...input },
      })
    ).data.result.__typename;

  it('one booking, however often it is sent to whichever replica, also while the primary dies', async () => {
    const first = { ...(slots.shift() as Slot), idempotencyKey: newKey() };
    const answers = await Promise.all(Array.from({ length: 20 }, (_each, at) => book(at % 2, first)));
    expect(new Set(answers)).toEqual(new Set(['BookAppointmentPayload']));
    expect(rowsAt(sandbox, first)).toHaveLength(1);

    const second = { ...(slots.shift() as Slot), idempotencyKey: newKey() };
    const [primary] = await topology.serversOf('any key');
    sandbox.setFault(bpSiteId, 'slow-300');
    const underWay = Array.from({ length: 6 }, (_each, at) => book(at % 2, second));
    await primary.kill();
    await Promise.all(underWay);
    sandbox.setFault(bpSiteId, null);
    for (const replica of [0, 1]) {
      const isBooked = async () => expect(await book(replica, second)).toBe('BookAppointmentPayload');
      await vi.waitFor(isBooked, { timeout: 60_000, interval: 200 });
    }
    expect(rowsAt(sandbox, second)).toHaveLength(1);
    for (const facade of facades)
      for (const password of passwords) expect(facade.output()).not.toContain(password);
  });
});
