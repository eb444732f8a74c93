import {
  AccessDenied,
  AuthoritativeServerChanged,
  PracticeIdentityChanged,
  UpstreamFailed,
} from '../../../errors.ts';
import { withAddressedSite } from '../transport/addressed-site.ts';
import { Forbidden } from '../transport/forbidden.ts';
import type { Notices } from '../transport/notices.ts';
import type { CallContext } from '../transport/upstream-call.ts';
import { sameName } from './practice-identity.ts';
import type { KnownSite, SitesDirectory } from './sites-directory.ts';

// Rests on assumption H9.

/** What to do when a practice reached by its PMS ID turns out to have moved. */
export type Failover = 'replay' | 'surface';

/** A practice in one operation; `site` is replaced when its server is found to have changed. */
export interface Practice {
  site: KnownSite;
  /** Below `site(haloGuid:)`: never asked elsewhere. */
  readonly pinned: boolean;
}

/**
 * Decides what a 403 means, by asking Halo Cloud where the practice is now and never by the message alone. One for each
 * operation: for one GUID it decides once, however many calls were refused.
 */
export interface Authority {
  /**
   * Runs a read against the practice's site, and once more on its current one when it has moved and may be followed. Notes
   * on a failure whom it was that was asked. `isQuery`: each run is one, as `query` has it.
   */
  ask<T>(practice: Practice, read: (site: KnownSite) => Promise<T>, isQuery?: boolean): Promise<T>;
  /** Runs a write, or what else belongs to one site, there and nowhere else: a 403 is decided as a read's, and thrown. */
  tell<T>(practice: Practice, write: (site: KnownSite) => Promise<T>): Promise<T>;
  /**
   * Runs a query. Its path exists at every site that Halo Cloud knows: on a 404 the GUID is forgotten, so that the next
   * operation looks the practice up.
   */
  query<T>(site: KnownSite, read: (site: KnownSite) => Promise<T>): Promise<T>;
  /** What a 403 of `GET /integrator/sites/{siteId}` was: AuthoritativeServerChanged, PracticeIdentityChanged or AccessDenied. */
  refusedSite(refusal: Forbidden, before: number): Promise<Error>;
}

export function createAuthority(
  directory: SitesDirectory,
  failover: () => Failover,
  context: CallContext,
  notices: Notices,
): Authority {
  const decided = new Map<string, Promise<KnownSite>>();

  /** Where the practice is instead of the GUID that was refused. Throws when it is nowhere else. */
  function whereTo(refusal: Forbidden, refused: KnownSite, before: number): Promise<KnownSite> {
    const decision = decided.get(refusal.haloGuid) ?? decide(refusal, refused, before);
    decided.set(refusal.haloGuid, decision);
    return decision;
  }

  async function decide(refusal: Forbidden, refused: KnownSite, before: number): Promise<KnownSite> {
    const practice = refused.pmsSiteId === '' ? directory.ownerOf(refusal.haloGuid) : refused;
    if (!practice) throw movedTo(null, refusal.haloGuid, null);
    directory.drop(refusal.haloGuid, before);
    const current = await directory.find(practice, context, before).catch((error: unknown) => {
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

  /** The same for whatever failed; what is no refusal is thrown as it is. */
  function whereElse(error: unknown, site: KnownSite, before: number): Promise<KnownSite> {
    if (error instanceof Forbidden) return whereTo(error, site, before);
    throw error;
  }

  async function hereOnly<T>(site: KnownSite, run: (site: KnownSite) => Promise<T>): Promise<T> {
    const before = directory.latest();
    try {
      return await run(site);
    } catch (error) {
      const current = await whereElse(error, site, before);
      throw movedTo(current.haloGuid, site.haloGuid, site.pmsSiteId);
    }
  }

  /** Whoever keeps the old GUID somewhere needs to know. */
  function tellMove(
    { haloGuid: previousHaloGuid, pmsSiteId: bpSiteId }: KnownSite,
    current: KnownSite,
  ): void {
    const { requestId, log } = context;
    log.warn(
      { requestId, bpSiteId, previousHaloGuid, currentHaloGuid: current.haloGuid },
      'the practice has moved to another server',
    );
  }

  async function query<T>(site: KnownSite, read: (site: KnownSite) => Promise<T>): Promise<T> {
    const before = directory.latest();
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

  /** The read on the current site after the one before has refused it; any other failure is thrown as it is. */
  async function follow<T>(
    practice: Practice,
    site: KnownSite,
    read: (site: KnownSite) => Promise<T>,
    { error, before }: { readonly error: unknown; readonly before: number },
  ): Promise<T> {
    const current = await whereElse(error, site, before);
    if (practice.pinned || failover() === 'surface') {
      throw movedTo(current.haloGuid, site.haloGuid, site.pmsSiteId);
    }
    if (practice.site.haloGuid !== current.haloGuid) tellMove(site, current);
    practice.site = current;
    notices.add({
      code: 'SITE_MOVED',
      message: 'The practice has moved to another server. This data comes from the current one.',
      bpSiteId: site.pmsSiteId,
      previousHaloGuid: site.haloGuid,
      currentHaloGuid: current.haloGuid,
    });
    return hereOnly(current, read);
  }

  return {
    // Every read of a practice comes through here: of one that is answered it makes a single promise.
    async ask(practice, read, isQuery = false) {
      const { site } = practice;
      const before = directory.latest();
      try {
        return await read(site);
      } catch (error) {
        if (isQuery) forgetUnknown(error, site, before);
        const again = isQuery ? (current: KnownSite) => query(current, read) : read;
        const { pmsSiteId: bpSiteId, haloGuid } = site;
        return withAddressedSite({ bpSiteId, haloGuid }, follow(practice, site, again, { error, before }));
      }
    },
    tell: ({ site }, write) => hereOnly(site, write),
    query,
    async refusedSite(refusal, before) {
      const owner = directory.ownerOf(refusal.haloGuid);
      if (!owner) return movedTo(null, refusal.haloGuid, null);
      const unknown = { practiceName: null, pmsVersion: null, haloLinkVersion: null, learnt: 0 };
      try {
        const current = await whereTo(refusal, { ...owner, ...unknown, haloGuid: refusal.haloGuid }, before);
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
