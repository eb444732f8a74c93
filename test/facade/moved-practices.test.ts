/** The five meanings of a 403, by both settings of the failover. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { practices } from '../../sandbox/practices.ts';
import { type Facade, openFacade } from '../open-facade.ts';

const { haloGuid, standbyHaloGuid } = practices.find(
  ({ bpSiteId }) => bpSiteId === '1002',
) as (typeof practices)[number];
const appointments = `appointments(from: "2026-11-24", first: 2) { __typename
  ... on AppointmentConnection { nodes { start } }
  ... on HaloError { code message retryable }
  ... on AuthoritativeServerChanged { haloGuid bpSiteId currentHaloGuid currentSite { haloGuid availability } }
  ... on PracticeIdentityChanged { changedPractice: bpSiteId expectedName foundName }
  ... on AccessDenied { reason } }`;
const byPractice = `{ practice(bpSiteId: "1002") { __typename ... on Practice { ${appointments} } ... on HaloError { code } } }`;
const bySite = `{ site(haloGuid: "${haloGuid}") { __typename ... on Site { practice { ${appointments} } }
  ... on HaloError { code } ... on AuthoritativeServerChanged { haloGuid bpSiteId currentHaloGuid } ... on AccessDenied { reason } } }`;
const sql = 'POST /integrator/sites/{siteId}/queries/immediate';
const lookUp = 'GET /integrator/sites';
const registry = [{ bpSiteId: '1002', name: 'Sandbox Jacaranda Practice', haloGuid }];
const open = (failover: 'replay' | 'surface') =>
  openFacade({ failover, source: 'sql-passthrough', practices: registry });

let replay: Facade;
let surface: Facade;
const opened: Facade[] = [];
beforeEach(() => {
  replay = open('replay');
  surface = open('surface');
  opened.push(replay, surface);
});
afterAll(() => Promise.all(opened.map((facade) => facade.close())));

describe('another GUID, the same practice', () => {
  it('is replayed once on the new server, with a notice', async () => {
    const answer = await replay.executeWithFault('moved', byPractice);
    expect(answer.data.practice.appointments.nodes).toHaveLength(2);
    expect(answer.calls).toEqual([sql, lookUp, sql]);
    expect(answer.notices).toEqual([
      {
        code: 'SITE_MOVED',
        message: expect.any(String),
        bpSiteId: '1002',
        previousHaloGuid: haloGuid,
        currentHaloGuid: standbyHaloGuid,
      },
    ]);
  });

  it('is surfaced when so configured, and says where the practice is', async () => {
    const answer = await surface.executeWithFault('moved', byPractice);
    expect(answer.data.practice.appointments).toMatchObject({
      __typename: 'AuthoritativeServerChanged',
      code: 'AUTHORITATIVE_SERVER_CHANGED',
      retryable: true,
      haloGuid,
      bpSiteId: '1002',
      currentHaloGuid: standbyHaloGuid,
      currentSite: { haloGuid: standbyHaloGuid, availability: 'ONLINE' },
    });
    expect(answer.calls.filter((call) => call === sql)).toHaveLength(1);
  });

  it.each(['replay', 'surface'] as const)(
    'queried by its GUID, is always surfaced (%s)',
    async (failover) => {
      const answer = await (failover === 'replay' ? replay : surface).executeWithFault('moved', bySite);
      expect(answer.data.site).toEqual({
        __typename: 'AuthoritativeServerChanged',
        code: 'AUTHORITATIVE_SERVER_CHANGED',
        haloGuid,
        bpSiteId: '1002',
        currentHaloGuid: standbyHaloGuid,
      });
    },
  );

  it('looks up the practice once, however many calls were refused', async () => {
    const fields = [24, 25, 26, 27].map(
      (day) => `d${day}: appointments(from: "2026-11-${day}") { __typename }`,
    );
    const answer = await replay.executeWithFault(
      'moved',
      `{ practice(bpSiteId: "1002") { ... on Practice { ${fields.join(' ')} } } }`,
    );
    expect(Object.values(answer.data.practice)).toEqual(
      Array(4).fill({ __typename: 'AppointmentConnection' }),
    );
    expect(answer.calls.filter((call) => call === lookUp)).toHaveLength(1);
    expect(answer.calls.filter((call) => call === sql)).toHaveLength(8);
  });

  it('is found from a GUID that was noted before the migration', async () => {
    const migrated = practices.find(({ bpSiteId }) => bpSiteId === '1005') as (typeof practices)[number];
    const facade = openFacade({
      practices: [
        {
          bpSiteId: '1005',
          name: migrated.name,
          ...(migrated.formerHaloGuid && { haloGuid: migrated.formerHaloGuid }),
        },
      ],
    });
    const query = byPractice.replace('1002', '1005');
    const first = await facade.execute(query);
    expect(first.data.practice.appointments.nodes).toHaveLength(2);
    expect(first.notices.map(({ code }) => code)).toEqual(['SITE_MOVED']);
    const second = await facade.execute(query);
    expect([second.notices, second.calls]).toEqual([[], [sql]]);
    await facade.close();
  });
});

describe('another GUID, another practice', () => {
  it.each(['replay', 'surface'] as const)('gives no data (%s)', async (failover) => {
    const answer = await (failover === 'replay' ? replay : surface).executeWithFault(
      'moved-identity',
      byPractice,
    );
    expect(answer.data.practice.appointments).toMatchObject({
      __typename: 'PracticeIdentityChanged',
      changedPractice: '1002',
      expectedName: 'Sandbox Jacaranda Practice',
      foundName: 'Sandbox Jacaranda Practice East',
      retryable: false,
    });
    expect(answer.calls.filter((call) => call === sql)).toHaveLength(1);
  });
});

describe('another GUID, another practice, queried by the old GUID', () => {
  it.each(['replay', 'surface'] as const)('gives no data either (%s)', async (failover) => {
    const answer = await (failover === 'replay' ? replay : surface).executeWithFault(
      'moved-identity',
      bySite,
    );
    expect(answer.data.site).toEqual({
      __typename: 'PracticeIdentityChanged',
      code: 'PRACTICE_IDENTITY_CHANGED',
    });
    expect(answer.text).not.toContain(standbyHaloGuid);
  });
});

describe('the same GUID', () => {
  it.each([
    ['not-paired', 'NOT_PAIRED'],
    ['quota', 'QUOTA_EXCEEDED'],
    ['ip-not-allowed', 'CALLER_IP_NOT_ALLOWED'],
  ])('%s: access is denied, and why', async (fault, reason) => {
    for (const facade of [replay, surface]) {
      const answer = await facade.executeWithFault(fault, byPractice);
      expect(answer.data.practice.appointments).toMatchObject({
        __typename: 'AccessDenied',
        reason,
        retryable: false,
      });
      expect(answer.calls.filter((call) => call === sql)).toHaveLength(1);
    }
    expect((await replay.executeWithFault(fault, bySite)).data.site).toMatchObject({
      __typename: 'AccessDenied',
      reason,
    });
  });
});

describe('no site, or no look-up', () => {
  it.each(['gone', 'moved,lookup-fails'])('%s: the likely cause, not confirmed', async (fault) => {
    for (const facade of [replay, surface]) {
      const answer = await facade.executeWithFault(fault, byPractice);
      expect(answer.data.practice.appointments).toMatchObject({
        __typename: 'AuthoritativeServerChanged',
        haloGuid,
        currentHaloGuid: null,
        currentSite: null,
        retryable: false,
        message: 'This practice is not connected at the moment. It may have moved to another server.',
      });
    }
  });

  it('is all that is known of a new GUID', async () => {
    const facade = openFacade();
    const answer = await facade.executeWithFault('moved', bySite);
    expect(answer.data.site).toMatchObject({
      __typename: 'AuthoritativeServerChanged',
      bpSiteId: null,
      currentHaloGuid: null,
    });
    await facade.close();
  });
});

describe('a recorded GUID', () => {
  it('saves the look-up; its other fields are fetched when an operation selects them', async () => {
    const query = '{ practice(bpSiteId: "1002") { ... on Practice { name pmsVersion } } }';
    const answer = await replay.execute(query);
    expect(answer.data.practice).toEqual({
      name: 'Sandbox Jacaranda Practice',
      pmsVersion: expect.stringMatching(/\d/),
    });
    expect(answer.calls).toEqual(['GET /integrator/sites/{siteId}']);
    const cold = openFacade();
    expect((await cold.execute(query)).calls).toEqual([lookUp]);
    await cold.close();
  });
});
