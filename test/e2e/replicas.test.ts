/** Two facades, as a load balancer would have them: one Halo Cloud, one Redis. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultKey, type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import { activePatients, bpSiteId, mutation, newKey, rowsAt, type Slot } from '../facade/booking-client.ts';
import { type RedisServer, redisIsMissing, startRedis } from '../store/redis-server.ts';
import { freeSlots, sendRequest } from './book-over-http.ts';
import { build, type RunningFacade, startFacade } from './running-facade.ts';

describe.skipIf(redisIsMissing('test/e2e/replicas.test.ts'))('two replicas', { timeout: 60_000 }, () => {
  let redis: RedisServer;
  let sandbox: RunningSandbox;
  const facades: RunningFacade[] = [];
  const urls: string[] = [];
  let slots: Slot[] = [];
  let patientId = '';

  beforeAll(build);
  beforeAll(async () => {
    redis = await startRedis('--requirepass', 'not-for-logs');
    sandbox = await startSandbox();
    const environment = {
      HALO_BASE_URL: sandbox.url,
      HALO_SUBSCRIPTION_KEY: defaultKey,
      REDIS_URL: redis.url.replace('//', '//:not-for-logs@'),
      DRAIN_NOTICE_MS: '0',
      // The users show which server responds.
      HALO_REFERENCE_SECONDS: '0',
    };
    facades.push(startFacade(environment), startFacade(environment));
    for (const facade of facades) urls.push((await facade.said(/"url":"(http:[^"]+)"/))[1] as string);
    slots = await freeSlots(urls[0] as string);
    [patientId = ''] = activePatients(sandbox, 1);
  });
  afterAll(async () => {
    for (const { process: child } of facades) child.kill('SIGKILL');
    await Promise.all(facades.map((facade) => facade.ended()));
    await redis?.kill();
    await sandbox?.close();
  });

  const book = (replica: number, input: object) =>
    sendRequest(urls[replica] as string, mutation('book'), { input: { bpSiteId, patientId, ...input } });

  it('say where their idempotency keys are, and never with what password', () => {
    for (const facade of facades) {
      expect(facade.output()).toContain('"idempotencyKeys":"redis"');
      expect(facade.output()).not.toContain('not-for-logs');
    }
  });

  it('book once under one key: 100 requests spread over both, one row, 100 equal answers', async () => {
    const input = { ...(slots.shift() as Slot), idempotencyKey: newKey() };
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => book(index % 2, input)));
    expect(answers[0]?.data.result.__typename).toBe('BookAppointmentPayload');
    expect(new Set(answers.map(({ data }) => JSON.stringify(data)))).toHaveLength(1);
    expect(rowsAt(sandbox, input)).toHaveLength(1);
  });

  it('share outcomes: a lost response of one is found by the other', async () => {
    const input = { ...(slots.shift() as Slot), idempotencyKey: newKey() };
    // Later than the read that follows the lost response, on a busy machine too.
    sandbox.setFault(bpSiteId, 'late-2000');
    const lost = await book(0, input);
    sandbox.setFault(bpSiteId, null);
    expect(lost.data.result.__typename).toBe('OutcomeUnknown');
    await expect.poll(() => rowsAt(sandbox, input)).toHaveLength(1);
    expect((await book(1, input)).data.result.__typename).toBe('BookAppointmentPayload');
    expect(rowsAt(sandbox, input)).toHaveLength(1);
  });

  const readAt = (replica: number, practice: string) =>
    sendRequest(
      urls[replica] as string,
      `{ practice(bpSiteId: "${practice}") { __typename ... on Practice { name users { __typename } } } }`,
      {},
    );
  /** A replica that waits too long for Redis looks a practice up for itself. On a busy machine that happens now and then. */
  const atSomePractice = (check: (practice: string) => Promise<void>) =>
    vi.waitFor(() => check(unread.shift() ?? ''), { timeout: 30_000, interval: 1_100 });
  const unread = [
    '1002',
    '1003',
    '1004',
    '1005',
    ...Array.from({ length: 25 }, (_, at) => String(9026 + at)),
  ];
  const lookUps = () => sandbox.calls.filter(({ path }) => path === '/integrator/sites').length;

  it('look a practice up once between them', () =>
    atSomePractice(async (practice) => {
      sandbox.resetCalls();
      for (const replica of [0, 1, 0, 1]) {
        expect((await readAt(replica, practice)).data.practice.users.__typename).toBe('UserConnection');
      }
      expect(lookUps()).toBe(1);
    }));

  it('share the site that a practice has moved to', () =>
    atSomePractice(async (practice) => {
      await readAt(0, practice);
      sandbox.setFault(practice, 'moved');
      const sitesRequested = async (replica: number) => {
        sandbox.resetCalls();
        expect((await readAt(replica, practice)).data.practice.users.__typename).toBe('UserConnection');
        return new Set(sandbox.calls.map(({ siteId }) => siteId));
      };
      const [former, lookUp, current, ...more] = await sitesRequested(0);
      expect([former !== current, lookUp, more]).toEqual([true, null, []]);
      expect(await sitesRequested(1)).toEqual(new Set([current]));
    }));

  it('read on while Redis is killed and started again in mid-load, and then share again', async () => {
    let stop = false;
    const answers: unknown[] = [];
    const load = [0, 1].flatMap((replica) =>
      Array.from({ length: 4 }, async (_, worker) => {
        for (let n = 0; !stop; n += 1) {
          const practice = String(9001 + ((worker * 13 + n) % 25));
          answers.push((await readAt(replica, practice)).data?.practice?.users?.__typename);
        }
      }),
    );
    const some = async () => {
      const before = answers.length;
      await expect.poll(() => answers.length, { timeout: 60_000 }).toBeGreaterThan(before + 80);
    };
    await some();
    await redis.kill();
    await some();
    for (const facade of facades) await facade.said(/looks sites up for itself/);
    await redis.start();
    for (const facade of facades) await facade.said(/share the look-ups of sites again/);
    await some();
    stop = true;
    await Promise.all(load);
    expect(new Set(answers)).toEqual(new Set(['UserConnection']));
    for (const facade of facades) {
      const times = (words: string) => facade.output().split(words).length - 1;
      // Once, and for each slow answer of a busy machine; not for each of the requests.
      expect(times('looks sites up for itself')).toBeLessThan(10);
      await expect
        .poll(() => times('share the look-ups of sites again'))
        .toBe(times('looks sites up for itself'));
    }
  });

  it('book nothing without Redis, still read, and end on a signal', async () => {
    const input = { ...(slots.shift() as Slot), idempotencyKey: newKey() };
    await redis.kill();
    for (const replica of [0, 1]) {
      expect((await book(replica, input)).data.result).toMatchObject({
        __typename: 'UpstreamFailed',
        retryable: true,
        message: expect.stringContaining('Nothing was changed'),
      });
    }
    expect(rowsAt(sandbox, input)).toHaveLength(0);
    expect(await freeSlots(urls[1] as string)).toContainEqual(
      expect.objectContaining({ start: input.start, userId: input.userId }),
    );
    for (const { process: child } of facades) child.kill('SIGTERM');
    for (const facade of facades) {
      expect(await facade.ended()).toBe(0);
      expect(facade.output()).not.toContain('not-for-logs');
    }
  });
});
