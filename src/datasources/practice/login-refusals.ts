import { PmsError } from '../../errors.ts';
import type { DataSource, SourcePreference } from '../domain/pms.ts';
import type { ConnectedPractice } from '../halo-cloud/halo-session.ts';
import { type RefusalScope, refusalScope } from '../halo-cloud/sql/sql-refusals.ts';
import type { PracticeData } from './port.ts';

interface Source {
  readonly source: DataSource;
}

/** Refusals of the login by the practice's database, in this operation and in earlier ones. Only `auto` can use another source. */
export class LoginRefusals {
  readonly #connection: ConnectedPractice;
  readonly #preference: SourcePreference;
  /** Refusals in this operation. */
  #here: Map<RefusalScope, PmsError> | undefined;

  constructor(connection: ConnectedPractice, preference: SourcePreference) {
    this.#connection = connection;
    this.#preference = preference;
  }

  /** The known refusal of a source. */
  of({ source }: Source, scope: RefusalScope): PmsError | undefined {
    if (source !== 'SQL_PASSTHROUGH' || this.#preference !== 'auto') return undefined;
    const { haloGuid, sqlRefusals } = this.#connection;
    return this.#here?.get('ALL') ?? this.#here?.get(scope) ?? sqlRefusals?.of(haloGuid, scope);
  }

  /** Stores and returns the error if it is a refused login and another source may be used; else undefined. */
  note({ source }: Source, method: keyof PracticeData, error: unknown): PmsError | undefined {
    if (source !== 'SQL_PASSTHROUGH' || this.#preference !== 'auto') return undefined;
    const scope = refusalScope(error, method);
    if (scope === null || !(error instanceof PmsError)) return undefined;
    const { haloGuid, sqlRefusals } = this.#connection;
    this.#add(scope, error);
    sqlRefusals?.note(haloGuid, scope, error);
    return error;
  }

  /** Stores that the database refuses every statement in this operation. */
  noteAll(error: PmsError): void {
    this.#add('ALL', error);
  }

  #add(scope: RefusalScope, error: PmsError): void {
    this.#here ??= new Map();
    this.#here.set(scope, error);
  }
}
