import { createHash } from 'node:crypto';
import { isWriteCommand } from '../../sql/writes.ts';
import { type Executor, execute } from '../execute.ts';
import type { Faults } from '../faults.ts';
import { deadlocked, type QueryError, siteAway, tooLarge } from '../query-error.ts';
import { readWhole, type WholeResult } from '../whole-result.ts';
import type { Registration } from './read-registration.ts';

export type RegisteredStatus = 'initialisationFailedCacheError' | 'enabled' | 'cancelled' | 'completed';

/** The stored registration. Times in milliseconds since 1970. */
export interface RegisteredIdentity {
  readonly id: string;
  readonly registration: Registration;
  /** Bytes. */
  readonly requestSize: number;
  readonly createdAt: number;
  readonly firstRunAt: number;
}

/** The practice's side of a run. */
export interface RunningSite {
  readonly executor: Executor;
  /** Whether its server is offline now. */
  readonly away: () => boolean;
  /** In force now, and when it was registered. */
  readonly faults: () => Faults;
}

/** The results of its runs. Times in milliseconds since 1970. */
export interface RunRecord {
  readonly lastSucceededAt: number | null;
  readonly lastFailedAt: number | null;
  readonly lastExecutionMs: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Bytes of all results that were uploaded. */
  readonly uploadedBytes: number;
  readonly lastError: QueryError | null;
  readonly lastHash: string | null;
  /** The latest result that was uploaded. */
  readonly result: WholeResult | null;
}

const noRuns: RunRecord = {
  lastSucceededAt: null,
  lastFailedAt: null,
  lastExecutionMs: 0,
  succeeded: 0,
  failed: 0,
  uploadedBytes: 0,
  lastError: null,
  lastHash: null,
  result: null,
};

/** One registered query. The clock decides which runs are due; missed runs are made up for at the next read. */
export class RegisteredQuery {
  readonly identity: RegisteredIdentity;
  readonly #site: RunningSite;
  /** Never got as far as the practice. */
  readonly #stillborn: boolean;
  #runs = 0;
  #record = noRuns;
  #cancelled = false;

  constructor(identity: RegisteredIdentity, site: RunningSite) {
    this.identity = identity;
    this.#site = site;
    this.#stillborn = site.faults().has('fail-initialisationFailedCacheError');
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** Null: not completed. */
  completedAt(now: number): number | null {
    const end = this.identity.firstRunAt + this.identity.registration.duration * 1000;
    return this.#cancelled || this.#stillborn || now < end ? null : end;
  }

  status(now: number): RegisteredStatus {
    if (this.#stillborn) return 'initialisationFailedCacheError';
    if (this.#cancelled) return 'cancelled';
    return this.completedAt(now) === null ? 'enabled' : 'completed';
  }

  /** One that has completed stays so. */
  cancel(now: number): void {
    if (this.completedAt(now) === null) this.#cancelled = true;
  }

  /** Makes the due runs. Due runs that only read would all find the same now, so one run is enough. */
  settle(now: number): void {
    const { firstRunAt, registration } = this.identity;
    if (this.#cancelled || this.#stillborn || now < firstRunAt) return;
    const { frequency, duration, command } = registration;
    const most = Math.floor(duration / frequency) + 1;
    const due = Math.min(most, Math.floor((now - firstRunAt) / (frequency * 1000)) + 1);
    if (due <= this.#runs) return;
    const writes = isWriteCommand(command.text, command.type);
    while (this.#runs < due) {
      const times = writes ? 1 : due - this.#runs;
      this.#runs += times;
      this.#run(firstRunAt + (this.#runs - 1) * frequency * 1000, times);
    }
  }

  #run(at: number, times: number): void {
    const started = Date.now();
    const outcome = this.#outcome();
    const record = { ...this.#record, lastExecutionMs: Date.now() - started };
    if ('errorType' in outcome) {
      this.#record = { ...record, lastFailedAt: at, failed: record.failed + times, lastError: outcome };
      return;
    }
    const data = outcome.data ?? '';
    const lastHash = createHash('sha256').update(data).digest('base64');
    const changed = lastHash !== record.lastHash;
    this.#record = {
      ...record,
      lastSucceededAt: at,
      succeeded: record.succeeded + times,
      lastHash,
      uploadedBytes: record.uploadedBytes + (changed ? data.length : 0),
      result: changed ? outcome : record.result,
    };
  }

  #outcome(): WholeResult | QueryError {
    const faults = this.#site.faults();
    if (this.#site.away()) return siteAway;
    if (faults.has('fail-executionFailed')) return deadlocked;
    const { command } = this.identity.registration;
    const { error, value } = execute(this.#site.executor, command, faults, (result) =>
      readWhole(result, command, faults),
    );
    return error ?? (value.data === null ? tooLarge : value);
  }
}
