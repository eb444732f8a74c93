import { randomUUID } from 'node:crypto';
import type { PracticeDatabase } from '../database/practice-database.ts';

/** The rest of a search: the ids found at its start, so that later changes do not shift pages. */
export interface Continuation {
  readonly type: string;
  readonly ids: readonly string[];
  readonly from: number;
  readonly count: number;
  readonly elements: readonly string[];
}

/** Number of tokens per practice. The oldest is removed first. */
const kept = 500;
const continuations = new WeakMap<PracticeDatabase, Map<string, Continuation>>();

/** An opaque token for the next page. It contains nothing of the search. */
export function rememberPage(database: PracticeDatabase, page: Continuation): string {
  const pages = continuations.get(database) ?? new Map<string, Continuation>();
  continuations.set(database, pages);
  const [oldest] = pages.keys();
  if (pages.size >= kept && oldest !== undefined) pages.delete(oldest);
  const token = randomUUID();
  pages.set(token, page);
  return token;
}

export function recallPage(database: PracticeDatabase, token: string): Continuation | undefined {
  return continuations.get(database)?.get(token);
}
