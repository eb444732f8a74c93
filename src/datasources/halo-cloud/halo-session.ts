/**
 * The interface of Halo Cloud for one GraphQL operation. Resolvers and adapters depend on these types only.
 */

import type { Instant } from '../../time/types.ts';
import type { PracticeManagementSystem } from '../domain/pms.ts';
import type { PracticeConnection, ReferenceKind, WriteWarning } from './practice-connection.ts';
import type { SqlSite } from './sql/site-sql.ts';
import type { SqlRefusals } from './sql/sql-refusals.ts';

export type SiteAvailability = 'ONLINE' | 'OFFLINE' | 'UNREACHABLE';
export type SiteStatus = 'INITIALISING' | 'ACTIVE' | 'REMOVED' | 'UNINSTALLED';

/** A site of Halo Cloud (SiteForIntegrator). */
export interface SiteRecord {
  readonly haloGuid: string;
  readonly authoritative: boolean | null;
  readonly availability: SiteAvailability | null;
  readonly status: SiteStatus | null;
  readonly haloLinkVersion: string | null;
  /** UTC. */
  readonly lastHeartbeatAt: Instant | null;
  readonly catalogues: readonly { readonly name: string; readonly isDefault: boolean }[];
  readonly pms: PracticeManagementSystem | null;
  readonly pmsSiteId: string | null;
  readonly pmsVersion: string | null;
  readonly practiceName: string | null;
}

/** The connection to a practice and what the directory knows about its site. */
export interface ConnectedPractice extends PracticeConnection {
  /** The Halo GUID in use. It changes when a read is repeated on the current server after a 403. */
  readonly haloGuid: string;
  /** True below `site(haloGuid:)`: a 403 is an error, and no call is repeated on another site. */
  readonly pinned: boolean;
  readonly practiceName: string | null;
  readonly pmsVersion: string | null;
  /** SQL Passthrough at the current site, for any practice management software. */
  readonly sqlSite: SqlSite;
  /** Sites whose database refuses the login. Absent in an operation with simulated faults. */
  readonly sqlRefusals?: SqlRefusals | undefined;
  /** Whether the database accepted a call by `sql`, `sqlEach` or `sqlWrite` in this operation, or may have accepted one. */
  readonly sqlEntered?: boolean;
}

/** An entry of `extensions.halo.notices`. */
export interface Notice {
  readonly code: 'SITE_MOVED' | 'TIME_ZONE_ASSUMED' | 'ROW_UNREADABLE' | 'EXPLAIN_DENIED' | WriteWarning;
  readonly message: string;
  readonly bpSiteId: string | null;
  readonly previousHaloGuid?: string;
  readonly currentHaloGuid?: string;
  /** For `ROW_UNREADABLE`: the number of records that were left out. */
  readonly count?: number;
}

/** `extensions.halo.cost`: the upstream cost of the operation. */
export interface CostReport {
  readonly calls: number;
  readonly charged: number;
  readonly retries: number;
  readonly saved: { readonly batched: number; readonly coalesced: number; readonly cached: number };
  readonly bySite: readonly { readonly haloGuid: string; readonly calls: number; readonly charged: number }[];
  /** Cached answers that were used; absent when there were none. */
  readonly reference?: readonly RecalledReference[];
}

export interface RecalledReference {
  readonly haloGuid: string;
  readonly what: ReferenceKind | 'capability';
  /** Age of the oldest answer of that kind that was used. */
  readonly ageSeconds: number;
}

/** Best Practice requires the pairing code that the practice generates. The other systems have none. */
export interface PairingRequest {
  readonly pms: PracticeManagementSystem;
  readonly pmsSiteId: string;
  readonly pairingCode: string | null;
}

/** Halo Cloud refused the pairing code, or the code is missing. Not a HaloError: the caller of `pair` converts it. */
export class PairingRefused extends Error {
  constructor() {
    super('Halo Cloud does not accept this pairing code. It is wrong or was already used.');
    this.name = 'PairingRefused';
  }
}

export interface HaloSession {
  /**
   * The practice with this PMS ID, from the sites directory. At most one look-up for each id.
   * Throws NotFound, PracticeIdentityChanged, AccessDenied, RateLimited, SiteUnavailable or UpstreamFailed.
   */
  practice(pms: PracticeManagementSystem, pmsSiteId: string): Promise<ConnectedPractice>;
  /** The practice at exactly this site. */
  pinned(site: SiteRecord): ConnectedPractice;
  /** `GET /integrator/sites`, never cached. Empty without a match. */
  sites(pms: PracticeManagementSystem, pmsSiteId: string): Promise<readonly SiteRecord[]>;
  /**
   * `GET /integrator/sites/{siteId}`, once per operation. A 403 is AuthoritativeServerChanged,
   * PracticeIdentityChanged or AccessDenied, a 404 NotFound.
   */
  site(haloGuid: string): Promise<SiteRecord>;
  /**
   * `POST /integrator/pair-site`, sent once, not charged. Throws PairingRefused for the code, NotFound for a PMS ID that
   * Halo Cloud does not know, AccessDenied, RateLimited, SiteUnavailable, and UpstreamFailed for anything else, including a
   * missing response.
   */
  pair(request: PairingRequest): Promise<SiteRecord>;
  /**
   * Call it before a change. From then on reference data comes from the practice, not from the cache, and a 403 is thrown
   * as AuthoritativeServerChanged, so that the operation reads and changes the same server.
   */
  beginChange(): void;
  cost(): CostReport;
  notices(): readonly Notice[];
  /** Called by loaders: a batch of n loads saves n - 1 calls. */
  countBatched(saved: number): void;
}
