import type { PracticeSpec } from '../practices.ts';
import type { Answer } from './answer.ts';
import { Refusal } from './answer.ts';
import type { Faults } from './faults.ts';

// Rests on assumption S2.

const pmsNames: Readonly<Record<string, PracticeSpec['pms'] | 'D4w'>> = {
  'Best Practice': 'BestPractice',
  Zedmed: 'Zedmed',
  D4w: 'D4w',
};

/** A GUID in a path, and its role at its practice. */
export interface AddressedSite {
  readonly practice: PracticeSpec;
  readonly guid: string;
  readonly role: 'primary' | 'standby' | 'former';
}

export function hasMoved(faults: Faults): boolean {
  return faults.has('moved') || faults.has('moved-identity');
}

/** The practice with this GUID, compared without case; undefined when there is none. */
export function addressedSite(practices: readonly PracticeSpec[], guid: string): AddressedSite | undefined {
  const wanted = guid.toLowerCase();
  for (const practice of practices) {
    const roles = {
      primary: practice.haloGuid,
      standby: practice.standbyHaloGuid,
      former: practice.formerHaloGuid,
    } as const;
    for (const role of ['primary', 'standby', 'former'] as const) {
      if (roles[role] === wanted) return { practice, guid: wanted, role };
    }
  }
  return undefined;
}

/** Names of the databases that can be queried, the default one first. */
export function cataloguesOf({ pms }: PracticeSpec): readonly [string, ...string[]] {
  return pms === 'BestPractice' ? ['BPSPatients', 'BPSDrugs'] : ['Zedmed'];
}

/** SiteForIntegrator. */
export function siteBody(practice: PracticeSpec, guid: string, faults: Faults): unknown {
  const name =
    faults.has('moved-identity') && guid === practice.standbyHaloGuid
      ? `${practice.name} East`
      : practice.name;
  const availability = faults.has('offline')
    ? 'offline'
    : faults.has('unreachable')
      ? 'unreachable'
      : practice.availability;
  const now = new Date();
  const heartbeat = availability === 'online' ? now : new Date(now.getTime() - 3_600_000);
  return {
    id: guid,
    pmsType: practice.pms,
    availability,
    status: 'active',
    haloLinkVersion: practice.haloLinkVersion,
    enrichedAt: heartbeat.toISOString(),
    catalogue: cataloguesOf(practice).map((each, index) => ({ name: each, isDefault: index === 0 })),
    practiceMetadata: {
      pmsType: practice.pms,
      practiceName: name,
      practiceManagementSiteId: practice.bpSiteId,
      practiceManagementVersion: practice.pmsVersion,
    },
    name,
    practiceManagementSiteId: practice.bpSiteId,
    practiceManagementName: practice.pms === 'BestPractice' ? 'Best Practice' : practice.pms,
    practiceManagementVersion: practice.pmsVersion,
    createdAt: '2024-02-01T00:00:00Z',
    authoritative: true,
    clientTimestampUTC: heartbeat.toISOString(),
    heartbeatTimestampUTC: heartbeat.toISOString(),
  };
}

/** The PMS ID that a look-up or a pairing names, and its PMS. Throws a Refusal 400. */
export function readPmsId(query: URLSearchParams): {
  readonly id: string;
  readonly pms: PracticeSpec['pms'] | 'D4w';
} {
  for (const name of ['practiceManagementSiteId', 'practiceManagementName']) {
    if (!query.get(name)) throw new Refusal(400, `Required parameter '${name}' is missing`);
  }
  const pms = pmsNames[query.get('practiceManagementName') ?? ''];
  if (!pms)
    throw new Refusal(400, "Parameter 'practiceManagementName' must be one of Best Practice, Zedmed, D4w");
  return { id: query.get('practiceManagementSiteId') ?? '', pms };
}

/** `GET /integrator/sites`: the authoritative server of a PMS ID, or no site. */
export function findSites(
  practices: readonly PracticeSpec[],
  query: URLSearchParams,
  faultsOf: (bpSiteId: string) => Faults,
): Answer {
  const { id, pms } = readPmsId(query);
  const practice = practices.find(({ bpSiteId, pms: own }) => bpSiteId === id && own === pms);
  const faults = faultsOf(id);
  if (faults.has('lookup-fails')) throw new Refusal(500, 'Failed to look up sites.');
  if (!practice || faults.has('gone')) return { status: 200, body: { sites: [] } };
  const guid = hasMoved(faults) ? practice.standbyHaloGuid : practice.haloGuid;
  return { status: 200, body: { sites: [siteBody(practice, guid, faults)] } };
}
