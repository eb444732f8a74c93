import type { HaloSession, SiteRecord } from '../datasources/halo-session.ts';
import type { PracticeManagementSystem } from '../datasources/practice-data.ts';
import { AccessDenied, AuthoritativeServerChanged, NotFound, PracticeIdentityChanged } from '../errors.ts';
import type { Caller } from './caller.ts';
import { mayAsk } from './practice-access.ts';

/**
 * Halo Cloud as one caller may know it: every way to a practice or its site leads through here. What the caller may not
 * ask for is told as what does not exist, word for word, and nobody is asked for it by its PMS ID. Claims name Bp Site IDs:
 * sites of another PMS are for callers of all practices.
 */
export function guardSession(session: HaloSession, caller: Pick<Caller, 'practices'>): HaloSession {
  if (caller.practices === 'all') return session;
  const may = (pms: PracticeManagementSystem | null, pmsSiteId: string | null): boolean =>
    pms === 'BEST_PRACTICE' && pmsSiteId !== null && mayAsk(caller, pmsSiteId);
  const maySee = ({ pms, pmsSiteId }: SiteRecord) => may(pms, pmsSiteId);
  return {
    ...session,
    async practice(pms, pmsSiteId) {
      if (!may(pms, pmsSiteId)) throw nothingThere();
      return session.practice(pms, pmsSiteId);
    },
    async sites(pms, pmsSiteId) {
      return may(pms, pmsSiteId) ? (await session.sites(pms, pmsSiteId)).filter(maySee) : [];
    },
    async site(haloGuid) {
      const site = await session.site(haloGuid).catch((error: unknown) => {
        throw tellsOfAnother(error, (bpSiteId) => mayAsk(caller, bpSiteId)) ? nothingThere() : error;
      });
      if (!maySee(site)) throw nothingThere();
      return site;
    },
    async pair(request) {
      if (!may(request.pms, request.pmsSiteId)) throw nothingThere();
      return session.pair(request);
    },
  };
}

/** Whether a failure would tell that there is a site, or whose it is. */
function tellsOfAnother(error: unknown, mayKnow: (bpSiteId: string) => boolean): boolean {
  if (error instanceof AccessDenied) return true;
  if (!(error instanceof AuthoritativeServerChanged || error instanceof PracticeIdentityChanged))
    return false;
  return error.bpSiteId === null || !mayKnow(error.bpSiteId);
}

const detail = "outside the caller's practices";
const nothingThere = () => new NotFound({ detail });
