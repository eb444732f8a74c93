/**
 * What one GraphQL operation has of Halo Cloud. Implemented in `halo-cloud/`; resolvers and adapters see these shapes only.
 */

import type { Instant } from '../../time/types.ts';
import type { PracticeManagementSystem } from '../domain/pms.ts';
import type { PracticeConnection, ReferenceKind, WriteWarning } from './practice-connection.ts';
import type { SqlSite } from './sql/site-sql.ts';
import type { SqlRefusals } from './sql/sql-refusals.ts';

export type SiteAvailability = 'ONLINE' | 'OFFLINE' | 'UNREACHABLE';
export type SiteStatus = 'INITIALISING' | 'ACTIVE' | 'REMOVED' | 'UNINSTALLED';

/** A site as Halo Cloud describes it (SiteForIntegrator), in our words. */
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

/** A practice that is being asked: its connection, and the site that the directory last saw behind it. */
export interface ConnectedPractice extends PracticeConnection {
  /** The Halo GUID in use now; it changes when a 403 was answered by a replay on the current server. */
  readonly haloGuid: string;
  /** True below `site(haloGuid:)`: a 403 is surfaced, never replayed elsewhere. */
  readonly pinned: boolean;
  readonly practiceName: string | null;
  readonly pmsVersion: string | null;
  /** Any SQL at the site in use now, whatever its practice management software. */
  readonly sqlSite: SqlSite;
  /** What is known of the site's database refusing the login; absent where a fault makes answers up. */
  readonly sqlRefusals?: SqlRefusals | undefined;
  /** Whether a call by `sql`, `sqlEach` or `sqlWrite` was let into the database, or may have been, in this operation. */
  readonly sqlEntered?: boolean;
}

/** Said unasked in `extensions.halo.notices`. */
export interface Notice {
  readonly code: 'SITE_MOVED' | 'TIME_ZONE_ASSUMED' | 'ROW_UNREADABLE' | WriteWarning;
  readonly message: string;
  readonly bpSiteId: string | null;
  readonly previousHaloGuid?: string;
  readonly currentHaloGuid?: string;
  /** Of `ROW_UNREADABLE`: the records that were left out. */
  readonly count?: number;
}

/** `extensions.halo.cost`: what the operation cost upstream. */
export interface CostReport {
  readonly calls: number;
  readonly charged: number;
  readonly retries: number;
  readonly saved: { readonly batched: number; readonly coalesced: number; readonly cached: number };
  readonly bySite: readonly { readonly haloGuid: string; readonly calls: number; readonly charged: number }[];
  /** What was not asked of a site because its answer of so many seconds ago still stands; absent where nothing was. */
  readonly reference?: readonly RecalledReference[];
}

export interface RecalledReference {
  readonly haloGuid: string;
  readonly what: ReferenceKind | 'capability';
  /** Of the oldest answer of that kind that was used. */
  readonly ageSeconds: number;
}

/** What pairing takes. Best Practice needs the code that the practice makes; the others have none. */
export interface PairingRequest {
  readonly pms: PracticeManagementSystem;
  readonly pmsSiteId: string;
  readonly pairingCode: string | null;
}

/** Halo Cloud does not accept the pairing code, or misses one. Not a HaloError: whoever asked knows where the code came from. */
export class PairingRefused extends Error {
  constructor() {
    super('Halo Cloud does not accept this pairing code. It is wrong or was already used.');
    this.name = 'PairingRefused';
  }
}

export interface HaloSession {
  /**
   * The practice with this PMS ID, through the sites directory: at most one look-up for an id, however often asked.
   * Throws NotFound, PracticeIdentityChanged, AccessDenied, RateLimited, SiteUnavailable or UpstreamFailed.
   */
  practice(pms: PracticeManagementSystem, pmsSiteId: string): Promise<ConnectedPractice>;
  /** A practice behind exactly this site. */
  pinned(site: SiteRecord): ConnectedPractice;
  /** `GET /integrator/sites`, as Halo Cloud has it now. Empty: no match. */
  sites(pms: PracticeManagementSystem, pmsSiteId: string): Promise<readonly SiteRecord[]>;
  /**
   * `GET /integrator/sites/{siteId}`, once per operation. A 403 is AuthoritativeServerChanged,
   * PracticeIdentityChanged or AccessDenied, a 404 NotFound.
   */
  site(haloGuid: string): Promise<SiteRecord>;
  /**
   * `POST /integrator/pair-site`, sent once; a call and no charge. Throws PairingRefused for the code, NotFound for a PMS
   * ID that Halo Cloud does not know, AccessDenied, RateLimited, SiteUnavailable, and UpstreamFailed for the rest, an
   * answer that never came included.
   */
  pair(request: PairingRequest): Promise<SiteRecord>;
  /**
   * From now on reference data is read at the practices, however lately that was done: something is to be changed. A 403 is
   * surfaced as AuthoritativeServerChanged and never followed: what is looked at and what is changed is one server.
   */
  beginChange(): void;
  cost(): CostReport;
  notices(): readonly Notice[];
  /** For loaders: n loads of one batch saved n - 1 calls. */
  countBatched(saved: number): void;
}
