import type { HaloErrorCode } from '../error-codes.ts';
import { HaloError, UpstreamFailed } from '../errors.ts';
import type { Log } from '../log.ts';
import type { BookRow } from './book-row.ts';
import type { Detector } from './detector.ts';
import type { Timers } from './timers.ts';

/** The site or its login cannot run the registered query. Another attempt would fail too. */
const refusals: ReadonlySet<HaloErrorCode> = new Set(['PMS_ERROR', 'OPERATION_NOT_SUPPORTED', 'NOT_FOUND']);
/** Consecutive failed checks after which the site counts as one without registered queries. */
const maxFailures = 3;
/** How long it counts as that, in ms. */
const pollingMs = 3_600_000;

/** Detects by registered queries. At sites without them, it reads the book at intervals. */
export class FallbackDetector implements Detector {
  readonly #registered: Detector;
  readonly #polling: Detector;
  readonly #timers: Timers;
  readonly #log: Log;
  #pollingUntil = 0;
  #failures = 0;

  constructor(
    registered: Detector,
    polling: Detector,
    { timers, log }: { readonly timers: Timers; readonly log: Log },
  ) {
    this.#registered = registered;
    this.#polling = polling;
    this.#timers = timers;
    this.#log = log;
  }

  get #active(): Detector {
    return this.#timers.now() < this.#pollingUntil ? this.#polling : this.#registered;
  }

  get intervalSeconds(): number {
    return this.#active.intervalSeconds;
  }

  get maxLagSeconds(): number {
    return this.#active.maxLagSeconds;
  }

  async start(): Promise<void> {
    if (this.#active === this.#polling) return this.#polling.start();
    if (this.#failures >= maxFailures) return this.#fallBack('UPSTREAM_FAILED');
    try {
      await this.#registered.start();
    } catch (error) {
      if (!(error instanceof HaloError) || !isRefusal(error)) throw error;
      await this.#fallBack(error.code);
    }
  }

  async detect(): Promise<ReadonlyMap<string, BookRow> | null> {
    const active = this.#active;
    try {
      const rows = await active.detect();
      this.#failures = 0;
      return rows;
    } catch (error) {
      if (active === this.#registered) this.#failures += 1;
      throw error;
    }
  }

  bookChanged(): void {
    this.#registered.bookChanged?.();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#registered.stop(), this.#polling.stop()]);
  }

  abandon(): void {
    this.#registered.abandon?.();
  }

  async cancelLeft(): Promise<void> {
    await this.#registered.cancelLeft?.();
  }

  async #fallBack(code: HaloErrorCode): Promise<void> {
    this.#failures = 0;
    this.#pollingUntil = this.#timers.now() + pollingMs;
    this.#log.warn(
      { code },
      'A site runs no registered queries: its appointment book is polled, which is charged',
    );
    await this.#registered.stop();
    await this.#polling.start();
  }
}

function isRefusal(error: HaloError): boolean {
  if (error instanceof UpstreamFailed) return [400, 404, 405, 501].includes(error.httpStatus ?? 0);
  return refusals.has(error.code);
}
