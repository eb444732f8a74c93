import { type RowReader, readEach, type SqlRow } from '../../engine/row-decoder.ts';
import type { PmsError } from '../../errors.ts';
import { today } from '../../time/local.ts';
import type { LocalDate, TimeZone } from '../../time/types.ts';
import { assumedZone, zoneOfPostcode } from '../../time/zones.ts';
import type { CodeOverrides } from '../domain/code-overrides.ts';
import type { PracticeManagementSystem } from '../domain/pms.ts';
import type { UnreadableRow } from '../domain/unreadable-rows.ts';
import type { ReferenceReads } from '../practice/reference/reference-reads.ts';
import type { CapabilityCache } from './fhir/capability.ts';
import { allPages, fhirOperationCall, fhirSearchCall } from './fhir/fhir-calls.ts';
import { fhirCreateCall, fhirUpdateCall, readIfThere } from './fhir/fhir-resource.ts';
import type { ConnectedPractice } from './halo-session.ts';
import type { PageBudget } from './page-budget.ts';
import type {
  FhirCapability,
  FhirParameters,
  FhirResource,
  FhirVersion,
  ReferenceKind,
  RefusedObjects,
  SelectStatement,
  SqlStatement,
  WriteWarning,
} from './practice-connection.ts';
import type { Authority, Practice } from './sites/authority.ts';
import type { KnownSite } from './sites/sites-directory.ts';
import { immediateQuery, immediateQueryWithReader, immediateWrite } from './sql/immediate-query.ts';
import { rowsReader } from './sql/rows-reader.ts';
import type { QueryContext } from './sql/site-queries.ts';
import type { SqlSite } from './sql/site-sql.ts';
import { refusesLogin, type SqlRefusals } from './sql/sql-refusals.ts';
import { connectSql } from './sql/sql-site.ts';
import { withAddressedSite } from './transport/addressed-site.ts';
import type { HaloCloud } from './transport/client.ts';
import type { Notices } from './transport/notices.ts';
import type { Turns } from './transport/turns.ts';
import type { CallContext } from './transport/upstream-call.ts';

export interface ConnectionParts {
  readonly halo: HaloCloud;
  readonly authority: Authority;
  readonly capabilities: CapabilityCache;
  readonly notices: Notices;
  readonly queries: QueryContext;
  readonly turns: Turns;
  readonly context: CallContext;
  readonly clock: () => number;
  readonly sqlRefusals: SqlRefusals | undefined;
  /** Undefined: reference data is read from the practice each time. */
  readonly reference: ReferenceReads | undefined;
}

const writeWarnings: Readonly<Record<WriteWarning, string>> = {
  APPOINTMENTS_OVERLAP: 'This appointment now overlaps another one. Check the appointment book.',
  WRITE_INCOMPLETE:
    'The practice reported an error during the change. Parts of it may be missing. Check the values shown: they are what is stored now.',
};

/** Where the operation has no deadline of its own. */
const defaultLockWaitMs = 2_500;
/** Keeps the log line readable. */
const maxLoggedRecords = 50;

interface ConnectionStart {
  readonly site: KnownSite;
  readonly pinned: boolean;
  readonly recordedName: string | null;
  readonly timeZone: TimeZone | undefined;
  readonly codeOverrides: CodeOverrides | undefined;
}

/**
 * One practice in one operation. All pages of a search come from one site: when the practice moves meanwhile, the search
 * starts again on the current server.
 */
export class SiteConnection implements ConnectedPractice, Practice {
  readonly pms: PracticeManagementSystem;
  readonly bpSiteId: string;
  readonly pinned: boolean;
  /** The current site. `Authority` replaces it when the practice has moved. */
  site: KnownSite;
  readonly #parts: ConnectionParts;
  readonly #start: ConnectionStart;
  #sqlSite: SqlSite | undefined;
  sqlEntered = false;

  constructor(parts: ConnectionParts, start: ConnectionStart) {
    const { site, pinned } = start;
    this.pms = site.pms;
    this.bpSiteId = site.pmsSiteId;
    this.pinned = pinned;
    this.site = site;
    this.#parts = parts;
    this.#start = start;
  }

  get haloGuid(): string {
    return this.site.haloGuid;
  }
  get codeOverrides(): CodeOverrides | undefined {
    return this.#start.codeOverrides;
  }
  get practiceName(): string | null {
    return this.site.practiceName ?? this.#start.recordedName;
  }
  get pmsVersion(): string | null {
    return this.site.pmsVersion;
  }

  get maxLockWaitMs(): number {
    const { writeTime } = this.#parts.context;
    return Math.floor((writeTime?.minMs ?? 2 * defaultLockWaitMs) / 2);
  }

  get sqlSite(): SqlSite {
    const { queries, authority } = this.#parts;
    this.#sqlSite ??= connectSql(queries, authority, this, (change) => this.#dropsReference(change));
    return this.#sqlSite;
  }

  get sqlRefusals(): SqlRefusals | undefined {
    return this.#parts.sqlRefusals;
  }

  sql(statement: SqlStatement, what?: ReferenceKind): Promise<readonly SqlRow[]> {
    const { authority, queries, reference } = this.#parts;
    const callAt = ({ haloGuid }: KnownSite) => immediateQuery(haloGuid, statement);
    const load = () => this.#notingLogin(authority.read(this, rowsReader(queries, statement, callAt), true));
    return what && reference
      ? reference.read(this, what, [statement.text, statement.parameters], load)
      : load();
  }

  async sqlEach<T>(statement: SelectStatement, reader: RowReader<T>): Promise<readonly T[]> {
    const { authority, queries } = this.#parts;
    const callAt = ({ haloGuid }: KnownSite) => immediateQueryWithReader(haloGuid, statement, reader);
    const rows = await this.#notingLogin(authority.read(this, rowsReader(queries, statement, callAt), true));
    return readEach(this, rows, statement.columns, reader);
  }

  fhirSearch(
    resource: string,
    parameters: FhirParameters,
    what?: ReferenceKind | 'UNSHARED',
    budget?: PageBudget,
  ): Promise<readonly FhirResource[]> {
    const { halo, context, authority, reference } = this.#parts;
    const unshared = what === 'UNSHARED';
    const load = () =>
      authority.read(this, ({ haloGuid }) =>
        allPages(halo, fhirSearchCall(haloGuid, resource, parameters, unshared), haloGuid, context, budget),
      );
    return what && !unshared && reference ? reference.read(this, what, [resource, parameters], load) : load();
  }

  fhirOperation(
    resource: string,
    operation: string,
    parameters: FhirParameters,
  ): Promise<readonly FhirResource[]> {
    const { halo, context } = this.#parts;
    return this.#parts.authority.read(this, ({ haloGuid }) =>
      allPages(halo, fhirOperationCall(haloGuid, resource, operation, parameters), haloGuid, context),
    );
  }

  sqlWrite(statement: SqlStatement, leaves?: 'REFERENCE'): Promise<readonly SqlRow[]> {
    const { halo, context } = this.#parts;
    const change = this.#notingLogin(
      this.#write(({ haloGuid }) => halo.write(immediateWrite(haloGuid, statement), context)),
    );
    return leaves === 'REFERENCE' ? change : this.#dropsReference(change);
  }

  fhirRead(resource: string, id: string): Promise<FhirVersion | null> {
    const { halo, context } = this.#parts;
    return this.#parts.authority.read(this, ({ haloGuid }) =>
      readIfThere(halo, haloGuid, resource, id, context),
    );
  }

  fhirCreate(resource: string, body: FhirResource): Promise<FhirResource> {
    const { halo, context } = this.#parts;
    const change = this.#write(({ haloGuid }) =>
      halo.write(fhirCreateCall(haloGuid, resource, body), context),
    );
    return leavesReference(resource) ? change : this.#dropsReference(change);
  }

  fhirUpdate(
    resource: string,
    id: string,
    body: FhirResource,
    version: string | null,
  ): Promise<FhirResource> {
    const { halo, context } = this.#parts;
    const change = this.#write(({ haloGuid }) =>
      halo.write(fhirUpdateCall(haloGuid, resource, id, body, version), context),
    );
    return leavesReference(resource) ? change : this.#dropsReference(change);
  }

  inTurn<T>(name: string, change: () => Promise<T>): Promise<T> {
    return this.#parts.turns.run(`${this.haloGuid} ${name}`, change);
  }

  capability(): Promise<FhirCapability> {
    const { capabilities, context } = this.#parts;
    return this.#parts.authority.read(this, ({ haloGuid, haloLinkVersion }) =>
      capabilities.get(haloGuid, haloLinkVersion, context),
    );
  }

  zoneOf(postcode: string | null | undefined): TimeZone {
    const zone = this.#start.timeZone ?? zoneOfPostcode(postcode);
    if (zone) return zone;
    this.#parts.notices.add({
      code: 'TIME_ZONE_ASSUMED',
      message: `The time zone of this practice is not known. Its times may be wrong: they are in ${assumedZone}.`,
      bpSiteId: this.bpSiteId,
    });
    return assumedZone;
  }

  get refusedObjects(): RefusedObjects {
    const { queries, context } = this.#parts;
    const { haloGuid } = this;
    return {
      has: (name) => queries.missing.has(haloGuid, `object ${name}`),
      add: (name) => queries.missing.note(haloGuid, `object ${name}`, context),
    };
  }

  unreadable(rows: readonly UnreadableRow[]): void {
    const { notices, context } = this.#parts;
    const { bpSiteId, haloGuid } = this;
    notices.addUnreadable(bpSiteId, rows);
    context.log.warn(
      {
        requestId: context.requestId,
        bpSiteId,
        haloGuid,
        count: rows.length,
        records: rows.slice(0, maxLoggedRecords),
      },
      'records that cannot be read were left out',
    );
  }

  warnOfWrite(code: WriteWarning, ids: Readonly<Record<string, string>>): void {
    const { notices, context } = this.#parts;
    const { bpSiteId, haloGuid } = this;
    const { requestId, log } = context;
    notices.add({ code, message: writeWarnings[code], bpSiteId });
    log.warn({ requestId, bpSiteId, haloGuid, code, ...ids }, 'a write succeeded with a warning');
  }

  now(): number {
    return this.#parts.clock();
  }

  today(zone: TimeZone): LocalDate {
    return today(this.#parts.clock(), zone);
  }

  /** Records whether the database accepts the login. */
  async #notingLogin<T>(call: Promise<T>): Promise<T> {
    try {
      const answer = await call;
      this.sqlEntered = true;
      return answer;
    } catch (error) {
      if (!refusesLogin(error)) this.sqlEntered = true;
      else this.#noteRefusal(error);
      throw error;
    }
  }

  #noteRefusal(error: PmsError): void {
    const { sqlRefusals, context } = this.#parts;
    const { bpSiteId, haloGuid } = this;
    if (!sqlRefusals || sqlRefusals.of(haloGuid, 'ALL')) return;
    sqlRefusals.note(haloGuid, 'ALL', error);
    const { requestId, log } = context;
    const { errorCode } = error;
    log.warn(
      { requestId, bpSiteId, haloGuid, errorCode },
      'A practice refuses the SQL login of this product',
    );
  }

  #write<T>(write: (site: KnownSite) => Promise<T>): Promise<T> {
    const { bpSiteId, haloGuid } = this;
    return withAddressedSite({ bpSiteId, haloGuid }, this.#parts.authority.onSite(this, write));
  }

  #dropsReference<T>(change: Promise<T>): Promise<T> {
    return this.#parts.reference?.forgetAfter(this.haloGuid, change) ?? change;
  }
}

const leavesReference = (resource: string): boolean => resource === 'Appointment' || resource === 'Patient';
