import { type HaloSession, PairingRefused } from '../datasources/halo-cloud/halo-session.ts';
import type { PatientAudit } from '../datasources/practice/audit/patient-audit.ts';
import { HaloError } from '../errors.ts';

/** A session that collects the PMS IDs of reached practices, and records pairings in the audit trail. */
export function watchedSession(session: HaloSession, reached: Set<string>, audit: PatientAudit): HaloSession {
  return {
    practice: (pms, pmsSiteId) =>
      session.practice(pms, pmsSiteId).then((practice) => {
        reached.add(practice.bpSiteId);
        return practice;
      }),
    pinned(site) {
      const practice = session.pinned(site);
      reached.add(practice.bpSiteId);
      return practice;
    },
    async pair(request) {
      const started = performance.now();
      const record = (code: string, haloGuid = '') =>
        audit.wrote(
          { bpSiteId: request.pmsSiteId, haloGuid },
          { write: 'pairSite', ids: {}, fields: [], ms: Math.round(performance.now() - started), code },
        );
      try {
        const site = await session.pair(request);
        record('OK', site.haloGuid);
        return site;
      } catch (error) {
        if (error instanceof PairingRefused) record('PAIRING_REFUSED');
        else record(error instanceof HaloError ? error.code : 'INTERNAL_SERVER_ERROR');
        throw error;
      }
    },
    sites: session.sites,
    site: session.site,
    beginChange: session.beginChange,
    cost: session.cost,
    notices: session.notices,
    countBatched: session.countBatched,
  };
}
