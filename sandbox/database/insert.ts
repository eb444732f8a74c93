import type { TableName } from './schema.ts';

export type Row = Readonly<Record<string, string | number | null>>;

const rowsPerStatement = 400;

function literal(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

/** INSERT statements of many rows each: one crossing into SQLite for hundreds of rows. All rows share one set of columns. */
export function insertRows(table: TableName, rows: readonly Row[]): string[] {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first);
  const head = `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(',')}) VALUES `;
  const statements: string[] = [];
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const tuples = rows
      .slice(start, start + rowsPerStatement)
      .map((row) => `(${columns.map((name) => literal(row[name])).join(',')})`);
    statements.push(head + tuples.join(','));
  }
  return statements;
}
