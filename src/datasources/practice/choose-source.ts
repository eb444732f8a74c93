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
import { memoizeLastPerObject } from '../../engine/memoize-last.ts';
import { OperationNotSupported, type PmsError, UpstreamFailed } from '../../errors.ts';
import { createBpPremier } from '../bp-premier/index.ts';
import type { PracticeManagementSystem, SourcePreference } from '../domain/pms.ts';
import type { ConnectedPractice } from '../halo-cloud/halo-session.ts';
import { type RefusalScope, refusesLogin } from '../halo-cloud/sql/sql-refusals.ts';
import { callSource } from '../halo-cloud/transport/explain.ts';
import { createSqlPassthrough } from '../sql-passthrough/index.ts';
import { capabilitiesOf, type SiteCapabilities } from './capabilities.ts';
import { LoginRefusals } from './login-refusals.ts';
import { methodOf, readOperations, writeOperations } from './port-methods.ts';
import { boundIn } from './routed-bounds.ts';
import type { Question, SourceAdapter, SourceBounds, Support } from './source-adapter.ts';
import { inOrder } from './source-order.ts';
import { ifReadable, type Weighing, weighingOf, weighingOfWrite, why } from './weighing.ts';
import type { WriteQuestion } from './write-port.ts';

/** Sends each question and each change to the source that should answer it. */
export interface RoutedPractice {
  read(question: Question): Promise<unknown>;
  write(change: WriteQuestion): Promise<unknown>;
  capabilities(): Promise<SiteCapabilities>;
}

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

const boundsOf = ({ bounds }: SourceAdapter): SourceBounds => bounds;

/**
 * The places of the sources in the order of their prices. Fifty practices of one operation get the same query, and so do operations
 * that read the same book.
 */
const placesByPrice = memoizeLastPerObject(
  (
    query: unknown,
    method: Question['method'],
    preference: SourcePreference,
    ...bounds: readonly SourceBounds[]
  ): readonly number[] => {
    const sources = bounds.map((each, place) => ({ source: each.source, bounds: each, place }));
    const question = { method, query } as Question;
    return inOrder(sources, preference, (each) => boundIn(each.bounds, question)).map(({ place }) => place);
  },
);

class Routing implements RoutedPractice {
  readonly connection: ConnectedPractice;
  readonly preference: SourcePreference;
  readonly adapters: readonly SourceAdapter[];
  /** Why no source is used: the practice has another PMS. */
  readonly notBp: string | null;
  readonly refusals: LoginRefusals;

  constructor(
    connection: ConnectedPractice,
    preference: SourcePreference,
    adapters: readonly SourceAdapter[],
  ) {
    this.connection = connection;
    this.preference = preference;
    this.adapters = adapters;
    this.refusals = new LoginRefusals(connection, preference);
    this.notBp =
      connection.pms === 'BEST_PRACTICE'
        ? null
        : `This practice uses ${pmsNames[connection.pms]}. Only practices with Bp Premier support this.`;
  }

  byPrice({ boundOf }: Weighing): readonly SourceAdapter[] {
    return inOrder(this.adapters, this.preference, boundOf);
  }

  readersByPrice({ method, query }: Question): readonly SourceAdapter[] {
    const places = placesByPrice(query, method, this.preference, ...this.adapters.map(boundsOf));
    return places.map((place) => this.adapters[place] as SourceAdapter);
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
    const weighing = weighingOf(question);
    const first = notBp ? [] : this.readersByPrice(question);
    const partial: SourceAdapter[] = [];
    const refusing: SourceAdapter[] = [];
    let refusal: PmsError | undefined;
    for (const adapters of [first, partial, refusing]) {
      for (const adapter of adapters) {
        if (adapters === first) {
          const weighed = this.supportOf(adapter, weighing);
          const support = 'then' in weighed ? await weighed : weighed;
          if (!support.can) {
            reasons.push(support.reason);
            continue;
          }
          if (this.refusals.of(adapter, method)) {
            refusing.push(adapter);
            continue;
          }
          if (support.leavesOut !== undefined) {
            partial.push(adapter);
            continue;
          }
        }
        try {
          return await callSource(
            adapter.source,
            () => [...reasons, why(adapter, weighing, this.preference)].join(' '),
            methodOf(adapter.data, method),
            query,
          );
        } catch (error) {
          refusal = this.refusals.note(adapter, method, error) ?? refusal;
          if (error !== refusal) reasons.push(this.reasonOf(adapter, error));
        }
      }
    }
    if (refusal) throw refusal;
    const message = reasons.join(' ') || undefined;
    throw new OperationNotSupported(
      { operation: readOperations[method], pms: this.connection.pms },
      message === undefined ? {} : { message },
    );
  }

  /** Why the next source is tried. Throws the error if no other source may be tried after it. */
  reasonOf(adapter: SourceAdapter, error: unknown): string {
    if (error instanceof OperationNotSupported) return error.message;
    if (this.preference === 'auto' && isRefusal(adapter, error)) return error.message;
    throw error;
  }

  /** The first source that supports it and is not known to refuse. Without one, the reason. */
  async firstThatCan(weighing: Weighing, scope: RefusalScope): Promise<Found> {
    if (this.notBp) return { reason: this.notBp };
    const reasons: string[] = [];
    let assumed: SourceAdapter | undefined;
    let refusing: SourceAdapter | undefined;
    for (const adapter of this.byPrice(weighing)) {
      const support = await this.supportOf(adapter, weighing);
      const refusal = this.refusals.of(adapter, scope);
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
      // Adapters cache the locations and their hours for the whole operation.
      if (write.method === 'setClinicHours') for (const adapter of this.adapters) adapter.forget();
    }
  }

  /**
   * The other source for a change. Undefined unless SQL Passthrough certainly made no change, because the login was
   * refused.
   */
  async insteadOf(
    { source }: SourceAdapter,
    weighing: Weighing,
    error: unknown,
  ): Promise<SourceAdapter | undefined> {
    if (source !== 'SQL_PASSTHROUGH' || this.preference !== 'auto' || !refusesLogin(error)) return undefined;
    if (this.connection.sqlEntered !== false) return undefined;
    this.refusals.noteAll(error);
    return (await this.firstThatCan(weighing, 'ALL')).adapter;
  }

  async capabilities(): Promise<SiteCapabilities> {
    const capabilities = await capabilitiesOf(
      this.notBp ? null : this.connection,
      async (weighing, scope) => {
        const { adapter, refusing, reason } = await this.firstThatCan(weighing, scope);
        if (!adapter) return { source: null, reason };
        const chosen = why(adapter, weighing, this.preference);
        return { source: adapter.source, reason: refusing ? `${reason} ${chosen}` : chosen };
      },
    );
    const refusal = this.adapters.map((adapter) => this.refusals.of(adapter, 'ALL')).find(Boolean);
    return { ...capabilities, ...(refusal && { sqlRefused: inWords(refusal) }) };
  }
}

/** The source of a question or a change at a site. */
interface Found {
  readonly adapter?: SourceAdapter | undefined;
  /** It supports it, but its login is refused. */
  readonly refusing?: SourceAdapter | undefined;
  /** Why the sources before it cannot, or why no source can. */
  readonly reason: string;
}

const inWords = ({ errorCode }: PmsError): string =>
  `The practice's database refuses the login of this product (mssql ${errorCode}).`;

/** The Bp Premier API rejects a search that its CapabilityStatement lists: a missing grant, an older Halo Link. */
function isRefusal(adapter: SourceAdapter, error: unknown): error is UpstreamFailed {
  if (adapter.source !== 'BP_PREMIER' || !(error instanceof UpstreamFailed)) return false;
  return error.httpStatus !== null && error.httpStatus < 500;
}
