import { today } from '../../time/local.ts';
import { assumedZone, zoneOfPostcode } from '../../time/zones.ts';
import type { ConnectedPractice } from '../halo-session.ts';
import type { TimeZone } from '../practice-data.ts';
import type { Authority, Practice } from './authority.ts';
import type { CapabilityCache } from './capability.ts';
import type { HaloCloud } from './client.ts';
import { allPages, fhirOperationCall, fhirSearchCall } from './fhir.ts';
import { fhirCreateCall, fhirUpdateCall, readIfThere } from './fhir-resource.ts';
import { immediateChange } from './immediate-query.ts';
import { nameAsked } from './name-asked.ts';
import type { Notices } from './notices.ts';
import type { QueryDesk } from './queries/desk.ts';
import { practiceRows } from './queries/practice-rows.ts';
import { connectSql } from './queries/sql-site.ts';
import type { KnownSite } from './sites-directory.ts';
import type { CallContext } from './upstream-call.ts';

export interface ConnectionParts {
  readonly halo: HaloCloud;
  readonly authority: Authority;
  readonly capabilities: CapabilityCache;
  readonly notices: Notices;
  readonly desk: QueryDesk;
  readonly context: CallContext;
  readonly clock: () => number;
}

/**
 * One practice in one operation. A search is followed through all its pages at one site: when the practice moves on the
 * way, it starts again on the current server.
 */
export function connectPractice(
  parts: ConnectionParts,
  start: { site: KnownSite; pinned: boolean; recordedName: string | null; timeZone: TimeZone | undefined },
): ConnectedPractice {
  const { halo, authority, capabilities, notices, desk, context, clock } = parts;
  const practice: Practice = { site: start.site, pinned: start.pinned };
  const { pms, pmsSiteId } = start.site;
  const ask = <T>(read: (site: KnownSite) => Promise<T>): Promise<T> =>
    nameAsked({ bpSiteId: pmsSiteId, haloGuid: practice.site.haloGuid }, authority.ask(practice, read));
  const tell = <T>(write: (site: KnownSite) => Promise<T>): Promise<T> =>
    nameAsked({ bpSiteId: pmsSiteId, haloGuid: practice.site.haloGuid }, authority.tell(practice, write));
  return {
    pms,
    bpSiteId: pmsSiteId,
    pinned: start.pinned,
    get haloGuid() {
      return practice.site.haloGuid;
    },
    get practiceName() {
      return practice.site.practiceName ?? start.recordedName;
    },
    get pmsVersion() {
      return practice.site.pmsVersion;
    },
    sqlSite: connectSql(desk, authority, practice),
    sql: (statement) =>
      ask((site) => authority.query(site, ({ haloGuid }) => practiceRows(desk, haloGuid, statement))),
    fhirSearch: (resource, parameters) =>
      ask(({ haloGuid }) =>
        allPages(halo, fhirSearchCall(haloGuid, resource, parameters), haloGuid, context),
      ),
    fhirOperation: (resource, operation, parameters) =>
      ask(({ haloGuid }) =>
        allPages(halo, fhirOperationCall(haloGuid, resource, operation, parameters), haloGuid, context),
      ),
    sqlWrite: (statement) =>
      tell(({ haloGuid }) => halo.write(immediateChange(haloGuid, statement), context)),
    fhirRead: (resource, id) => ask(({ haloGuid }) => readIfThere(halo, haloGuid, resource, id, context)),
    fhirCreate: (resource, body) =>
      tell(({ haloGuid }) => halo.write(fhirCreateCall(haloGuid, resource, body), context)),
    fhirUpdate: (resource, id, body) =>
      tell(({ haloGuid }) => halo.write(fhirUpdateCall(haloGuid, resource, id, body), context)),
    capability: () =>
      ask(({ haloGuid, haloLinkVersion }) => capabilities.get(haloGuid, haloLinkVersion, context)),
    zoneOf(postcode) {
      const zone = start.timeZone ?? zoneOfPostcode(postcode);
      if (zone) return zone;
      notices.add({
        code: 'TIME_ZONE_ASSUMED',
        message: `The practice has no time zone configured and none follows from its postcode: ${assumedZone} is assumed.`,
        bpSiteId: pmsSiteId,
      });
      return assumedZone;
    },
    now: clock,
    today: (zone) => today(clock(), zone),
  };
}
