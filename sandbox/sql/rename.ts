import type { OutColumn } from './scope.ts';
import { SqlServerError } from './sql-server-error.ts';

/** The columns of a derived table or common table expression by the names given to them. Throws 8155, 8156 and 8158. */
export function rename(
  columns: readonly OutColumn[],
  names: readonly string[] | null,
  alias: string,
): OutColumn[] {
  if (names && names.length !== columns.length) {
    throw new SqlServerError(8158, `'${alias}' has more columns than were specified in the column list.`);
  }
  const renamed = columns.map((column, index) => ({ ...column, name: names?.[index] ?? column.name }));
  const seen = new Set<string>();
  renamed.forEach(({ name }, index) => {
    if (name === '')
      throw new SqlServerError(8155, `No column name was specified for column ${index + 1} of '${alias}'.`);
    if (seen.has(name.toLowerCase())) {
      throw new SqlServerError(8156, `The column '${name}' was specified multiple times for '${alias}'.`);
    }
    seen.add(name.toLowerCase());
  });
  return renamed;
}
