import { describe, expect, it } from 'vitest';
import type { SiteRecord } from '../../../src/datasources/halo-cloud/halo-session.ts';
import { chooseSite } from '../../../src/datasources/halo-cloud/sites/choose-site.ts';
import { siteOf, sitesOf } from '../../../src/datasources/halo-cloud/sites/sites.ts';
import { guidA, guidB, guidC, wireSite } from './kit.ts';

const read = (body: unknown) => siteOf(guidA).read(body);

describe('sites', () => {
  it('sends Best Practice with a space, and reads it without', () => {
    expect(sitesOf('BEST_PRACTICE', '10 01&x=1').path).toBe(
      '/integrator/sites?practiceManagementSiteId=10%2001%26x%3D1&practiceManagementName=Best%20Practice',
    );
    expect(sitesOf('ZEDMED', 'Z').path).toContain('practiceManagementName=Zedmed');
    expect(sitesOf('D4W', 'D').path).toContain('practiceManagementName=D4w');
  });

  it('reads a site of the current contract', () => {
    expect(read({ ...wireSite({ id: guidA.toUpperCase() }), somethingNew: { a: 1 } })).toEqual({
      haloGuid: guidA,
      authoritative: null,
      availability: 'ONLINE',
      status: 'ACTIVE',
      haloLinkVersion: '26.713.1',
      lastHeartbeatAt: '2026-11-22T07:00:00Z',
      catalogues: [{ name: 'Patients', isDefault: true }],
      pms: 'BEST_PRACTICE',
      pmsSiteId: '1001',
      pmsVersion: '1.12',
      practiceName: 'Synthetic Practice',
    });
  });

  it('falls back to the deprecated fields', () => {
    expect(
      read({
        id: guidA,
        name: ' Old Name ',
        practiceManagementName: 'Best Practice',
        practiceManagementSiteId: '7',
        practiceManagementVersion: '1.10',
        authoritative: true,
        heartbeatTimestampUTC: '2026-11-22T07:00:00.123',
      }),
    ).toMatchObject({
      pms: 'BEST_PRACTICE',
      pmsSiteId: '7',
      pmsVersion: '1.10',
      practiceName: 'Old Name',
      authoritative: true,
      lastHeartbeatAt: '2026-11-22T07:00:00Z',
    });
  });

  it('maps unknown values to null', () => {
    expect(
      read({
        id: guidA,
        pmsType: 'constructor',
        availability: 'asleep',
        status: 'toString',
        catalogue: null,
      }),
    ).toMatchObject({ pms: null, availability: null, status: null, catalogues: [], lastHeartbeatAt: null });
  });

  it('leaves out malformed entries: catalogues without a name, sites without an id', () => {
    const catalogue = [{ isDefault: true }, { name: null }, { name: 'Patients', isDefault: null }];
    const sites = [{ status: 'initialising' }, { id: null }, { id: guidB, catalogue }];
    expect(sitesOf('BEST_PRACTICE', '1').read({ sites })).toMatchObject([
      { haloGuid: guidB, catalogues: [{ name: 'Patients', isDefault: false }] },
    ]);
  });

  it.each([
    ['no list', {}],
    ['nothing but sites without an id', { sites: [{ status: 'active' }] }],
    ['a list of something else', { sites: ['x'] }],
    ['an id that is no GUID', { sites: [{ id: '../../etc' }] }],
    ['a wrong type', { sites: [{ id: guidA, haloLinkVersion: 7 }] }],
  ])('refuses %s', (_what, body) => {
    expect(() => sitesOf('BEST_PRACTICE', '1').read(body)).toThrow(
      expect.objectContaining({ name: 'MalformedResponse' }),
    );
  });
});

describe('chooseSite', () => {
  const site = (haloGuid: string, changes: Partial<SiteRecord>): SiteRecord => ({
    ...read({ id: haloGuid }),
    ...changes,
  });
  const serving = { status: 'ACTIVE', availability: 'ONLINE' } as const;

  it.each([
    [
      'the authoritative one, though offline',
      [{ ...serving }, { authoritative: true, availability: 'OFFLINE' }],
      guidB,
    ],
    [
      'an offline one before one that is uninstalled',
      [
        { status: 'UNINSTALLED', lastHeartbeatAt: '2026-11-21T00:00:00Z' },
        { status: 'ACTIVE', availability: 'OFFLINE', lastHeartbeatAt: '2026-11-20T00:00:00Z' },
      ],
      guidB,
    ],
    ['an active and online one', [{ status: 'REMOVED', availability: 'ONLINE' }, serving], guidB],
    [
      'not the one that is said not to be',
      [{ ...serving, authoritative: false }, { availability: 'OFFLINE' }],
      guidB,
    ],
    [
      'the one with the latest heartbeat',
      [{ lastHeartbeatAt: '2026-11-20T00:00:00Z' }, { lastHeartbeatAt: '2026-11-21T00:00:00Z' }],
      guidB,
    ],
    ['the first of equals', [serving, serving], guidA],
  ] as [string, Partial<SiteRecord>[], string][])('takes %s', (_what, [a, b], expected) => {
    expect(chooseSite([site(guidA, a ?? {}), site(guidB, b ?? {})])?.haloGuid).toBe(expected);
  });

  it('chooses the only site, and none of an empty list', () => {
    expect(chooseSite([site(guidC, { authoritative: false, status: 'REMOVED' })])?.haloGuid).toBe(guidC);
    expect(chooseSite([])).toBeUndefined();
  });
});
