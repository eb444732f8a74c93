import type { PracticeConnection } from '../../datasources/halo-cloud/practice-connection.ts';
import type { SqlRow } from '../../engine/row-decoder.ts';
import { PmsError } from '../../errors.ts';
import { lacksTables } from './explain-database.ts';
import { failed, type Outcome, ok } from './finding.ts';

/** The tables that the statements of SQL Passthrough read. */
export const tablesRead = [
  'APPOINTMENTCODES',
  'APPOINTMENTS',
  'APPOINTMENTTYPES',
  'DAYSAWAY',
  'DVATYPE',
  'EMAIL',
  'EXTRASESSIONS',
  'LOCATIONS',
  'PATIENTS',
  'PATIENTSTATUS',
  'PROVIDER_LOCATION',
  'SESSIONS',
  'SEX',
  'TITLES',
  'USERGROUPS',
  'USERS',
] as const;

/** Reads no row. SQL Server still checks the grants. */
const emptyCount = (table: string): string =>
  `(SELECT COUNT(*) FROM dbo.${table} WHERE 1 = 0) AS ${table}_ROWS`;
/** 0 or NULL for a table that the login cannot read. */
const permission = (table: string): string =>
  `HAS_PERMS_BY_NAME('dbo.${table}', 'OBJECT', 'SELECT') AS ${table}`;

/** Properties of SQL Server and of this database (assumption H25). */
const serverProperties = [
  "CAST(SERVERPROPERTY('ProductVersion') AS NVARCHAR(128)) AS SERVER_VERSION",
  ...[
    ['collation_name', 'DATABASE_COLLATION'],
    ['compatibility_level', 'COMPATIBILITY_LEVEL'],
    ['is_read_committed_snapshot_on', 'READ_COMMITTED_SNAPSHOT'],
  ].map(
    ([column, name]) => `(SELECT d.${column} FROM sys.databases d WHERE d.database_id = DB_ID()) AS ${name}`,
  ),
];

/**
 * Runs one statement in the practice's database: one charged call. It counts the locations, reads the properties of the
 * server and the database, and names each table that the server reads from. When SQL Server denies a table, a second
 * statement finds which ones.
 */
export async function checkDatabase(connection: PracticeConnection): Promise<Outcome> {
  try {
    const [row] = await select(connection, [
      '(SELECT COUNT(*) FROM dbo.LOCATIONS WHERE RECORDSTATUS = 1) AS CURRENT_LOCATIONS',
      ...serverProperties,
      ...tablesRead.map(emptyCount),
    ]);
    const locations = Number(row?.CURRENT_LOCATIONS);
    return ok(
      `The database answers. All ${tablesRead.length} tables can be read; ${locations === 1 ? '1 location' : `${locations} locations`}. ${describeServer(row)}`,
    );
  } catch (error) {
    if (!(error instanceof PmsError) || !lacksTables(error)) throw error;
    return unreadable(error, await unreadableTables(connection));
  }
}

function describeServer(row: SqlRow | undefined): string {
  const property = (name: string) => (row?.[name] == null ? 'unknown' : String(row[name]).trim());
  const snapshot = property('READ_COMMITTED_SNAPSHOT');
  const reads: Readonly<Record<string, string>> = {
    '1': 'reads do not wait for writes (RCSI is on)',
    true: 'reads do not wait for writes (RCSI is on)',
    '0': 'reads wait for the writes of the front desk (RCSI is off)',
    false: 'reads wait for the writes of the front desk (RCSI is off)',
  };
  return [
    `SQL Server ${property('SERVER_VERSION')}`,
    `compatibility level ${property('COMPATIBILITY_LEVEL')}`,
    `collation ${property('DATABASE_COLLATION')}`,
    `${reads[snapshot] ?? 'RCSI unknown'}.`,
  ].join(', ');
}

async function unreadableTables(connection: PracticeConnection): Promise<readonly string[]> {
  try {
    const [row] = await select(connection, tablesRead.map(permission));
    return tablesRead.filter((table) => Number(row?.[table]) !== 1);
  } catch (error) {
    if (error instanceof PmsError) return [];
    throw error;
  }
}

function select(connection: PracticeConnection, columns: readonly string[]): Promise<readonly SqlRow[]> {
  return connection.sql({ text: `SELECT ${columns.join(', ')}`, parameters: [] });
}

function unreadable({ errorCode }: PmsError, tables: readonly string[]): Outcome {
  const which = tables.length === 0 ? 'some table' : tables.join(', ');
  return failed(
    `The database answers, but not for ${which} (mssql ${errorCode}).`,
    `Database grants: have Best Practice grant your product SELECT on ${tables.length === 0 ? `what the server reads: ${tablesRead.join(', ')}` : which}.`,
  );
}
