import { PmsError } from '../../../errors.ts';
import { lruCache } from '../../../lib/lru-cache.ts';
import { loginErrors } from '../../domain/login-errors.ts';
import type { PracticeData } from '../../practice/port.ts';

/** The login has no access to the database that a statement names. */
const noAccess = 916;
/** SELECT is denied on a table, or on a column. */
const deniedSelects: ReadonlySet<number | null> = new Set([229, 230]);

const rememberedMs = 5 * 60_000;

/** `ALL`: the login can run no statement. Else the method of the port whose statement reads a denied table. */
export type RefusalScope = 'ALL' | keyof PracticeData;

/** The scope of a refusal by the database; null when the error is no refusal. */
export function refusalScope(error: unknown, method: keyof PracticeData): RefusalScope | null {
  if (refusesLogin(error)) return 'ALL';
  return isMssql(error) && deniedSelects.has(error.errorCode) ? method : null;
}

export function refusesLogin(error: unknown): error is PmsError {
  return isMssql(error) && (loginErrors.has(error.errorCode) || error.errorCode === noAccess);
}

function isMssql(error: unknown): error is PmsError {
  return error instanceof PmsError && error.errorType === 'mssql';
}

/** Remembers for five minutes which sites' databases refuse the login of this product. */
export interface SqlRefusals {
  note(haloGuid: string, scope: RefusalScope, error: PmsError): void;
  /** The remembered error; undefined when none is known. */
  of(haloGuid: string, scope: RefusalScope): PmsError | undefined;
}

/** `clock` in milliseconds. */
export function createSqlRefusals(clock: () => number): SqlRefusals {
  const known = lruCache<string, PmsError>(10_000, {
    ttl: rememberedMs,
    ttlResolution: 0,
    perf: { now: clock },
  });
  return {
    note: (haloGuid, scope, error) => void known.set(`${haloGuid} ${scope}`, error),
    of(haloGuid, scope) {
      if (known.size === 0) return undefined;
      return known.get(`${haloGuid} ALL`) ?? known.get(`${haloGuid} ${scope}`);
    },
  };
}
