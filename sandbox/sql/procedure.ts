import type { PracticeDatabase } from '../database/practice-database.ts';
import type { SqlValue } from './values.ts';

interface Outcome {
  readonly rows?: readonly Readonly<Record<string, string | number | null>>[];
  /** T-SQL whose result is the procedure's. */
  readonly select?: string;
  readonly returned?: number;
}

/** Current local time, `YYYY-MM-DDTHH:MM:SS`, at a location or at the server. */
export type Clock = (locationId?: number) => string;

/** By lower-case names with the at sign; what was left out is not there. */
export type Arguments = Readonly<Record<string, SqlValue | undefined>>;

export interface ProcedureParameter {
  /** In lower case with the at sign. */
  readonly name: string;
  readonly kind: 'int' | 'datetime' | 'text';
  /** A longer text is cut off, as a varchar parameter does. */
  readonly length?: number;
  readonly optional?: boolean;
}

export interface Procedure {
  readonly name: string;
  /** In the order of their positions. */
  readonly parameters: readonly ProcedureParameter[];
  run(args: Arguments, database: PracticeDatabase, now: Clock): Outcome;
}
