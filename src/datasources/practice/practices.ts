/** The practices of one operation: each is opened once, so that all its fields share loaders. */

import type { PracticeManagementSystem } from '../domain/pms.ts';
import type { ConnectedPractice, HaloSession, SiteRecord } from '../halo-cloud/halo-session.ts';
import type { AuditedPractice } from './audit/audited-practice.ts';
import { Practice } from './practice.ts';

export interface Practices {
  /** The practice with this PMS ID wherever it is today. Throws as `HaloSession.practice` does. */
  find(pms: PracticeManagementSystem, pmsSiteId: string): Promise<Practice>;
  /** The practice behind exactly this site. */
  pinned(site: SiteRecord): Practice;
}

export function openPractices(
  session: HaloSession,
  route: (connection: ConnectedPractice) => AuditedPractice,
): Practices {
  const found = new Map<string, Promise<Practice>>();
  let pinned: Map<string, Practice> | undefined;
  const open = (connection: ConnectedPractice) =>
    new Practice(connection, route(connection), (saved) => session.countBatched(saved));
  return {
    find(pms, pmsSiteId) {
      const key = `${pms} ${pmsSiteId}`;
      let practice = found.get(key);
      if (!practice) {
        practice = session.practice(pms, pmsSiteId).then(open);
        found.set(key, practice);
      }
      return practice;
    },
    pinned(site) {
      pinned ??= new Map();
      let practice = pinned.get(site.haloGuid);
      if (!practice) {
        practice = open(session.pinned(site));
        pinned.set(site.haloGuid, practice);
      }
      return practice;
    },
  };
}
