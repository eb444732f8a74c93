import type { SiteRecord } from '../../datasources/halo-cloud/halo-session.ts';
import { siteAway } from './explain.ts';
import { failed, type Outcome, ok, warning } from './finding.ts';
import { knownFaults } from './halo-link-versions.ts';

// Rests on assumption H28.

/** An online site sent its last heartbeat less than two minutes ago. A larger difference means that a clock is wrong. */
const clockToleranceMs = 5 * 60_000;

/** Whether Halo Link is new enough. */
export function judgeHaloLink({ haloLinkVersion }: SiteRecord): Outcome {
  if (haloLinkVersion === null) return ok('Halo Cloud does not report its version.');
  const faults = knownFaults(haloLinkVersion);
  if (faults.length === 0) return ok(`Version ${haloLinkVersion}.`);
  return warning(
    `Version ${haloLinkVersion} has known faults: ${faults.join('; ')}.`,
    'Halo Link at the practice: wait for its automatic update, or have the practice update it.',
  );
}

/** Whether the practice's server can be reached now. @param nowMs clock of this machine, milliseconds since 1970 */
export function judgeSite(site: SiteRecord, nowMs: number): Outcome {
  const { status, availability, lastHeartbeatAt, pmsVersion } = site;
  if (status === 'REMOVED' || status === 'UNINSTALLED') {
    return failed(
      `Halo Link was ${status.toLowerCase()} at this site.`,
      'Halo Link at the practice: install it again on the server of Bp Premier.',
    );
  }
  if (status === 'INITIALISING') {
    return failed(
      'Halo Link is still being set up at this site.',
      'Halo Link at the practice: wait some minutes, then check the site in the Halo portal.',
    );
  }
  if (availability === 'OFFLINE' || availability === 'UNREACHABLE') return siteAway(availability);
  const said = `${status === null ? 'status unknown' : 'active'}, ${availability === null ? 'availability unknown' : 'online'}, Bp Premier ${pmsVersion ?? '(version unknown)'}, Halo GUID ${site.haloGuid}.`;
  const offMs = lastHeartbeatAt === null ? 0 : nowMs - Date.parse(lastHeartbeatAt);
  if (availability === 'ONLINE' && Math.abs(offMs) > clockToleranceMs) {
    return warning(
      `${said} By the clock of this machine, its last heartbeat was ${minutes(offMs)}.`,
      'Clock of this machine: set it by NTP. With a wrong clock, webhooks and tokens are refused.',
    );
  }
  return ok(said);
}

function minutes(ms: number): string {
  const count = Math.round(Math.abs(ms) / 60_000);
  return ms > 0 ? `${count} minutes ago` : `${count} minutes in the future`;
}
