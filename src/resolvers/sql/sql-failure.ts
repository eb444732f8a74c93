import type { SqlFailure } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { PmsError } from '../../errors.ts';

/**
 * A failure as the value of a field, with the fixed message of its kind: the database's own message can quote values. It is
 * not an Error instance, because GraphQL would treat that as a failed field.
 */
export function failureField(failure: SqlFailure | null): PmsError | null {
  if (!failure) return null;
  const error = new PmsError(failure.errorType, failure.errorCode);
  return { ...error, message: error.message };
}
