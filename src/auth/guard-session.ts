import type { PracticeManagementSystem } from '../datasources/domain/pms.ts';
import type {
  ConnectedPractice,
  CostReport,
  HaloSession,
  SiteRecord,
} from '../datasources/halo-cloud/halo-session.ts';
import { addCosts } from '../datasources/halo-cloud/transport/add-costs.ts';
import { AccessDenied, AuthoritativeServerChanged, NotFound, PracticeIdentityChanged } from '../errors.ts';
import type { Caller } from './caller.ts';
import { mayAccess } from './practice-access.ts';

/**
 * A session that allows one caller only its own practices. All access to practices and sites goes through it. A practice that
 * the caller may not access looks exactly like one that does not exist: the same error, the same number of calls. It is not
 * requested by its PMS ID. Claims name Bp Site IDs, so only callers of all practices may access sites of another PMS.
 * @param open `isApart`: the calls of this session are not explained, because they would show whose a site is
 */
export function guardSession(
  open: (isApart?: boolean) => HaloSession,
  caller: Pick<Caller, 'practices'>,
): HaloSession {
  const session = open();
  if (caller.practices === 'all') return session;
  const may = (pms: PracticeManagementSystem | null, pmsSiteId: string | null): boolean =>
    pms === 'BEST_PRACTICE' && pmsSiteId !== null && mayAccess(caller, pmsSiteId);
  const maySee = ({ pms, pmsSiteId }: SiteRecord) => may(pms, pmsSiteId);
  const own: ConnectedPractice[] = [];
  const lookUps = new Map<string, LookUp>();

  /** The look-up of a GUID shows whose it is. It uses a session of its own, because its calls and cost would show that too. */
  function lookUp(haloGuid: string): LookUp {
    const apart = open(true);
    const started: LookUp = { site: read(), cost: () => oneCall(haloGuid) };
    return started;

    async function read(): Promise<SiteRecord> {
      const site = await apart.site(haloGuid).catch((error: unknown) => {
        if (showsAnother(error, (bpSiteId) => mayAccess(caller, bpSiteId))) throw nothingThere();
        if (namesPractice(error)) started.cost = apart.cost;
        throw error;
      });
      if (!maySee(site)) throw nothingThere();
      started.cost = apart.cost;
      return site;
    }
  }

  return {
    async practice(pms, pmsSiteId) {
      if (!may(pms, pmsSiteId)) throw nothingThere();
      const practice = await session.practice(pms, pmsSiteId);
      own.push(practice);
      return practice;
    },
    async sites(pms, pmsSiteId) {
      return may(pms, pmsSiteId) ? (await session.sites(pms, pmsSiteId)).filter(maySee) : [];
    },
    async site(text) {
      const haloGuid = text.toLowerCase();
      if (!own.some((practice) => practice.haloGuid === haloGuid)) {
        const known = lookUps.get(haloGuid) ?? lookUp(haloGuid);
        lookUps.set(haloGuid, known);
        return known.site;
      }
      const site = await session.site(haloGuid);
      if (!maySee(site)) throw nothingThere();
      return site;
    },
    async pair(request) {
      if (!may(request.pms, request.pmsSiteId)) throw nothingThere();
      return session.pair(request);
    },
    pinned: session.pinned,
    beginChange: session.beginChange,
    notices: session.notices,
    countBatched: session.countBatched,
    cost: () => addCosts([session.cost(), ...[...lookUps.values()].map(({ cost }) => cost())]),
  };
}

interface LookUp {
  readonly site: Promise<SiteRecord>;
  /** The cost without calls that the caller may not see. */
  cost: () => CostReport;
}

const namesPractice = (error: unknown): error is AuthoritativeServerChanged | PracticeIdentityChanged =>
  error instanceof AuthoritativeServerChanged || error instanceof PracticeIdentityChanged;

/** Whether a failure would show that a site exists, or whose it is. A refused key is refused for every site. */
function showsAnother(error: unknown, mayKnow: (bpSiteId: string) => boolean): boolean {
  if (error instanceof AccessDenied) return error.reason !== 'SUBSCRIPTION_KEY_REJECTED';
  return namesPractice(error) && (error.bpSiteId === null || !mayKnow(error.bpSiteId));
}

/** The cost of the look-up of a GUID that does not exist. */
const oneCall = (haloGuid: string): CostReport => ({
  calls: 1,
  charged: 0,
  retries: 0,
  saved: { batched: 0, coalesced: 0, cached: 0 },
  bySite: [{ haloGuid, calls: 1, charged: 0 }],
});

const detail = "outside the caller's practices";
const nothingThere = () => new NotFound({ detail });
