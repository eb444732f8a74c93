import type { PracticeDatabase } from '../database/practice-database.ts';
import type { Clock } from './procedure.ts';
import type { JsonRow, Reader } from './reader.ts';

/** What a batch runs in. */
export interface Surroundings {
  readonly database: PracticeDatabase;
  readonly reader: Reader;
  readonly now: Clock;
  /** Procedures that this practice's version does not have. */
  readonly missing: readonly string[];
}

export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly JsonRow[];
}
