import type { PracticeDatabase } from '../../sandbox/database/practice-database.ts';
import { openPracticeDatabase } from '../../sandbox/database/practice-database.ts';
import type { PracticeSpec } from '../../sandbox/practices.ts';
import { practices } from '../../sandbox/practices.ts';

/** A Monday. */
export const today = '2026-11-23';

export function practiceNamed(bpSiteId: string): PracticeSpec {
  const found = practices.find((practice) => practice.bpSiteId === bpSiteId);
  if (!found) throw new Error(`No practice ${bpSiteId}`);
  return found;
}

const opened = new Map<string, PracticeDatabase>();

/** A practice's database, generated once a test file. */
export function databaseOf(bpSiteId: string): PracticeDatabase {
  const database = opened.get(bpSiteId) ?? openPracticeDatabase(practiceNamed(bpSiteId), today);
  opened.set(bpSiteId, database);
  return database;
}
