/** An error of SQL Server: its number, and a message in its style. */
export class SqlServerError extends Error {
  readonly number: number;

  constructor(number: number, message: string) {
    super(message);
    this.name = 'SqlServerError';
    this.number = number;
  }
}

export function syntaxError(near: string): SqlServerError {
  return new SqlServerError(102, `Incorrect syntax near '${near}'.`);
}

export function keywordError(keyword: string): SqlServerError {
  return new SqlServerError(156, `Incorrect syntax near the keyword '${keyword}'.`);
}

export function undeclared(variable: string): SqlServerError {
  return new SqlServerError(137, `Must declare the scalar variable "${variable}".`);
}

export function permissionDenied(action: string, object: string): SqlServerError {
  return new SqlServerError(
    229,
    `The ${action} permission was denied on the object '${object}', database 'BPSPatients', schema 'dbo'.`,
  );
}
