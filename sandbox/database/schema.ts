import { tableListing } from './tables.ts';

/** A SQL Server type, as far as the sandbox distinguishes types. `length` for `char` and `varchar`. */
export type ColumnType =
  | { readonly kind: 'int' }
  | { readonly kind: 'datetime' }
  | { readonly kind: 'char'; readonly length: number }
  | { readonly kind: 'varchar'; readonly length: number };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

export interface Table {
  readonly name: string;
  readonly key: string | null;
  readonly columns: readonly Column[];
}

export type TableName = keyof typeof tableListing;

function parseType(text: string): ColumnType {
  const sized = /^(char|varchar)\((\d+)\)$/.exec(text);
  if (sized) return { kind: sized[1] === 'char' ? 'char' : 'varchar', length: Number(sized[2]) };
  if (text === 'datetime') return { kind: 'datetime' };
  return { kind: 'int' };
}

function parseColumn(text: string): Column {
  const [name = '', type = '', nullable] = text.split(' ');
  return { name, type: parseType(type), nullable: nullable === 'NULL' };
}

/** Every table by its upper-case name. */
export const tables: ReadonlyMap<string, Table> = new Map(
  Object.entries(tableListing).map(([name, { key, columns }]) => [
    name,
    { name, key, columns: columns.flatMap((line) => line.split('; ').map(parseColumn)) },
  ]),
);

/** Tables with deletable rows. An identity is never reused, not even that of the last row. */
const losesRows = ['DAYSAWAY', 'SESSIONS', 'EXTRASESSIONS'];

const sqliteType = { int: 'INTEGER', datetime: 'TEXT', char: 'TEXT', varchar: 'TEXT' } as const;

/**
 * CREATE TABLE for SQLite. Text is compared like the default collation of SQL Server, without case. char(n) is stored
 * without trailing blanks, so that `=` and LIKE ignore them, and padded when it is selected.
 */
export function createTable(table: Table): string {
  const columns = table.columns.map(({ name, type, nullable }) => {
    if (name === table.key) {
      return `"${name}" INTEGER PRIMARY KEY${losesRows.includes(table.name) ? ' AUTOINCREMENT' : ''}`;
    }
    const collation = type.kind === 'char' || type.kind === 'varchar' ? ' COLLATE NOCASE' : '';
    const fallback = type.kind === 'int' ? '0' : type.kind === 'datetime' ? "'1900-01-01T00:00:00'" : "''";
    return `"${name}" ${sqliteType[type.kind]}${collation}${nullable ? '' : ` NOT NULL DEFAULT ${fallback}`}`;
  });
  return `CREATE TABLE "${table.name}" (${columns.join(', ')})`;
}
