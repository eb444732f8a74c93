import {
  AccessDenied,
  AuthoritativeServerChanged,
  PracticeIdentityChanged,
  UpstreamFailed,
} from '../../../errors.ts';
import { withAddressedSite } from '../transport/addressed-site.ts';
import { because } from '../transport/explain.ts';
import { Forbidden } from '../transport/forbidden.ts';
import type { Notices } from '../transport/notices.ts';
import type { CallContext } from '../transport/upstream-call.ts';
import { sameName } from './practice-identity.ts';
import type { KnownSite, SitesDirectory } from './sites-directory.ts';

// Rests on assumption H9.

/** What to do when a practice that was requested by its PMS ID has moved. */
export type Failover = 'replay' | 'surface';

/** A practice in one operation. `site` is replaced when its server has changed. */
export interface Practice {
  site: KnownSite;
  /** True below `site(haloGuid:)`: calls are never sent to another site. */
  readonly pinned: boolean;
}

/**
 * Decides what a 403 means. It looks the practice up in Halo Cloud and never relies on the message alone. There is one
 * Authority for each operation; it decides once for each GUID, however many calls were refused.
 */
export interface Authority {
  /**
   * Runs a read on the practice's site. If the practice has moved and failover allows it, runs the read once more on the
   * current site. Adds the addressed site to errors. `isQuery`: handles a 404 like `query`.
   */
  read<T>(practice: Practice, read: (site: KnownSite) => Promise<T>, isQuery?: boolean): Promise<T>;
  /** Runs a call that belongs to one site, such as a write. It is never repeated on another site: a 403 is thrown. */
  onSite<T>(practice: Practice, call: (site: KnownSite) => Promise<T>): Promise<T>;
  /**
   * Runs an SQL query. The path exists at every site that Halo Cloud knows. So on a 404 the GUID is forgotten, and the next
   * operation looks the practice up.
   */
  query<T>(site: KnownSite, read: (site: KnownSite) => Promise<T>): Promise<T>;
  /**
   * Finds out what a 403 to `GET /integrator/sites/{siteId}` means: AuthoritativeServerChanged, PracticeIdentityChanged or
   * AccessDenied.
   */
  refusedSite(refusal: Forbidden, before: number): Promise<Error>;
}

export function createAuthority(
  directory: SitesDirectory,
  failover: () => Failover,
  context: CallContext,
  notices: Notices,
): Authority {
  let decided: Map<string, Promise<KnownSite>> | undefined;

  /** The current site of the practice whose GUID was refused. Throws when there is no other site. */
  function currentSite(refusal: Forbidden, refused: KnownSite, before: number): Promise<KnownSite> {
    decided ??= new Map();
    const decision = decided.get(refusal.haloGuid) ?? decide(refusal, refused, before);
    decided.set(refusal.haloGuid, decision);
    return decision;
  }

  async function decide(refusal: Forbidden, refused: KnownSite, before: number): Promise<KnownSite> {
    const practice = refused.pmsSiteId === '' ? directory.ownerOf(refusal.haloGuid) : refused;
    if (!practice) throw movedTo(null, refusal.haloGuid, null);
    directory.drop(refusal.haloGuid, before);
    const found = because('SITE_REFUSED', () => directory.find(practice, context, before));
    const current = await found.catch((error: unknown) => {
      if (error instanceof PracticeIdentityChanged) throw error;
      throw movedTo(null, refusal.haloGuid, practice.pmsSiteId, error);
    });
    if (current.haloGuid === refusal.haloGuid) throw new AccessDenied(refusal.reason, { detail: 'HTTP 403' });
    const { practiceName: expectedName } = refused;
    if (
      expectedName !== null &&
      (current.practiceName === null || !sameName(expectedName, current.practiceName))
    ) {
      throw new PracticeIdentityChanged({
        bpSiteId: refused.pmsSiteId,
        expectedName,
        foundName: current.practiceName,
      });
    }
    return current;
  }

  /** The same after any error: an error other than a 403 is thrown again. */
  function currentSiteAfter(error: unknown, site: KnownSite, before: number): Promise<KnownSite> {
    if (error instanceof Forbidden) return currentSite(error, site, before);
    throw error;
  }

  async function onlyOn<T>(site: KnownSite, run: (site: KnownSite) => Promise<T>): Promise<T> {
    const before = directory.latestLookUp();
    try {
      return await run(site);
    } catch (error) {
      const current = await currentSiteAfter(error, site, before);
      throw movedTo(current.haloGuid, site.haloGuid, site.pmsSiteId);
    }
  }

  /** The operator has to update whatever stores the old GUID. */
  function logMove({ haloGuid: previousHaloGuid, pmsSiteId: bpSiteId }: KnownSite, current: KnownSite): void {
    const { requestId, log } = context;
    log.warn(
      { requestId, bpSiteId, previousHaloGuid, currentHaloGuid: current.haloGuid },
      'the practice has moved to another server',
    );
  }

  async function query<T>(site: KnownSite, read: (site: KnownSite) => Promise<T>): Promise<T> {
    const before = directory.latestLookUp();
    try {
      return await read(site);
    } catch (error) {
      forgetUnknown(error, site, before);
      throw error;
    }
  }

  function forgetUnknown(error: unknown, { haloGuid }: KnownSite, before: number): void {
    if (error instanceof UpstreamFailed && error.httpStatus === 404) directory.drop(haloGuid, before);
  }

  /** Runs the read on the current site after a 403. Any other error is thrown again. */
  async function failOver<T>(
    practice: Practice,
    site: KnownSite,
    read: (site: KnownSite) => Promise<T>,
    { error, before }: { readonly error: unknown; readonly before: number },
  ): Promise<T> {
    const current = await currentSiteAfter(error, site, before);
    if (practice.pinned || failover() === 'surface') {
      throw movedTo(current.haloGuid, site.haloGuid, site.pmsSiteId);
    }
    if (practice.site.haloGuid !== current.haloGuid) logMove(site, current);
    practice.site = current;
    notices.add({
      code: 'SITE_MOVED',
      message: 'The practice has moved to another server. This data comes from the current one.',
      bpSiteId: site.pmsSiteId,
      previousHaloGuid: site.haloGuid,
      currentHaloGuid: current.haloGuid,
    });
    return because('SITE_MOVED', () => onlyOn(current, read));
  }

  return {
    // Hot path: every read of a practice passes here. A successful read creates one promise.
    async read(practice, read, isQuery = false) {
      const { site } = practice;
      const before = directory.latestLookUp();
      try {
        return await read(site);
      } catch (error) {
        if (isQuery) forgetUnknown(error, site, before);
        const retry = isQuery ? (current: KnownSite) => query(current, read) : read;
        const { pmsSiteId: bpSiteId, haloGuid } = site;
        return withAddressedSite({ bpSiteId, haloGuid }, failOver(practice, site, retry, { error, before }));
      }
    },
    onSite: ({ site }, call) => onlyOn(site, call),
    query,
    async refusedSite(refusal, before) {
      const owner = directory.ownerOf(refusal.haloGuid);
      if (!owner) return movedTo(null, refusal.haloGuid, null);
      const unknown = { practiceName: null, pmsVersion: null, haloLinkVersion: null, lookUp: 0 };
      try {
        const current = await currentSite(
          refusal,
          { ...owner, ...unknown, haloGuid: refusal.haloGuid },
          before,
        );
        return movedTo(current.haloGuid, refusal.haloGuid, owner.pmsSiteId);
      } catch (error) {
        return error as Error;
      }
    },
  };
}

function movedTo(currentHaloGuid: string | null, haloGuid: string, bpSiteId: string | null, cause?: unknown) {
  return new AuthoritativeServerChanged(
    { haloGuid, bpSiteId: bpSiteId || null, currentHaloGuid },
    { detail: 'HTTP 403', cause },
  );
}
