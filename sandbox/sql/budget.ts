import { SqlServerError } from './sql-server-error.ts';

// Rests on assumption S37.

/** Maximum rows that joins and subqueries of one batch may read: about ten seconds of work. */
const maxSteps = 5_000_000;
/** Maximum characters of a result in memory. */
const maxKept = 512 * 1024 * 1024;

/** The remaining work of one batch, so that no SQL text blocks the process forever. */
export class Budget {
  #steps = 0;
  #kept = 0;

  /** Throws -2, the error number of a .NET command timeout. */
  step(): void {
    this.#steps += 1;
    if (this.#steps <= maxSteps) return;
    throw new SqlServerError(
      -2,
      'Execution Timeout Expired. The timeout period elapsed prior to completion of the operation or the server is not responding.',
    );
  }

  /** A row that is kept. Throws 701. */
  keep(row: Readonly<Record<string, unknown>>): void {
    for (const value of Object.values(row)) this.#kept += typeof value === 'string' ? value.length + 16 : 16;
    if (this.#kept <= maxKept) return;
    throw new SqlServerError(
      701,
      "There is insufficient system memory in resource pool 'default' to run this query.",
    );
  }

  renew(): void {
    this.#steps = 0;
    this.#kept = 0;
  }
}
