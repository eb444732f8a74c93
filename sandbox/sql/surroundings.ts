import type { PracticeDatabase } from '../database/practice-database.ts';
import type { LockSession } from './application-locks.ts';
import type { Clock } from './procedure.ts';
import type { JsonRow, Reader } from './reader.ts';
import type { ServerState } from './server-state.ts';

/** The environment of a batch. */
export interface Surroundings {
  readonly database: PracticeDatabase;
  readonly reader: Reader;
  readonly now: Clock;
  readonly state: ServerState;
  readonly locks: LockSession;
}

export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly JsonRow[];
}
