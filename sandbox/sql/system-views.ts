import type { OutColumn } from './scope.ts';

/** The number of the practice's database on its server. */
export const databaseId = 5;

interface SystemView {
  /** In SQLite's words. */
  readonly sql: string;
  readonly columns: readonly OutColumn[];
}

/** SQL Server's settings, by lower-case name: those of a database that Bp Premier's installer created. */
export const systemViews: ReadonlyMap<string, SystemView> = new Map([
  [
    'sys.databases',
    {
      sql: `SELECT 'BPSPatients' AS name, ${databaseId} AS database_id, 'Latin1_General_CI_AS' AS collation_name,
        150 AS compatibility_level, 0 AS is_read_committed_snapshot_on`,
      columns: [
        { name: 'name', kind: 'text', unicode: true },
        { name: 'database_id', kind: 'int' },
        { name: 'collation_name', kind: 'text', unicode: true },
        { name: 'compatibility_level', kind: 'int' },
        { name: 'is_read_committed_snapshot_on', kind: 'int' },
      ],
    },
  ],
]);
