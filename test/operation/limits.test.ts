/** Limits of one caller: rate, concurrency, depth and price. */
import { describe, expect, test } from 'vitest';
import type { Authenticator } from '../../src/auth/authenticator.ts';
import { createConcurrencyLimit } from '../../src/limits/concurrency-limit.ts';
import { createMemoryBuckets } from '../../src/limits/memory-buckets.ts';
import { createRateLimit } from '../../src/limits/rate-limit.ts';
import { fakeHalo, practiceData } from '../resolvers/fake-halo.ts';

const limits = (perMinute: number, perCaller: number) => ({
  rate: createRateLimit({ perMinute, burst: perMinute, store: createMemoryBuckets() }),
  concurrency: createConcurrencyLimit({ perCaller }),
});
const viewer = { query: '{ viewer { name } }' };

describe('how often', () => {
  test('a caller above the rate limit gets Retry-After, and others are not limited', async () => {
    const server = {
      callerLimits: limits(2, 10),
      authenticate: async ({ headers }: Parameters<Authenticator>[0]) => ({
        name: headers.get('x-test') ?? '',
        scopes: [],
        practices: [],
      }),
    };
    const { request } = fakeHalo({ server });
    const execute = (name: string) => request(viewer, { 'x-test': name });
    expect([(await execute('a')).status, (await execute('a')).status]).toEqual([200, 200]);
    const refused = await execute('a');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await refused.json()).errors[0].extensions.code).toBe('CALLER_RATE_LIMITED');
    expect((await execute('b')).status).toBe(200);
  });
});

describe('how much at once', () => {
  test('a slot is released for every end of an operation', async () => {
    let answer: (rows: never[]) => void = () => {};
    const slow = new Promise<never[]>((resolve) => {
      answer = resolve;
    });
    const data = { ...practiceData(), appointments: () => slow };
    const { request } = fakeHalo({
      practices: { '1001': { data } },
      server: { callerLimits: limits(1_000, 1) },
    });
    const book = {
      query:
        '{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23") { __typename } } } }',
    };
    const running = request(book);
    await new Promise(setImmediate);
    const refused = await request(viewer);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await refused.json()).errors[0].extensions.code).toBe('TOO_MANY_OPERATIONS');
    answer([]);
    await (await running).text();
    for (const body of [viewer, { query: '{ nothing }' }, { query: '{' }, viewer]) {
      const response = await request(body);
      await response.text();
      expect(response.status).not.toBe(429);
    }
  });
});

describe('how deep', () => {
  test('a document that leads back to where it began is refused', async () => {
    const query = `{ practice(bpSiteId: "1001") { ... on Practice { ${'site { practice { '.repeat(10)} id ${'} }'.repeat(10)} } } }`;
    const { request, calls } = fakeHalo();
    const response = await request({ query });
    expect((await response.json()).errors[0].extensions.code).toBe('DOCUMENT_TOO_DEEP');
    expect(calls).toEqual([]);
  });
});

describe('at what price', () => {
  const priceLimit = { maxCharged: 3, source: 'auto' } as const;
  const dashboard = {
    query: `query ($ids: [ID!]!) { practices(bpSiteIds: $ids) { ... on Practice { appointments(from: "2026-11-23") { __typename } } } }`,
  };
  const ids = (count: number) => ({ ids: Array.from({ length: count }, (_, index) => String(1001 + index)) });

  test('an operation above it is refused before any upstream request, with the most expensive fields', async () => {
    const { request, calls, opened } = fakeHalo({ server: { priceLimit } });
    const response = await request({ ...dashboard, variables: ids(4) });
    expect(response.status).toBe(400);
    const [error] = (await response.json()).errors;
    expect(error.extensions).toMatchObject({
      code: 'PRICE_TOO_HIGH',
      price: { total: 4, most: 3, byField: [{ path: 'practices.appointments', charged: 4 }] },
    });
    expect(error.message).toContain('practices.appointments (4)');
    expect(calls).toEqual([]);
    expect(opened.length).toBeLessThanOrEqual(1);
  });

  test('one within it is answered', async () => {
    const { request } = fakeHalo({ server: { priceLimit } });
    const answer = await (await request({ ...dashboard, variables: ids(1) })).json();
    expect(answer.errors).toBeUndefined();
    expect(answer.extensions.halo.price).toBeUndefined();
  });

  test('with the header, the price is all that is answered, also above the limit', async () => {
    const { request, calls } = fakeHalo({ server: { priceLimit } });
    const response = await request({ ...dashboard, variables: ids(40) }, { 'x-halo-price-only': 'true' });
    const { data, errors, extensions } = await response.json();
    expect({ data, errors }).toEqual({ data: null, errors: undefined });
    expect(extensions.halo.price).toEqual({
      total: 40,
      byField: [{ path: 'practices.appointments', charged: 40 }],
    });
    expect(extensions.halo.cost.calls).toBe(0);
    expect(calls).toEqual([]);
  });
});
