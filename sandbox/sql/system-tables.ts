import { tables } from '../database/schema.ts';
import { mayWrite } from './grants.ts';
import { everyProcedure } from './procedures.ts';

/** The number of the practice's database on its server. */
export const databaseId = 5;

type Cell = string | number | null;

/** First columns of indexes besides the primary key's. */
const furtherIndexes: Readonly<Record<string, readonly string[]>> = {
  APPOINTMENTS: ['USERID', 'APPOINTMENTDATE', 'INTERNALID'],
  PATIENTS: ['SURNAME', 'MEDICARENO'],
  EMAIL: ['INTERNALID', 'EMAIL'],
};

/**
 * What SQL Server's catalogue views and permission functions say of a practice's database, as tables of it: those of a
 * database that Bp Premier's installer created. Tests change them to show another server.
 */
const systemTables: Readonly<Record<string, readonly Readonly<Record<string, Cell>>[]>> = {
  'sys.databases': [
    {
      name: 'BPSPatients',
      database_id: databaseId,
      collation_name: 'Latin1_General_CI_AS',
      compatibility_level: 150,
      is_read_committed_snapshot_on: 0,
    },
  ],
  'sys.collations': [
    { name: 'Latin1_General_CI_AS', code_page: 1252 },
    { name: 'Latin1_General_BIN2', code_page: 1252 },
    { name: 'Latin1_General_CS_AS', code_page: 1252 },
    { name: 'Cyrillic_General_CI_AS', code_page: 1251 },
  ],
  'sys.types': [
    { user_type_id: 56, name: 'int' },
    { user_type_id: 61, name: 'datetime' },
    { user_type_id: 167, name: 'varchar' },
    { user_type_id: 175, name: 'char' },
    { user_type_id: 127, name: 'bigint' },
    { user_type_id: 231, name: 'nvarchar' },
  ],
  'sys.objects': [
    ...[...tables.keys()].map((name, index) => ({ object_id: tableId(index), name, type: 'U' })),
    ...everyProcedure.map(({ name }, index) => ({ object_id: procedureId(index), name, type: 'P' })),
  ],
  'sys.columns': [...tables.values()].flatMap(({ key, columns }, at) =>
    columns.map(({ name, type, nullable }, index) => ({
      object_id: tableId(at),
      column_id: index + 1,
      name,
      user_type_id: { int: 56, datetime: 61, varchar: 167, char: 175 }[type.kind],
      is_nullable: nullable ? 1 : 0,
      is_identity: name === key ? 1 : 0,
      collation_name: 'length' in type ? 'Latin1_General_CI_AS' : null,
    })),
  ),
  'sys.parameters': everyProcedure.flatMap(({ parameters }, at) =>
    parameters.map(({ name }, index) => ({
      object_id: procedureId(at),
      parameter_id: index + 1,
      name,
    })),
  ),
  'sys.index_columns': [...tables.values()].flatMap(({ name, key, columns }, at) =>
    [key, ...(furtherIndexes[name] ?? [])].flatMap((first, index) => {
      const place = columns.findIndex((column) => column.name === first);
      return place < 0
        ? []
        : [{ object_id: tableId(at), index_id: index + 1, column_id: place + 1, key_ordinal: 1 }];
    }),
  ),
  'sys.permissions': [
    ...[...tables].flatMap(([name, { columns }]) => [
      granted(name, 'SELECT'),
      ...(['INSERT', 'UPDATE', 'DELETE'] as const)
        .filter((action) => mayWrite(action, name, []))
        .map((action) => granted(name, action)),
      ...columns
        .filter((column) => mayWrite('UPDATE', name, [column.name]))
        .map((column) => granted(`${name}.${column.name.toUpperCase()}`, 'UPDATE')),
    ]),
    ...everyProcedure.map(({ name }) => granted(name, 'EXECUTE')),
    granted('sp_getapplock', 'EXECUTE'),
    granted('sp_releaseapplock', 'EXECUTE'),
  ],
};

function tableId(index: number): number {
  return 1_000 + index;
}

function procedureId(index: number): number {
  return 2_000 + index;
}

function granted(securable: string, permission: string) {
  return { securable: securable.toUpperCase(), permission };
}

const literal = (cell: Cell): string =>
  cell === null ? 'NULL' : typeof cell === 'number' ? String(cell) : `'${cell.replaceAll("'", "''")}'`;

/** The statements that create these tables in SQLite, and nothing where they are there already. */
export const createSystemTables: string = Object.entries(systemTables)
  .map(([name, rows]) => {
    const columns = Object.keys(rows[0] ?? {});
    const listed = columns.map((column) => `"${column}" COLLATE NOCASE`).join(', ');
    const values = rows.map((row) => `(${columns.map((column) => literal(row[column] ?? null)).join(', ')})`);
    return `CREATE TABLE IF NOT EXISTS "${name}" (${listed}); INSERT INTO "${name}" SELECT * FROM (VALUES ${values.join(', ')}) WHERE NOT EXISTS (SELECT 1 FROM "${name}");`;
  })
  .join('\n');

/** Columns of the catalogue views, by lower-case name of the view. */
export const systemViews: ReadonlyMap<string, readonly { name: string; kind: 'int' | 'text' }[]> = new Map(
  Object.entries(systemTables)
    .filter(([view]) => view !== 'sys.permissions' && view !== 'sys.collations')
    .map(([view, rows]) => [
      view,
      Object.keys(rows[0] ?? {}).map((name) => ({
        name,
        kind: /(_id|_ordinal|_level|^is_\w+)$/.test(name) ? ('int' as const) : ('text' as const),
      })),
    ]),
);
