/** Free slots. One statement reads everything that `freeSlots` needs. The free times are calculated here, not in SQL. */

import type { SqlRow } from '../../engine/row-decoder.ts';
import { PmsError } from '../../errors.ts';
import { addDays } from '../../time/local.ts';
import { maxMatching } from '../domain/practice-size.ts';
import type { Sized } from '../domain/sized.ts';
import type { SlotQuery, SlotSearch } from '../domain/slot.ts';
import type { PracticeConnection, SqlStatement } from '../halo-cloud/practice-connection.ts';
import type { UpperBound } from '../practice/source-adapter.ts';
import { type Codes, codesOf } from './codes.ts';
import { maxCharges } from './result-size.ts';
import { columns, reservedTable } from './roster-columns.ts';
import { RosterRows } from './roster-rows.ts';
import { rosterBranches } from './roster-statement.ts';
import { idsPerStatement, Parameters, possibleIds } from './statement.ts';

/** The rows are the appointments of all days, among others. Only SQL Passthrough says why there is no free slot. */
export function slotsBound({ from, to }: Sized<SlotQuery>): UpperBound {
  return { calls: maxCharges(maxMatching({ from, to }), 'narrow'), winsTie: true };
}

export async function readSlots(connection: PracticeConnection, query: SlotQuery): Promise<SlotSearch> {
  const wanted = query.userIds && possibleIds(query.userIds);
  if (wanted?.length === 0)
    return { slots: [], emptyBecause: 'NO_MATCH', emptyByUser: new Map(), complete: true };
  const rows = await withReservedTimes(connection, (withReserved) =>
    slotStatement(query, wanted, withReserved, codesOf(connection.codeOverrides)),
  );
  const roster = new RosterRows(connection);
  roster.read(rows.map(columns.cellsOf));
  return roster.search(query, wanted);
}

/** SQL Server's errors for a table that the login may not select from, and for one that is not there. */
const tableErrors: readonly (number | null)[] = [229, 208];

/** One statement. When the site refuses the table of reserved times, it is sent again without it. Later ones omit it at once. */
export async function withReservedTimes(
  connection: PracticeConnection,
  statement: (withReserved: boolean) => SqlStatement,
): Promise<readonly SqlRow[]> {
  const { refusedObjects } = connection;
  if (refusedObjects.has(reservedTable)) return connection.sql(statement(false));
  try {
    return await connection.sql(statement(true));
  } catch (error) {
    if (!(error instanceof PmsError && tableErrors.includes(error.errorCode))) throw error;
    const rows = await connection.sql(statement(false));
    refusedObjects.add(reservedTable);
    return rows;
  }
}

function slotStatement(
  query: SlotQuery,
  wanted: readonly string[] | undefined,
  withReserved: boolean,
  codes: Codes,
): SqlStatement {
  const parameters = new Parameters();
  const users = wanted && wanted.length <= idsPerStatement ? parameters.ints('user', wanted) : null;
  const part = {
    users,
    before: parameters.dayAfter('before', query.to),
    from: parameters.date('from', query.from),
    dayBefore: parameters.date('dayBefore', addDays(query.from, -1)),
  };
  return parameters.statement(rosterBranches(part, withReserved, codes).join('\nUNION ALL\n'));
}
