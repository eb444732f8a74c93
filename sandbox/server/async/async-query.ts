import { type Executor, execute } from '../execute.ts';
import type { Faults } from '../faults.ts';
import type { QueryCommand } from '../query-command.ts';
import { deadlocked, notUploaded, type QueryError, tooLarge } from '../query-error.ts';
import type { QueryIdentity } from '../query-fields.ts';
import { type Prospects, type Stage, stagesAfterExecution, stagesBeforeExecution } from './life-cycle.ts';
import { type PagedResult, readPages } from './pages.ts';

const resultKeptMs = 24 * 3_600_000;

interface Outcome {
  readonly executedMs: number;
  readonly error: QueryError | null;
  /** Null: the query failed, or its result is no longer stored. */
  readonly result: PagedResult | null;
}

/** The progress of an async query at one moment. */
export interface Progress {
  /** All stages so far. The last one is the current stage. */
  readonly stages: readonly Stage[];
  readonly current: Stage;
  readonly executedMs: number;
  readonly error: QueryError | null;
  readonly result: PagedResult | null;
  /** Pages uploaded so far. */
  readonly cached: number;
  /** Whether its result has expired. */
  readonly expired: boolean;
}

/** One async query. Its status follows from the clock alone; its command runs at the first read after it fell due. */
export class AsyncQuery {
  readonly identity: QueryIdentity;
  readonly command: QueryCommand;
  readonly #prospects: Prospects;
  readonly #executor: Executor;
  readonly #before: readonly Stage[];
  #outcome: Outcome | null = null;

  constructor(identity: QueryIdentity, command: QueryCommand, prospects: Prospects, executor: Executor) {
    this.identity = identity;
    this.command = command;
    this.#prospects = prospects;
    this.#executor = executor;
    this.#before = stagesBeforeExecution(prospects);
  }

  /** When its command is to run; null: never, or it has. */
  get due(): number | null {
    const last = this.#before.at(-1);
    return this.#outcome === null && last?.status === 'executing' ? last.from : null;
  }

  /** @param requestFaults faults of the request that reads the status */
  progress(now: number, requestFaults: Faults): Progress {
    const { faults } = this.#prospects;
    if (this.due !== null && this.due <= now) this.run();
    const after = this.#outcome ? this.#after(this.#outcome) : [];
    const reached = [...this.#before, ...after].filter(({ from }) => from <= now);
    const stuck = reached.findIndex(({ status }) => requestFaults.has(`stuck-${status}`));
    const stages = stuck < 0 ? reached : reached.slice(0, stuck + 1);
    const current = stages.at(-1) ?? { status: 'initialising', from: this.#prospects.createdAt };
    const gone = requestFaults.has('expired') || faults.has('expired') || now - current.from >= resultKeptMs;
    const expired = current.status === 'successful' && gone;
    if (expired && now - current.from >= resultKeptMs) this.#forget();
    return {
      stages,
      current,
      executedMs: this.#outcome?.executedMs ?? 0,
      error: current.status === 'uploadFailed' ? notUploaded : (this.#outcome?.error ?? null),
      result: this.#outcome?.result ?? null,
      cached: this.#cached(stages, now),
      expired,
    };
  }

  /** Executes the command, once. */
  run(): void {
    const { faults } = this.#prospects;
    if (faults.has('fail-executionFailed')) {
      this.#outcome = { executedMs: 0, error: deadlocked, result: null };
      return;
    }
    const started = Date.now();
    const { error, value } = execute(this.#executor, this.command, faults, (result) =>
      readPages(result, this.command, faults),
    );
    const executedMs = Date.now() - started;
    const failure = error ?? (faults.has('413') ? tooLarge : null);
    this.#outcome = { executedMs, error: failure, result: failure ? null : (value ?? null) };
  }

  #after({ error, result }: Outcome): readonly Stage[] {
    const executing = this.#before.at(-1)?.from ?? 0;
    return stagesAfterExecution(this.#prospects, executing, error ? null : (result?.pages.length ?? 1));
  }

  #cached(stages: readonly Stage[], now: number): number {
    const pages = this.#outcome?.result?.pages.length ?? 0;
    const current = stages.at(-1);
    if (current?.status === 'successful') return pages;
    if (current?.status !== 'uploading' || this.#prospects.faults.has('stuck-uploading')) return 0;
    return Math.min(pages, Math.floor((now - current.from) / Math.max(1, this.#prospects.pace.pageMs)));
  }

  /** Frees the result, and keeps only the number of pages. */
  #forget(): void {
    const result = this.#outcome?.result;
    if (!this.#outcome || !result) return;
    const pages = result.pages.map((page) => ({ ...page, deflated: Buffer.alloc(0) }));
    this.#outcome = { ...this.#outcome, result: { ...result, pages } };
  }
}
