import { refusesLogin } from '../../datasources/halo-cloud/sql/sql-refusals.ts';
import type { PmsError } from '../../errors.ts';
import { failed, type Outcome } from './finding.ts';

/** SQL Server errors: SELECT is denied on an object or a column, or the object does not exist. */
const lacking: ReadonlySet<number | null> = new Set([229, 230, 208]);

/** Whether the database answered and a table in it cannot be read. */
export function lacksTables({ errorType, errorCode }: PmsError): boolean {
  return errorType === 'mssql' && lacking.has(errorCode);
}

/** Explains why the practice's database did not answer a statement. */
export function explainDatabase(error: PmsError): Outcome {
  const { errorType, errorCode } = error;
  const number = errorCode === null ? errorType : `${errorType} ${errorCode}`;
  if (refusesLogin(error)) {
    return failed(
      `The login of your product cannot open Bp Premier's database (${number}).`,
      'Database login: have the practice open "Setup third-party integrations" in Bp Premier and save it again. If that does not help, contact Best Practice.',
    );
  }
  if (errorType === 'mssql') {
    return failed(
      `The database refuses the statement (${number}).`,
      'Database: report that number to Best Practice and to Halo Connect support.',
    );
  }
  return failed(
    `Halo Link could not run the statement (${number}).`,
    'Halo Link at the practice: restart its Windows service "Halo Link Service". If that does not help, contact Halo Connect support.',
  );
}
