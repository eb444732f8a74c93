import type { SqlFailure } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { PmsError } from '../../errors.ts';

/**
 * A failure that is told as a field, with the fixed text of its kind: the database's own quotes values. Not as an Error:
 * GraphQL would take that for a field that failed.
 */
export function failureTold(failure: SqlFailure | null): PmsError | null {
  if (!failure) return null;
  const error = new PmsError(failure.errorType, failure.errorCode);
  return { ...error, message: error.message };
}
