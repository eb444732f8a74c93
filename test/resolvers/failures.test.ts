import { describe, expect, test } from 'vitest';
import {
  AuthoritativeServerChanged,
  NotFound,
  OperationNotSupported,
  ResultExpired,
  SiteUnavailable,
} from '../../src/errors.ts';
import { fakeHalo, guid, siteRecord } from './fake-halo.ts';

const failing = (method: string, error: unknown) => ({
  practices: { '1001': { data: { [method]: () => Promise.reject(error) } } },
});

describe('a failure is data where the field answers a union', () => {
  test('a practice that moved, with its current site', async () => {
    const moved = new AuthoritativeServerChanged({ haloGuid: guid, bpSiteId: '1001', currentHaloGuid: guid });
    const { execute } = fakeHalo(failing('appointments', moved));
    const answer =
      await execute(`{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23") {
      __typename ... on HaloError { code retryable }
      ... on AuthoritativeServerChanged { haloGuid currentHaloGuid currentSite { availability practice { bpSiteId } } } } } } }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.practice.appointments).toEqual({
      __typename: 'AuthoritativeServerChanged',
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      retryable: true,
      haloGuid: guid,
      currentHaloGuid: guid,
      currentSite: { availability: 'ONLINE', practice: { bpSiteId: '1001' } },
    });
  });

  test('each of several practices fails alone, in the order of the argument', async () => {
    const { execute } = fakeHalo({
      practices: { '1001': {}, '1007': { fails: new SiteUnavailable({ availability: 'OFFLINE' }) } },
    });
    const answer = await execute(`{ practices(bpSiteIds: ["1007", "1001", "4040", "1001"]) {
      __typename ... on SiteUnavailable { availability } ... on Practice { name } } }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.practices).toEqual([
      { __typename: 'SiteUnavailable', availability: 'OFFLINE' },
      { __typename: 'Practice', name: 'Sandbox Wattle Practice' },
      { __typename: 'NotFound' },
      { __typename: 'Practice', name: 'Sandbox Wattle Practice' },
    ]);
  });

  test('a HaloError that the union does not name becomes UpstreamFailed, and the operator reads which it was', async () => {
    const { execute, logged } = fakeHalo(
      failing('appointments', new ResultExpired({ detail: 'page 3 of 4' })),
    );
    const answer =
      await execute(`{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23") {
      ... on UpstreamFailed { code message retryable } } } } }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.practice.appointments).toMatchObject({ code: 'UPSTREAM_FAILED', retryable: false });
    expect(logged.filter(({ level }) => level === 'warn')).toEqual([
      expect.objectContaining({
        fields: expect.objectContaining({
          code: 'RESULT_EXPIRED',
          detail: 'page 3 of 4',
          field: 'Practice.appointments',
        }),
      }),
    ]);
  });

  test('the same in a list of unions', async () => {
    const { execute } = fakeHalo({ practices: { '1001': { fails: new ResultExpired() } } });
    const answer = await execute('{ practices(bpSiteIds: ["1001"]) { __typename } }');
    expect(answer.data.practices).toEqual([{ __typename: 'UpstreamFailed' }]);
  });

  test('more than 200 practices at once', async () => {
    const { execute } = fakeHalo();
    const answer = await execute('query ($ids: [ID!]!) { practices(bpSiteIds: $ids) { __typename } }', {
      ids: Array(201).fill('1001'),
    });
    expect(answer.errors[0].extensions).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['bpSiteIds'] }],
    });
  });

  test('a site that is not Bp Premier: its fields work, its capabilities and data say why not', async () => {
    const notBp = new OperationNotSupported({ operation: 'READ_PATIENTS', pms: 'ZEDMED' });
    const { execute } = fakeHalo(failing('patients', notBp));
    const answer = await execute(`{ practice(bpSiteId: "1001") { ... on Practice { site { availability }
      patients(search: { name: "In" }) { ... on OperationNotSupported { operation pms haloLinkVersion } } } } }`);
    expect(answer.data.practice).toEqual({
      site: { availability: 'ONLINE' },
      patients: { operation: 'READ_PATIENTS', pms: 'ZEDMED', haloLinkVersion: null },
    });
  });
});

describe('a failure of a link is null with an entry in errors', () => {
  const query = `{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23", first: 3) {
    ... on AppointmentConnection { nodes { pmsId patient { fullName } } } } } } }`;

  test('with the code of the table, logged once', async () => {
    const { execute, logged } = fakeHalo(
      failing('patients', new SiteUnavailable({}, { detail: 'breaker open' })),
    );
    const answer = await execute(query);
    expect(answer.data.practice.appointments.nodes.map((node: { patient: null }) => node.patient)).toEqual([
      null,
      null,
      null,
    ]);
    expect(answer.errors).toHaveLength(3);
    expect(answer.errors[0]).toMatchObject({
      message: "The practice's server cannot be reached at the moment. Try again later.",
      path: ['practice', 'appointments', 'nodes', 0, 'patient'],
      extensions: { code: 'SITE_UNAVAILABLE', retryable: true },
    });
    expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  test('a bug is masked with the request id, and logged whole', async () => {
    const bug = new TypeError('secret of the code');
    const { execute, logged } = fakeHalo(failing('patients', bug));
    const answer = await execute(query);
    expect(JSON.stringify(answer)).not.toContain('secret of the code');
    expect(answer.errors[0]).toMatchObject({
      message: 'Unexpected error.',
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: answer.extensions.halo.requestId },
    });
    expect(logged.find(({ level }) => level === 'error')?.fields.err).toBe(bug);
  });

  test('the site of a practice that moved is the current one, except below a pinned site', async () => {
    const current = '00000000-0000-4000-9000-000000001001';
    const site = async (haloGuid: string) => {
      if (haloGuid === current) return { ...siteRecord('1001'), haloGuid };
      throw new AuthoritativeServerChanged({ haloGuid, bpSiteId: '1001', currentHaloGuid: current });
    };
    const { execute } = fakeHalo({ session: { site } });
    const answer = await execute(`{
      practice(bpSiteId: "1001") { ... on Practice { site { haloGuid availability } } }
      sites(pmsSiteId: "1001") { ... on Sites { nodes { practice { site { haloGuid availability } } } } } }`);
    expect(answer.data.practice.site).toEqual({ haloGuid: current, availability: 'ONLINE' });
    expect(answer.data.sites.nodes[0].practice.site).toEqual({ haloGuid: guid, availability: null });
    expect(answer.errors[0].extensions.code).toBe('AUTHORITATIVE_SERVER_CHANGED');
  });

  test('a site that cannot be read does not make its practice fail', async () => {
    const { execute } = fakeHalo({ session: { site: () => Promise.reject(new NotFound()) } });
    const answer = await execute(`{ practice(bpSiteId: "1001") { ... on Practice { name
      site { id haloGuid pms availability catalogues { name } } } } }`);
    expect(answer.data.practice).toMatchObject({
      name: 'Sandbox Wattle Practice',
      site: { haloGuid: guid, pms: 'BEST_PRACTICE', availability: null, catalogues: [] },
    });
    expect(answer.errors.map((error: { extensions: { code: string } }) => error.extensions.code)).toEqual([
      'NOT_FOUND',
    ]);
  });
});
