import type { PracticeDatabase } from '../database/practice-database.ts';
import { SqlServerError } from './sql-server-error.ts';

// Rests on assumption S36.

/** Errors that end the batch and its transaction, as SQL Server has it; any other ends only its statement. */
const endBatch = [102, 137, 156, 207, 208, 209, 213, 241, 242, 243, 245, 248, 4104, 8114, 8120];

/** The transaction of one batch: nested by counting, as SQL Server nests. */
export class Transaction {
  depth = 0;
  /** XACT_ABORT: whatever fails takes the whole transaction with it, and the batch. */
  abortsWhole = false;
  readonly #database: PracticeDatabase;

  constructor(database: PracticeDatabase) {
    this.#database = database;
  }

  begin(): void {
    if (this.depth === 0) this.#database.run('BEGIN');
    this.depth += 1;
  }

  /** Throws 3902. */
  commit(): void {
    if (this.depth === 0) {
      throw new SqlServerError(
        3902,
        'The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.',
      );
    }
    this.depth -= 1;
    if (this.depth === 0) this.#database.run('COMMIT');
  }

  /** Throws 3903. */
  rollback(): void {
    if (this.depth === 0) {
      throw new SqlServerError(
        3903,
        'The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.',
      );
    }
    this.end();
  }

  /** Rolls back uncommitted changes. */
  end(): void {
    if (this.depth > 0) this.#database.run('ROLLBACK');
    this.depth = 0;
  }

  /** Whether the batch continues after an error. */
  survives({ number }: SqlServerError): boolean {
    return !this.abortsWhole && !endBatch.includes(number);
  }
}
