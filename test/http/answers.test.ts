import { describe, expect, test } from 'vitest';
import { SiteUnavailable } from '../../src/errors.ts';
import { everyScope } from '../../src/scopes.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const zero = { calls: 0, charged: 0, retries: 0, saved: { batched: 0, coalesced: 0, cached: 0 }, bySite: [] };

describe('extensions.halo is on every answer', () => {
  test.each([
    ['of an operation', { query: '{ viewer { name } }' }],
    ['of one that does not parse', { query: '{ viewer {' }],
    ['of one that is not valid', { query: '{ nothing }' }],
    ['of one whose variables are wrong', { query: 'query ($i: ID!) { node(id: $i) { id } }' }],
    ['of a request without a query', { variables: {} }],
  ])('%s', async (_which, body) => {
    const { request } = fakeHalo();
    const response = await request(body, { 'x-request-id': 'from-the-caller:1' });
    const answer = await response.json();
    expect(answer.extensions.halo).toEqual({ requestId: 'from-the-caller:1', cost: zero, notices: [] });
    expect(response.headers.get('x-request-id')).toBe('from-the-caller:1');
  });

  test('with what the operation cost, and its notices', async () => {
    const notice = { code: 'SITE_MOVED', message: 'The practice has moved.', bpSiteId: '1005' } as const;
    const { execute } = fakeHalo({ notices: [notice] });
    const answer = await execute('{ practice(bpSiteId: "1001") { ... on Practice { timeZone } } }');
    expect(answer.extensions.halo).toMatchObject({ cost: { charged: 1 }, notices: [notice] });
  });

  test('a request id that is not sane is replaced', async () => {
    const { request } = fakeHalo();
    const response = await request({ query: '{ viewer { name } }' }, { 'x-request-id': 'a b"<script>' });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('what the session is opened with', () => {
  test('the request id, a signal, and the headers that are passed on, no other', async () => {
    const { request, opened } = fakeHalo();
    await request(
      { query: '{ practice(bpSiteId: "1001") { __typename } }' },
      { 'x-sandbox-fault': '1001:offline', authorization: 'Bearer nobody' },
    );
    expect(opened[0]?.simulatedFault).toBe('1001:offline');
    expect(opened[0]?.signal.aborted).toBe(false);
  });

  test('no request header is passed on outside the sandbox', async () => {
    const { request, opened } = fakeHalo({ server: { simulateFaults: false } });
    await request({ query: '{ viewer { name } }' }, { 'x-sandbox-fault': 'offline' });
    expect(opened[0]?.simulatedFault).toBeUndefined();
  });
});

describe('the log', () => {
  test('one line an operation, without its variables', async () => {
    const { request, logged } = fakeHalo();
    await request({
      query:
        'query Find($s: PatientSearch!) { practice(bpSiteId: "1001") { ... on Practice { patients(search: $s) { __typename } } } }',
      variables: { s: { name: 'Verysecret' } },
    });
    const lines = logged.filter(({ message }) => message === 'operation');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'info',
      fields: { operation: 'Find', errors: [], cost: { charged: 1 } },
    });
    expect(JSON.stringify(logged)).not.toContain('Verysecret');
  });

  test('codes of errors', async () => {
    const { execute, logged } = fakeHalo({ practices: { '1001': { fails: new SiteUnavailable() } } });
    const id = Buffer.from('Practice:BEST_PRACTICE:1001').toString('base64');
    await execute(`{ node(id: "${id}") { id } }`);
    expect(logged.find(({ message }) => message === 'operation')?.fields.errors).toEqual([
      'SITE_UNAVAILABLE',
    ]);
  });

  test('a failure before any field runs is masked and logged completely', async () => {
    const { request, logged } = fakeHalo({
      server: {
        // Its timer is left.
        deadlineMs: 100,
        openSession: () => {
          throw new Error('secret of the start');
        },
      },
    });
    const response = await request({ query: '{ viewer { name } }' });
    const text = await response.text();
    expect(text).not.toContain('secret of the start');
    expect(JSON.parse(text).errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(
      logged.some(({ level, fields }) => level === 'error' && String(fields.err).includes('secret')),
    ).toBe(true);
  });
});

describe('viewer', () => {
  test('names the caller, and lists the practices that can be found', async () => {
    const { execute, logged } = fakeHalo({
      practices: { '1001': {}, '1007': { fails: new SiteUnavailable() } },
    });
    const answer = await execute('{ viewer { name scopes environment practices { bpSiteId } } }');
    expect(answer.errors).toBeUndefined();
    expect(answer.data.viewer).toEqual({
      name: 'tester',
      scopes: everyScope,
      environment: 'SANDBOX',
      practices: [{ bpSiteId: '1001' }],
    });
    expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });
});

describe('HTTP', () => {
  test('nothing is kept, sniffed or shared', async () => {
    const { request } = fakeHalo();
    const { headers } = await request(
      { query: '{ viewer { name } }' },
      { origin: 'https://elsewhere.example' },
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('health', async () => {
    const { yoga } = fakeHalo();
    expect((await yoga.fetch('http://localhost/health')).status).toBe(200);
  });

  test('a browser gets GraphiQL, whole, with its tabs', async () => {
    const { yoga } = fakeHalo();
    const page = await (
      await yoga.fetch('http://localhost/graphql', { headers: { accept: 'text/html' } })
    ).text();
    expect(page).toContain('query DayBook');
    expect(page).toContain('2026-11-23');
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  });

  test('no GraphiQL when it is switched off', async () => {
    const { yoga } = fakeHalo({ server: { graphiql: false } });
    const response = await yoga.fetch('http://localhost/graphql', { headers: { accept: 'text/html' } });
    expect(await response.text()).not.toContain('GraphiQL');
  });
});
