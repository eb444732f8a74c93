/**
 * Chooses the source of each question and each change, and states why.
 *
 * `auto` takes the source with the lowest upper bound of charged calls among those that support the question. The bounds are
 * known without a request, so a site's CapabilityStatement is read only when it could change the choice. A source that would
 * leave a selected field null comes after one that knows it, whatever the price.
 *
 * A change goes to one source only, by price as well. If it fails there, no other source gets it. A source whose statement is
 * an assumption comes last.
 *
 * When a database refuses the login of this product (assumption H33), the Bp Premier API is used instead for five minutes,
 * where it can.
 */
import { HaloError, OperationNotSupported, PmsError, UpstreamFailed } from '../../errors.ts';
import { createBpPremier } from '../bp-premier/index.ts';
import type {
  DataSource,
  PracticeManagementSystem,
  PracticeOperation,
  SourcePreference,
} from '../domain/pms.ts';
import type { ConnectedPractice } from '../halo-cloud/halo-session.ts';
import { type RefusalScope, refusalScope, refusesLogin } from '../halo-cloud/sql/sql-refusals.ts';
import { callSource } from '../halo-cloud/transport/explain.ts';
import { createSqlPassthrough } from '../sql-passthrough/index.ts';
import type { PracticeData } from './port.ts';
import { methodOf, readOperations, writeOperations } from './port-methods.ts';
import { boundIn } from './routed-bounds.ts';
import type { Question, SourceAdapter, Support, WriteBound } from './source-adapter.ts';
import { inOrder, totalCalls } from './source-order.ts';
import type { WriteQuestion } from './write-port.ts';

export interface Capability {
  readonly operation: PracticeOperation;
  /** Null: no source serves it at this site. */
  readonly source: DataSource | null;
  /** Why that source, or why none. */
  readonly reason: string | null;
}

export interface SiteCapabilities {
  readonly operations: readonly Capability[];
  /** Of the Bp Premier API's CapabilityStatement; null when it could not be read. */
  readonly fhirVersion: string | null;
  readonly serverVersion: string | null;
  /** Why another source is preferred to SQL Passthrough; absent while SQL Passthrough is not known to refuse. */
  readonly sqlRefused?: string;
}

/** Sends each question and each change to the source that should answer it. */
export interface RoutedPractice {
  read(question: Question): Promise<unknown>;
  write(change: WriteQuestion): Promise<unknown>;
  capabilities(): Promise<SiteCapabilities>;
}

/** The simplest question of each operation. `capabilities` states which source would get it. */
const simplestReads: Readonly<Partial<Record<PracticeOperation, Question>>> = {
  READ_APPOINTMENTS: { method: 'appointments', query: { from: '2026-01-01', to: '2026-01-01', fields: {} } },
  FIND_SLOTS: { method: 'availableSlots', query: { from: '2026-01-01', to: '2026-01-01' } },
  READ_PATIENTS: { method: 'patients', query: { fields: {} } },
  READ_USERS: { method: 'users', query: { fields: {} } },
  READ_CLINIC_HOURS: { method: 'clinicHours', query: undefined },
};

/** The simplest change of each operation. */
const simplestWrites: readonly WriteQuestion[] = [
  {
    method: 'bookAppointment',
    change: {
      patientId: '1',
      userId: '1',
      locationId: '1',
      date: '2026-01-01',
      seconds: 0,
      durationSeconds: 60,
      typeId: null,
      reason: null,
    },
  },
  { method: 'updatePatient', change: { patientId: '1', details: {} } },
  { method: 'updateUser', change: { userId: '1' } },
  { method: 'setClinicHours', change: { locationId: '1', week: [] } },
];

const sourceNames: Readonly<Record<DataSource, string>> = {
  BP_PREMIER: 'the Bp Premier API',
  SQL_PASSTHROUGH: 'SQL Passthrough',
};
const pmsNames: Readonly<Record<PracticeManagementSystem, string>> = {
  BEST_PRACTICE: 'Bp Premier',
  ZEDMED: 'Zedmed',
  D4W: 'Dental4Windows',
};

export interface RoutingOptions {
  readonly preference: SourcePreference;
  /** Whether undocumented statements may write to the practice's database. */
  readonly assumedWrites: boolean;
}

export function routePracticeData(
  connection: ConnectedPractice,
  { preference, assumedWrites }: RoutingOptions,
  adapters: readonly SourceAdapter[] = [
    createBpPremier(connection),
    createSqlPassthrough(connection, { assumedWrites }),
  ],
): RoutedPractice {
  return new Routing(connection, preference, adapters);
}

class Routing implements RoutedPractice {
  readonly connection: ConnectedPractice;
  readonly preference: SourcePreference;
  readonly adapters: readonly SourceAdapter[];
  /** Why no source is used: the practice has another PMS. */
  readonly notBp: string | null;
  /** Refusals of SQL Passthrough in this operation. */
  readonly refusedHere = new Map<RefusalScope, PmsError>();

  constructor(
    connection: ConnectedPractice,
    preference: SourcePreference,
    adapters: readonly SourceAdapter[],
  ) {
    this.connection = connection;
    this.preference = preference;
    this.adapters = adapters;
    this.notBp =
      connection.pms === 'BEST_PRACTICE'
        ? null
        : `This practice runs ${pmsNames[connection.pms]}: only practices with Bp Premier support this.`;
  }

  byPrice({ boundOf }: Weighing): readonly SourceAdapter[] {
    return inOrder(this.adapters, this.preference, boundOf);
  }

  supportOf(adapter: SourceAdapter, weighing: Weighing): Support | Promise<Support> {
    return this.preference === 'auto' ? ifReadable(adapter, weighing) : weighing.supports(adapter);
  }

  /**
   * Queries the first source that supports the question: first those that know all fields, then those that leave some null,
   * last those that are known to refuse. If no other source can, their refusal is thrown.
   */
  async read(question: Question): Promise<unknown> {
    const { method, query } = question;
    const { notBp } = this;
    const reasons: string[] = notBp ? [notBp] : [];
    const partial: SourceAdapter[] = [];
    const refusing: SourceAdapter[] = [];
    let refusal: PmsError | undefined;
    const weighing = weighingOf(question);
    for (const adapter of notBp ? [] : this.byPrice(weighing)) {
      const weighed = this.supportOf(adapter, weighing);
      const support = 'then' in weighed ? await weighed : weighed;
      if (!support.can) reasons.push(support.reason);
      else if (this.refusalOf(adapter, method)) refusing.push(adapter);
      else if (support.leavesOut !== undefined) partial.push(adapter);
      else {
        try {
          return await callSource(
            adapter.source,
            () => [...reasons, why(adapter, weighing, this.preference)].join(' '),
            methodOf(adapter.data, method),
            query,
          );
        } catch (error) {
          refusal = this.refusedBy(adapter, method, error) ?? refusal;
          if (error !== refusal) reasons.push(this.reasonOf(adapter, error));
        }
      }
    }
    for (const adapter of [...partial, ...refusing]) {
      try {
        return await callSource(
          adapter.source,
          () => [...reasons, why(adapter, weighing, this.preference)].join(' '),
          methodOf(adapter.data, method),
          query,
        );
      } catch (error) {
        refusal = this.refusedBy(adapter, method, error) ?? refusal;
        if (error !== refusal) reasons.push(this.reasonOf(adapter, error));
      }
    }
    if (refusal) throw refusal;
    const message = reasons.join(' ') || undefined;
    throw new OperationNotSupported(
      { operation: readOperations[method], pms: this.connection.pms },
      message === undefined ? {} : { message },
    );
  }

  /** The known refusal of a source. */
  refusalOf({ source }: SourceAdapter, scope: RefusalScope): PmsError | undefined {
    if (source !== 'SQL_PASSTHROUGH' || this.preference !== 'auto') return undefined;
    const { haloGuid, sqlRefusals } = this.connection;
    return this.refusedHere.get('ALL') ?? this.refusedHere.get(scope) ?? sqlRefusals?.of(haloGuid, scope);
  }

  /** Remembers and returns the error if it is a refused login and another source may be used; else undefined. */
  refusedBy({ source }: SourceAdapter, method: keyof PracticeData, error: unknown): PmsError | undefined {
    if (source !== 'SQL_PASSTHROUGH' || this.preference !== 'auto') return undefined;
    const scope = refusalScope(error, method);
    if (scope === null || !(error instanceof PmsError)) return undefined;
    const { haloGuid, sqlRefusals } = this.connection;
    this.refusedHere.set(scope, error);
    sqlRefusals?.note(haloGuid, scope, error);
    return error;
  }

  /** Why the next source is tried. Throws the error if no other source may be tried after it. */
  reasonOf(adapter: SourceAdapter, error: unknown): string {
    if (error instanceof OperationNotSupported) return error.message;
    if (this.preference === 'auto' && isRefusal(adapter, error)) return error.message;
    throw error;
  }

  /** The first source that supports it and is not known to refuse; else the reason why there is none. */
  async firstThatCan(weighing: Weighing, scope: RefusalScope): Promise<Found> {
    if (this.notBp) return { reason: this.notBp };
    const reasons: string[] = [];
    let assumed: SourceAdapter | undefined;
    let refusing: SourceAdapter | undefined;
    for (const adapter of this.byPrice(weighing)) {
      const support = await this.supportOf(adapter, weighing);
      const refusal = this.refusalOf(adapter, scope);
      if (!support.can) reasons.push(support.reason);
      else if (refusal) {
        refusing = adapter;
        reasons.push(inWords(refusal));
      } else if (!support.assumed) return { adapter, refusing, reason: reasons.join(' ') };
      else assumed ??= adapter;
    }
    return { adapter: assumed, refusing, reason: reasons.join(' ') };
  }

  /**
   * Sends a change to the first source that supports it. If that fails, the change may have been made, so no other source gets
   * it. The exception: nothing was sent if the database refused every login in this operation.
   */
  async write(write: WriteQuestion): Promise<unknown> {
    const weighing = weighingOfWrite(write);
    const found = await this.firstThatCan(weighing, 'ALL');
    const first = found.adapter ?? found.refusing;
    if (!first) {
      throw new OperationNotSupported(
        { operation: writeOperations[write.method], pms: this.connection.pms },
        { message: found.reason },
      );
    }
    try {
      return await callSource(
        first.source,
        () => [found.reason, why(first, weighing, this.preference)].join(' ').trim(),
        methodOf(first.writes, write.method),
        write.change,
      );
    } catch (error) {
      const other = await this.insteadOf(first, weighing, error);
      if (!other) throw error;
      return await callSource(
        other.source,
        () => `${inWords(error as PmsError)} ${why(other, weighing, this.preference)}`,
        methodOf(other.writes, write.method),
        write.change,
      );
    } finally {
      // Adapters keep the locations, with their hours, for the whole operation.
      if (write.method === 'setClinicHours') for (const adapter of this.adapters) adapter.forget();
    }
  }

  /** The source that gets a change which SQL Passthrough certainly did not make, because the login was refused; else undefined. */
  async insteadOf(
    { source }: SourceAdapter,
    weighing: Weighing,
    error: unknown,
  ): Promise<SourceAdapter | undefined> {
    if (source !== 'SQL_PASSTHROUGH' || this.preference !== 'auto' || !refusesLogin(error)) return undefined;
    if (this.connection.sqlEntered !== false) return undefined;
    this.refusedHere.set('ALL', error);
    return (await this.firstThatCan(weighing, 'ALL')).adapter;
  }

  async capabilityOf(
    operation: PracticeOperation,
    weighing: Weighing,
    scope: RefusalScope,
  ): Promise<Capability> {
    const { adapter, refusing, reason } = await this.firstThatCan(weighing, scope);
    if (!adapter) return { operation, source: null, reason };
    const chosen = why(adapter, weighing, this.preference);
    return { operation, source: adapter.source, reason: refusing ? `${reason} ${chosen}` : chosen };
  }

  async capabilities(): Promise<SiteCapabilities> {
    const fhir = this.notBp ? null : await this.connection.capability().catch(ifUnreadable(null));
    const reads = Object.entries(simplestReads) as [PracticeOperation, Question][];
    const served = await Promise.all([
      ...reads.map(([operation, question]) =>
        this.capabilityOf(operation, weighingOf(question), question.method),
      ),
      ...simplestWrites.map((write) =>
        this.capabilityOf(writeOperations[write.method], weighingOfWrite(write), 'ALL'),
      ),
    ]);
    const refusal = this.adapters.map((adapter) => this.refusalOf(adapter, 'ALL')).find(Boolean);
    return {
      operations: served,
      ...(refusal && { sqlRefused: inWords(refusal) }),
      fhirVersion: fhir?.fhirVersion ?? null,
      serverVersion: fhir?.serverVersion ?? null,
    };
  }
}

/** The source of a question or a change at a site. */
interface Found {
  readonly adapter?: SourceAdapter | undefined;
  /** It supports it, but its login is refused. */
  readonly refusing?: SourceAdapter | undefined;
  /** Why not the sources before it, or why there is none. */
  readonly reason: string;
}

const inWords = ({ errorCode }: PmsError): string =>
  `The practice's database refuses the login of this product (mssql ${errorCode}).`;

/** What the comparison of sources needs of a question or a change. */
interface Weighing {
  readonly boundOf: (adapter: SourceAdapter) => WriteBound | null;
  supports(adapter: SourceAdapter): Support | Promise<Support>;
}

/** The Bp Premier API rejects a search that its CapabilityStatement lists: a missing grant, an older Halo Link. */
function isRefusal(adapter: SourceAdapter, error: unknown): error is UpstreamFailed {
  if (adapter.source !== 'BP_PREMIER' || !(error instanceof UpstreamFailed)) return false;
  return error.httpStatus !== null && error.httpStatus < 500;
}

const weighingOf = (question: Question): Weighing => ({
  boundOf: ({ bounds }) => boundIn(bounds, question),
  supports: (adapter) => adapter.supports(question),
});
const weighingOfWrite = (write: WriteQuestion): Weighing => ({
  boundOf: ({ bounds }) => bounds.writes[write.method],
  supports: (adapter) => adapter.supportsWrite(write),
});

function why(adapter: SourceAdapter, weighing: Weighing, preference: SourcePreference): string {
  if (preference !== 'auto') return `HALO_SOURCE=${preference}`;
  const calls = totalCalls(weighing.boundOf(adapter));
  return `at most ${calls} charged ${calls === 1 ? 'call' : 'calls'} by ${sourceNames[adapter.source]}`;
}

/** A site without a readable CapabilityStatement is still a site: `auto` goes on without its Bp Premier API. */
function ifReadable(adapter: SourceAdapter, weighing: Weighing): Support | Promise<Support> {
  try {
    const support = weighing.supports(adapter);
    return 'then' in support ? support.catch(withoutStatement) : support;
  } catch (error) {
    return withoutStatement(error);
  }
}

const ifUnreadable =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof HaloError && error.code === 'UPSTREAM_FAILED') return instead;
    throw error;
  };

const withoutStatement = ifUnreadable<Support>({
  can: false,
  reason: "The site's CapabilityStatement could not be read.",
});
