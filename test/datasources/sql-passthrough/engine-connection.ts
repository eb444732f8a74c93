import { openPracticeDatabase, type PracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { type PracticeSpec, practices } from '../../../sandbox/practices.ts';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import type { ServerState } from '../../../sandbox/sql/server-state.ts';
import { SqlServerError } from '../../../sandbox/sql/sql-server-error.ts';
import type { UnreadableRow } from '../../../src/datasources/domain/unreadable-rows.ts';
import type {
  PracticeConnection,
  SqlStatement,
} from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { readEach } from '../../../src/engine/rows/read-rows.ts';
import { PmsError } from '../../../src/errors.ts';
import { today } from '../../../src/time/local.ts';
import { zoneOfPostcode } from '../../../src/time/zones.ts';

/** Monday, a fortnight after the daylight-saving change of spring. */
export const sandboxToday = '2026-11-23';

export interface EngineConnection extends FakeConnection {
  readonly database: PracticeDatabase;
  /** Application locks that texts have taken and not released. */
  locksLeft(): readonly string[];
  /** Every statement that was sent, in order. */
  readonly sent: SqlStatement[];
}

/** A practice of the sandbox, queried without HTTP. Rows still pass through JSON. */
export function connectSandbox(
  bpSiteId: string,
  differences: Partial<PracticeSpec> = {},
  state: ServerState = {},
): EngineConnection {
  const spec = practices.find((practice) => practice.bpSiteId === bpSiteId);
  if (!spec) throw new Error(`No practice ${bpSiteId}`);
  const database = openPracticeDatabase({ ...spec, ...differences }, sandboxToday);
  const engine = new SqlEngine(database, () => `${sandboxToday}T08:00:00`);
  const sent: SqlStatement[] = [];
  return {
    ...fakeConnection(async (statement) => {
      try {
        const { rows } = engine.runText(statement.text, statement.parameters, state);
        return JSON.parse(JSON.stringify(rows)) as Record<string, unknown>[];
      } catch (error) {
        throw error instanceof SqlServerError ? new PmsError('mssql', error.number, { cause: error }) : error;
      }
    }, sent),
    database,
    locksLeft: () => engine.locks.left,
    sent,
  };
}

export interface FakeConnection extends PracticeConnection {
  /** What writes have warned of. */
  readonly warnings: readonly string[];
  /** Reported unreadable records. */
  readonly omitted: readonly UnreadableRow[];
}

/** A connection with rows of the test. */
export function fakeConnection(
  answer: (statement: SqlStatement) => Promise<readonly Record<string, unknown>[]>,
  sent: SqlStatement[] = [],
): FakeConnection {
  const now = Date.parse(`${sandboxToday}T00:00:00+11:00`);
  const refuse = () => Promise.reject(new Error('SQL only'));
  const run = (statement: SqlStatement) => {
    sent.push(statement);
    return answer(statement);
  };
  const unreadable: UnreadableRow[] = [];
  const warnings: string[] = [];
  const connection: FakeConnection = {
    omitted: unreadable,
    refusedObjects: new Set<string>(),
    unreadable: (rows) => unreadable.push(...rows),
    warnOfWrite: (code) => warnings.push(code),
    warnings,
    pms: 'BEST_PRACTICE',
    bpSiteId: '1001',
    sql: run,
    sqlEach: async (statement, reader) =>
      readEach(connection, await run(statement), statement.columns, reader),
    sqlWrite: run,
    fhirRead: refuse,
    fhirCreate: refuse,
    fhirUpdate: refuse,
    inTurn: refuse,
    fhirSearch: refuse,
    fhirOperation: refuse,
    capability: refuse,
    maxLockWaitMs: 2_500,
    zoneOf: (postcode) => zoneOfPostcode(postcode) ?? 'Australia/Sydney',
    now: () => now,
    today: (zone) => today(now, zone),
  };
  return connection;
}
