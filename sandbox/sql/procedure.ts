import type { PracticeDatabase } from '../database/practice-database.ts';
import type { Kind, SqlValue } from './values.ts';

interface Outcome {
  readonly rows?: readonly Readonly<Record<string, string | number | null>>[];
  /** T-SQL whose result is the procedure's. */
  readonly select?: string;
  readonly returned?: number;
}

/** Wall time now, `YYYY-MM-DDTHH:MM:SS`: at a location, or where the server stands. */
export type Clock = (locationId?: number) => string;

/** By lower-case names with the at sign; those that may be left out are null then. */
export type Arguments = Readonly<Record<string, SqlValue>>;

export interface Procedure {
  readonly name: string;
  /** In the order of their positions; names in lower case with the at sign. */
  readonly parameters: readonly {
    readonly name: string;
    readonly kind: Kind;
    readonly optional?: boolean;
  }[];
  run(args: Arguments, database: PracticeDatabase, now: Clock): Outcome;
}
