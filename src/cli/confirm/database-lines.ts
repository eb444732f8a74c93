import { tablesRead } from '../check/check-database.ts';
import { fails, holds, type Line, listed, toMaintainers, which } from './line.ts';
import type { Reading } from './reading.ts';

/** Tables that `confirm` reads in addition to those of `check`. */
const confirmedTables = [...tablesRead, 'CANCELLEDAPPOINTMENTS', 'RESERVEDAPPOINTMENTS'] as const;

/** NULL, 0 or 1. */
const mayBe = (securable: string, permission: string, column?: string) =>
  `SELECT '${permission} ${securable}${column ? `.${column}` : ''}' AS NAME, HAS_PERMS_BY_NAME('${/^sp_/.test(securable) ? 'sys' : 'dbo'}.${securable}', 'OBJECT', '${permission}'${column ? `, '${column}', 'COLUMN'` : ''}) AS N`;

const tableNames = confirmedTables.map((table) => `'${table}'`).join(', ');
const ids = ["'APPOINTMENTS.RECORDID'", "'PATIENTS.INTERNALID'", "'USERS.USERID'", "'LOCATIONS.LOCATIONID'"];

/** They name no table, so SQL Server answers them for every login. */
export const catalogueReadings: readonly Reading[] = [
  {
    name: 'server version',
    tables: [],
    sql: "SELECT SERVERPROPERTY('ProductVersion') AS NAME, 1 AS N",
  },
  {
    name: 'collation, with the compatibility level',
    tables: [],
    sql: 'SELECT d.collation_name AS NAME, d.compatibility_level AS N FROM sys.databases d WHERE d.database_id = DB_ID()',
  },
  {
    name: 'code pages',
    tables: [],
    sql: "SELECT 'database' AS NAME, COLLATIONPROPERTY(d.collation_name, 'CodePage') AS N FROM sys.databases d WHERE d.database_id = DB_ID() UNION ALL SELECT 'Latin1_General_BIN2', COLLATIONPROPERTY('Latin1_General_BIN2', 'CodePage')",
  },
  {
    name: 'collations of columns',
    tables: [],
    sql: `SELECT c.collation_name AS NAME, COUNT(*) AS N FROM sys.columns c JOIN sys.objects o ON o.object_id = c.object_id WHERE o.name IN (${tableNames}) AND c.collation_name IS NOT NULL GROUP BY c.collation_name`,
  },
  {
    name: 'types of text columns',
    tables: [],
    sql: `SELECT t.name AS NAME, COUNT(*) AS N FROM sys.columns c JOIN sys.objects o ON o.object_id = c.object_id JOIN sys.types t ON t.user_type_id = c.user_type_id WHERE o.name IN (${tableNames}) AND c.collation_name IS NOT NULL GROUP BY t.name`,
  },
  {
    name: 'types of ids',
    tables: [],
    sql: `SELECT o.name + '.' + c.name + ' ' + t.name AS NAME, 1 AS N FROM sys.columns c JOIN sys.objects o ON o.object_id = c.object_id JOIN sys.types t ON t.user_type_id = c.user_type_id WHERE o.name + '.' + c.name IN (${ids.join(', ')})`,
  },
  {
    name: 'identity columns',
    tables: [],
    sql: "SELECT o.name + '.' + c.name AS NAME, c.is_identity AS N FROM sys.columns c JOIN sys.objects o ON o.object_id = c.object_id WHERE o.name + '.' + c.name IN ('SESSIONS.SESSIONID', 'DAYSAWAY.RECORDID')",
  },
  {
    name: 'first columns of indexes',
    tables: [],
    sql: "SELECT o.name + '.' + c.name AS NAME, COUNT(*) AS N FROM sys.index_columns i JOIN sys.objects o ON o.object_id = i.object_id JOIN sys.columns c ON c.object_id = i.object_id AND c.column_id = i.column_id WHERE i.key_ordinal = 1 AND o.name IN ('PATIENTS', 'EMAIL') GROUP BY o.name, c.name",
  },
  {
    name: 'permissions',
    tables: [],
    sql: [
      ...confirmedTables.map((table) => mayBe(table, 'SELECT')),
      ...['DAYSAWAY', 'SESSIONS'].flatMap((table) => [mayBe(table, 'INSERT'), mayBe(table, 'UPDATE')]),
      ...['EMAIL', 'PHONE', 'APPOINTMENTS'].map((column) => mayBe('USERS', 'UPDATE', column)),
      mayBe('sp_getapplock', 'EXECUTE'),
      mayBe('sp_releaseapplock', 'EXECUTE'),
    ].join(' UNION ALL '),
  },
];

/** Tables with the codes or ids that are looked up in them. */
const keys: readonly (readonly [table: string, key: string])[] = [
  ['APPOINTMENTCODES', 'APPOINTMENTCODE'],
  ['APPOINTMENTTYPES', 'APPOINTMENTCODE'],
  ['DVATYPE', 'DVACODE'],
  ['PATIENTSTATUS', 'STATUSCODE'],
  ['SEX', 'SEXCODE'],
  ['TITLES', 'TITLECODE'],
  ['USERGROUPS', 'GROUPCODE'],
  ['APPOINTMENTS', 'RECORDID'],
  ['PATIENTS', 'INTERNALID'],
  ['USERS', 'USERID'],
  ['LOCATIONS', 'LOCATIONID'],
];

export const keyReadings: readonly Reading[] = [
  {
    name: 'keys with several rows',
    tables: keys.map(([table]) => table),
    sql: keys
      .map(
        ([table, key]) =>
          `SELECT '${table}' AS NAME, COUNT(*) AS N FROM (SELECT k.${key} FROM dbo.${table} k GROUP BY k.${key} HAVING COUNT(*) > 1) d`,
      )
      .join(' UNION ALL '),
  },
  {
    name: 'ids below 0',
    tables: ['APPOINTMENTS', 'PATIENTS', 'USERS', 'LOCATIONS'],
    sql: keys
      .filter(([table]) => ['APPOINTMENTS', 'PATIENTS', 'USERS', 'LOCATIONS'].includes(table))
      .map(
        ([table, key]) => `SELECT '${table}' AS NAME, COUNT(*) AS N FROM dbo.${table} k WHERE k.${key} < 0`,
      )
      .join(' UNION ALL '),
  },
];

const granted = (permissions: ReadonlyMap<string, number>, pattern: RegExp, remedyless = '') => {
  const listed = which(permissions, (name) => pattern.test(name));
  const refused = [...listed].filter(([, answer]) => answer !== 1).map(([name]) => name);
  return refused.length === 0
    ? holds(`${[...listed.keys()].join(', ')}: granted.`)
    : fails(`Not granted: ${refused.join(', ')}.${remedyless}`);
};

export const databaseLines: readonly Line[] = [
  {
    id: 'H6',
    about: 'result.data is an array of rows as JSON writes them',
    needs: ['row'],
    reads: 'one row with a padded text, a NULL, a datetime and a bit, as Halo Cloud sends it',
    remedy: toMaintainers,
    verdict({ row }) {
      const { PADDED: padded, MOMENT: moment, FLAG: flag } = row;
      const missing = 'MISSING' in row ? JSON.stringify(row.MISSING) : 'left out';
      const found = `char(4) 'ab' is ${JSON.stringify(padded)}, NULL is ${missing}, a datetime ${JSON.stringify(moment)}, a bit ${JSON.stringify(flag)}.`;
      const isKnown =
        (padded === 'ab' || padded === 'ab  ') &&
        row.MISSING == null &&
        /^2026-01-02[T ]03:04:05(\.0+)?Z?$/.test(String(moment)) &&
        [true, 1].includes(flag as number | boolean);
      return isKnown ? holds(found) : fails(found);
    },
  },
  {
    id: 'H25',
    about: 'HAS_PERMS_BY_NAME says what can be read',
    needs: ['permissions', 'collation, with the compatibility level'],
    reads: '`HAS_PERMS_BY_NAME` of each table against what the second statement could read; `sys.databases`',
    remedy: 'Best Practice grants your product SELECT on these tables; until then reads of them fail.',
    verdict({ count }) {
      const tables = which(count('permissions'), (name) => name.startsWith('SELECT '));
      const refused = [...tables].filter(([, answer]) => answer !== 1).map(([name]) => name.slice(7));
      if (refused.length > 0) return fails(`No SELECT on ${refused.join(', ')}.`);
      const [refusal] = count('refused statements').keys();
      return refusal === undefined
        ? holds(`SELECT is granted on all ${tables.size} tables.`)
        : fails(`SELECT is granted on all ${tables.size} tables, and a statement fails: ${refusal}`);
    },
  },
  {
    id: 'B12',
    about: 'ids are positive INTs',
    needs: ['types of ids', 'ids below 0'],
    reads: 'the types of the id columns, and how many ids are below 0',
    remedy: `These records cannot be named through SQL Passthrough. ${toMaintainers}`,
    verdict({ count }) {
      const types = [...count('types of ids').keys()];
      const negative = new Map([...count('ids below 0')].filter(([, rows]) => rows > 0));
      const found = `${types.join(', ')}; below 0: ${listed(negative)}.`;
      return types.every((type) => type.endsWith(' int')) && negative.size === 0
        ? holds(found)
        : fails(found);
    },
  },
  {
    id: 'B30',
    about: 'the collation disregards case',
    needs: ['collation, with the compatibility level', 'collations of columns'],
    reads: 'the collations of the database and of its text columns, and the compatibility level',
    remedy: `Searches by name and look-ups of texts regard case there. ${toMaintainers}`,
    verdict({ count }) {
      const own = count('collation, with the compatibility level');
      const columns = count('collations of columns');
      const found = `Database: ${listed(own)}; columns: ${listed(columns)}.`;
      return [...own.keys(), ...columns.keys()].every((name) => /_CI_A[SI]/i.test(name))
        ? holds(found)
        : fails(found);
    },
  },
  {
    id: 'B38',
    about: 'texts have code page Windows-1252',
    needs: ['code pages', 'types of text columns'],
    reads: 'the code page of the collation, and whether text columns are char or varchar',
    remedy: `Letters outside Windows-1252 are refused although they could be stored, or the other way round. ${toMaintainers}`,
    verdict({ count }) {
      const page = count('code pages').get('database');
      const types = count('types of text columns');
      const found = `Code page ${page ?? 'unknown'}; columns: ${listed(types)}.`;
      return page === 1252 && [...types.keys()].every((type) => /^(var)?char$/.test(type))
        ? holds(found)
        : fails(found);
    },
  },
  {
    id: 'B40',
    about: 'indexes serve the patient search',
    needs: ['first columns of indexes', 'code pages'],
    reads:
      'the first columns of the indexes of `PATIENTS` and `EMAIL`; whether `Latin1_General_BIN2` is known',
    remedy: `Patient searches read the whole table. ${toMaintainers}`,
    verdict({ count }) {
      const indexes = count('first columns of indexes');
      const wanted = ['PATIENTS.SURNAME', 'PATIENTS.MEDICARENO', 'EMAIL.EMAIL'];
      const lacking = wanted.filter((column) => !indexes.has(column));
      const isKnown = Boolean(count('code pages').get('Latin1_General_BIN2'));
      const found = `Indexes begin with ${[...indexes.keys()].join(', ') || 'nothing'}.`;
      if (!isKnown) return fails(`${found} Latin1_General_BIN2 is not known.`);
      return lacking.length === 0 ? holds(found) : fails(`${found} None with ${lacking.join(', ')}.`);
    },
  },
  {
    id: 'B43',
    about: 'each key of a table has one row',
    needs: ['keys with several rows'],
    reads: 'how many codes or ids have several rows, for each look-up table and the tables with unique ids',
    remedy: `Of several rows for a code the first in the alphabet is shown. ${toMaintainers}`,
    verdict({ count }) {
      const double = new Map([...count('keys with several rows')].filter(([, keys]) => keys > 0));
      return double.size === 0
        ? holds(`All ${count('keys with several rows').size} tables.`)
        : fails(`Keys with several rows: ${listed(double)}.`);
    },
  },
  {
    id: 'B44',
    about: 'the login may execute sp_getapplock',
    needs: ['permissions'],
    reads: '`HAS_PERMS_BY_NAME` of `sp_getapplock` and `sp_releaseapplock`',
    remedy: 'Two bookings at one moment can overlap; the batch continues without the lock.',
    verdict: ({ count }) => granted(count('permissions'), /^EXECUTE sp_/),
  },
  {
    id: 'B32',
    about: 'the login may write DAYSAWAY and SESSIONS',
    needs: ['permissions', 'identity columns'],
    reads: '`HAS_PERMS_BY_NAME` for INSERT and UPDATE, and whether the key columns are identities',
    remedy: 'HALO_ASSUMED_WRITES=false: days away, days closed and opening hours cannot be written here.',
    verdict({ count }) {
      const identities = count('identity columns');
      const plain = [...identities].filter(([, is]) => is !== 1).map(([name]) => name);
      return plain.length > 0
        ? fails(`No identities: ${plain.join(', ')}.`)
        : granted(count('permissions'), /^(INSERT|UPDATE) (DAYSAWAY|SESSIONS)$/);
    },
  },
  {
    id: 'B33',
    about: 'the login may change a user',
    needs: ['permissions'],
    reads: '`HAS_PERMS_BY_NAME` for UPDATE of `EMAIL`, `PHONE` and `APPOINTMENTS` of `USERS`',
    remedy: 'HALO_ASSUMED_WRITES=false: users cannot be changed here.',
    verdict: ({ count }) => granted(count('permissions'), /^UPDATE USERS\./),
  },
];
