/**
 * Which source answers which question at which site, and why.
 *
 * `auto` takes the source that needs the fewest charged calls among those that can, the Bp Premier API on a tie. The
 * price is known without asking anybody, so a site's CapabilityStatement is read only when it could change the choice. A
 * source that would leave a selected field null comes after one that knows it, whatever the price.
 *
 * Changes go by price too, those of the appointment book to SQL Passthrough on a tie: Bp's own procedures. A source that
 * would have to guess how it is done comes last. The source chosen is the only one that gets the change; what fails there is
 * sent nowhere else.
 *
 * A database that refuses the login of this product (assumption H33) is not asked for five minutes where the Bp Premier API
 * can answer instead.
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
import { bySource } from '../halo-cloud/transport/explain.ts';
import { createSqlPassthrough } from '../sql-passthrough/index.ts';
import type { PracticeData } from './port.ts';
import { callPort, readOperations, writeOperations } from './port-methods.ts';
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
  /** Why SQL Passthrough is not asked where another source can answer; absent where nothing is known against it. */
  readonly sqlRefused?: string;
}

/** Sends each question and each change to the source that should answer it. */
export interface RoutedPractice {
  read(question: Question): Promise<unknown>;
  write(change: WriteQuestion): Promise<unknown>;
  capabilities(): Promise<SiteCapabilities>;
}

/** The plainest question of each operation, for saying who would answer it. */
const plainest: Readonly<Partial<Record<PracticeOperation, Question>>> = {
  READ_APPOINTMENTS: { method: 'appointments', query: { from: '2026-01-01', to: '2026-01-01', fields: {} } },
  FIND_SLOTS: { method: 'availableSlots', query: { from: '2026-01-01', to: '2026-01-01' } },
  READ_PATIENTS: { method: 'patients', query: { fields: {} } },
  READ_USERS: { method: 'users', query: { fields: {} } },
  READ_CLINIC_HOURS: { method: 'clinicHours', query: undefined },
};

/** The plainest change of each operation, for saying who would be told. */
const plainestWrites: readonly WriteQuestion[] = [
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
  /** Whether statements that nobody documents may write to the practice's database. */
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
  /** Why nobody is asked: a practice of another PMS. */
  readonly notBp: string | null;
  /** What was refused in this operation. */
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
        : `This practice runs ${pmsNames[connection.pms]}: that can be asked of Bp Premier only.`;
  }

  byPrice({ boundOf }: Weighing): readonly SourceAdapter[] {
    return inOrder(this.adapters, this.preference, boundOf);
  }

  supportOf(adapter: SourceAdapter, weighing: Weighing): Support | Promise<Support> {
    return this.preference === 'auto' ? ifReadable(adapter, weighing) : weighing.supports(adapter);
  }

  /**
   * Asks the first source that can: one that knows all fields before one that leaves some null, and last one that is known
   * to refuse. Where nobody else can, its refusal is the answer.
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
          return await bySource(
            adapter.source,
            () => [...reasons, why(adapter, weighing, this.preference)].join(' '),
            () => callPort(adapter.data, method, query),
          );
        } catch (error) {
          refusal = this.refusedBy(adapter, method, error) ?? refusal;
          if (error !== refusal) reasons.push(this.reasonOf(adapter, error));
        }
      }
    }
    for (const adapter of [...partial, ...refusing]) {
      try {
        return await bySource(
          adapter.source,
          () => [...reasons, why(adapter, weighing, this.preference)].join(' '),
          () => callPort(adapter.data, method, query),
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

  /** What is known of a source refusing a question. */
  refusalOf({ source }: SourceAdapter, scope: RefusalScope): PmsError | undefined {
    if (source !== 'SQL_PASSTHROUGH' || this.preference !== 'auto') return undefined;
    const { haloGuid, sqlRefusals } = this.connection;
    return this.refusedHere.get('ALL') ?? this.refusedHere.get(scope) ?? sqlRefusals?.of(haloGuid, scope);
  }

  /** The error itself, remembered, where it is the refusal of a login and another source may be asked. */
  refusedBy({ source }: SourceAdapter, method: keyof PracticeData, error: unknown): PmsError | undefined {
    if (source !== 'SQL_PASSTHROUGH' || this.preference !== 'auto') return undefined;
    const scope = refusalScope(error, method);
    if (scope === null || !(error instanceof PmsError)) return undefined;
    const { haloGuid, sqlRefusals } = this.connection;
    this.refusedHere.set(scope, error);
    sqlRefusals?.note(haloGuid, scope, error);
    return error;
  }

  /** Why the next source is to be asked; throws what is nobody else's to answer. */
  reasonOf(adapter: SourceAdapter, error: unknown): string {
    if (error instanceof OperationNotSupported) return error.message;
    if (this.preference === 'auto' && isRefusal(adapter, error)) return error.message;
    throw error;
  }

  /** The first source that can, and is not known to refuse; else, in words, why none does. */
  async firstThatCan(weighing: Weighing, scope: RefusalScope): Promise<Found> {
    if (this.notBp) return { reason: this.notBp };
    const reasons: string[] = [];
    let guessing: SourceAdapter | undefined;
    let refusing: SourceAdapter | undefined;
    for (const adapter of this.byPrice(weighing)) {
      const support = await this.supportOf(adapter, weighing);
      const refusal = this.refusalOf(adapter, scope);
      if (!support.can) reasons.push(support.reason);
      else if (refusal) {
        refusing = adapter;
        reasons.push(inWords(refusal));
      } else if (!support.assumed) return { adapter, refusing, reason: reasons.join(' ') };
      else guessing ??= adapter;
    }
    return { adapter: guessing, refusing, reason: reasons.join(' ') };
  }

  /**
   * Sends a change to the first source that can. No other gets it, because something may have been sent when it fails; but
   * where the database has let nobody in during this operation, nothing was.
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
      return await bySource(
        first.source,
        () => [found.reason, why(first, weighing, this.preference)].join(' ').trim(),
        () => callPort(first.writes, write.method, write.change),
      );
    } catch (error) {
      const other = await this.insteadOf(first, weighing, error);
      if (!other) throw error;
      return await bySource(
        other.source,
        () => `${inWords(error as PmsError)} ${why(other, weighing, this.preference)}`,
        () => callPort(other.writes, write.method, write.change),
      );
    } finally {
      // Hours stand where places do, which are kept for the whole operation.
      if (write.method === 'setClinicHours') for (const adapter of this.adapters) adapter.forget();
    }
  }

  /** Who gets a change that SQL Passthrough certainly did not carry out, because the login was refused; else undefined. */
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
    const reads = Object.entries(plainest) as [PracticeOperation, Question][];
    const served = await Promise.all([
      ...reads.map(([operation, question]) =>
        this.capabilityOf(operation, weighingOf(question), question.method),
      ),
      ...plainestWrites.map((write) =>
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

/** Who serves something at a site. */
interface Found {
  readonly adapter?: SourceAdapter | undefined;
  /** It could, but its login is refused. */
  readonly refusing?: SourceAdapter | undefined;
  /** Why not those that come before, or why nobody. */
  readonly reason: string;
}

const inWords = ({ errorCode }: PmsError): string =>
  `The practice's database refuses the login of this product (mssql ${errorCode}).`;

/** How sources are compared for a question or a change. */
interface Weighing {
  readonly boundOf: (adapter: SourceAdapter) => WriteBound | null;
  supports(adapter: SourceAdapter): Support | Promise<Support>;
}

/** A listed search that the Bp Premier API will not answer all the same: a missing grant, an older Halo Link. */
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
