import { SqlServerError } from '../sql/sql-server-error.ts';

// Rests on assumption S25.

/** `errorDetails` of a query that failed. */
export interface QueryError {
  readonly errorType: 'http' | 'mssql' | 'fbsql' | 'haloLink';
  readonly errorCode: number;
  readonly errorMessage: string;
}

/** A failed query says it twice: its older fields are deprecated, and still there. */
export function errorFields(error: QueryError) {
  return { errorDetails: error, errorCode: error.errorCode, errorMessage: error.errorMessage };
}

export function sqlError({ number, message }: SqlServerError): QueryError {
  return { errorType: 'mssql', errorCode: number, errorMessage: message };
}

export const deadlocked: QueryError = sqlError(
  new SqlServerError(1205, 'Transaction was deadlocked. Rerun the transaction.'),
);

/** SQL Server turns a statement down before it runs: 18456 refuses the login. */
export const refusedBySql = (number: number): QueryError =>
  sqlError(new SqlServerError(number, `SQL Server error ${number}, made up by the sandbox.`));

export const tooLarge: QueryError = {
  errorType: 'http',
  errorCode: 413,
  errorMessage:
    'Query was executed successfully but an error occurred preparing it to be uploaded, results were too large. Immediate query results beyond message size limit (8mb)',
};

export const notSpoken: QueryError = {
  errorType: 'haloLink',
  errorCode: 0,
  errorMessage: 'The sandbox does not speak this statement.',
};

export const notUploaded: QueryError = {
  errorType: 'http',
  errorCode: 500,
  errorMessage: 'Query was executed successfully but an error occurred uploading its results.',
};

export const siteAway: QueryError = {
  errorType: 'http',
  errorCode: 503,
  errorMessage: 'Site could not be contacted, please try again later or contact a system administrator.',
};

/** Zedmed uses a Firebird database without Bp Premier's tables. */
export function firebirdError(sql: string): QueryError {
  const table = /\bfrom\s+([\w.]+)/i.exec(sql)?.[1]?.toUpperCase() ?? 'UNKNOWN';
  return {
    errorType: 'fbsql',
    errorCode: 335544569,
    errorMessage: `Dynamic SQL Error SQL error code = -204 Table unknown ${table}`,
  };
}
