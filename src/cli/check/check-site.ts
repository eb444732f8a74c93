import type { SiteRecord } from '../../datasources/halo-cloud/halo-session.ts';
import { siteAway } from './explain.ts';
import { failed, type Outcome, ok, warning } from './finding.ts';
import { knownFaults } from './halo-link-versions.ts';

// Rests on assumption H28.

/** A site that is online was heard of less than two minutes ago; what lies further off is a clock. */
const clockToleranceMs = 5 * 60_000;

/** Whether Halo Link is new enough. */
export function judgeHaloLink({ haloLinkVersion }: SiteRecord): Outcome {
  if (haloLinkVersion === null) return ok('Halo Cloud does not say its version.');
  const faults = knownFaults(haloLinkVersion);
  if (faults.length === 0) return ok(`Version ${haloLinkVersion}.`);
  return warning(
    `Version ${haloLinkVersion} has known faults: ${faults.join('; ')}.`,
    'Halo Link at the practice: let it update itself, or ask the practice to.',
  );
}

/** Whether the practice's server can be asked now. @param nowMs of this machine, since 1970 */
export function judgeSite(site: SiteRecord, nowMs: number): Outcome {
  const { status, availability, lastHeartbeatAt, pmsVersion } = site;
  if (status === 'REMOVED' || status === 'UNINSTALLED') {
    return failed(
      `Halo Link was ${status.toLowerCase()} at this site.`,
      'Halo Link at the practice: it has to be installed again, on the server of Bp Premier.',
    );
  }
  if (status === 'INITIALISING') {
    return failed(
      'Halo Link is still being set up at this site.',
      'Halo Link at the practice: wait, then look in the Halo portal.',
    );
  }
  if (availability === 'OFFLINE' || availability === 'UNREACHABLE') return siteAway(availability);
  const said = `${status === null ? 'status not told' : 'active'}, ${availability === null ? 'availability not told' : 'online'}, Bp Premier ${pmsVersion ?? '(version not told)'}, Halo GUID ${site.haloGuid}.`;
  const offMs = lastHeartbeatAt === null ? 0 : nowMs - Date.parse(lastHeartbeatAt);
  if (availability === 'ONLINE' && Math.abs(offMs) > clockToleranceMs) {
    return warning(
      `${said} By the clock of this machine it was heard of ${minutes(offMs)}.`,
      'Clock of this machine: set it by NTP. Webhooks and tokens are refused by a wrong one.',
    );
  }
  return ok(said);
}

function minutes(ms: number): string {
  const count = Math.round(Math.abs(ms) / 60_000);
  return ms > 0 ? `${count} minutes ago` : `${count} minutes in the future`;
}
