import { openPracticeDatabase, type PracticeDatabase } from '../database/practice-database.ts';
import { tables } from '../database/schema.ts';
import type { PracticeSpec } from '../practices.ts';

/** Another database of a practice's SQL Server: the sandbox keeps no tables in it. */
export function bareDatabase(practice: PracticeSpec, today: string): PracticeDatabase {
  const database = openPracticeDatabase(practice, today);
  for (const name of tables.keys()) database.run(`DROP TABLE "${name}"`);
  return database;
}
