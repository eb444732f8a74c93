/** What has to be known before an appointment is made or moved, in one text. */
import type { Cells } from '../../engine/rows/cells.ts';
import { addDays, localInstant, wallDate } from '../../time/local.ts';
import type { BookingFacts, BookingQuery } from '../domain/booking.ts';
import type { DateRange } from '../domain/clinic.ts';
import { UnreadableRows } from '../domain/unreadable-rows.ts';
import type { PracticeConnection, SqlStatement } from '../halo-cloud/practice-connection.ts';
import { appointmentReader } from './appointment-columns.ts';
import { isAppointment } from './appointment-filter.ts';
import { appointmentTypeReader } from './appointment-type-columns.ts';
import { currentRecord, userCondition } from './codes.ts';
import { SelectList } from './columns.ts';
import { lookUpJoin } from './look-up.ts';
import { patientReader } from './patient-columns.ts';
import {
  emptyBranch,
  RosterRows,
  rosterAliases,
  rosterBranches,
  rosterCells,
  withReservedTimes,
} from './slots.ts';
import { lines, Parameters, possibleIds } from './statement.ts';
import { userReader } from './user-columns.ts';
import { Zones } from './zones.ts';

/** An id that no row can have. */
const nobody = '0';

export async function readBookingFacts(
  connection: PracticeConnection,
  query: BookingQuery,
): Promise<BookingFacts> {
  const shape = factsShape();
  const rows = await withReservedTimes(connection, (withReserved) => statementOf(query, shape, withReserved));
  const zones = new Zones(connection);
  const roster = new RosterRows(connection);
  roster.read(rows.map(rosterCells));
  // Each row repeats what there is one of.
  const [first] = rows.map(shape.list.cellsOf);
  const of = <T>(read: (row: Cells) => T | null): T | null => (first ? read(first) : null);
  const moving = of((row) => shape.moving(row, zones, new UnreadableRows()));
  const days = daysOf(query, moving && wallDate(moving.start));
  const users = possibleIds([query.userId ?? moving?.userId ?? nobody]);
  const mainZone = [...roster.zones.values()][0];
  return {
    patient: of(shape.patient),
    user: of(shape.user),
    type: of(shape.type),
    moving,
    locations: [...roster.zones]
      .map(([pmsId, timeZone]) => ({ pmsId, timeZone }))
      .sort((a, b) => Number(a.pmsId) - Number(b.pmsId)),
    appointments: roster.taken
      .filter((row) => row.isAppointment)
      .map(({ id, date, start, length, locationId }) => {
        const zone = roster.zones.get(locationId) ?? mainZone ?? connection.zoneOf(null);
        return {
          pmsId: id,
          start: localInstant(date, start, zone),
          end: localInstant(date, start + Math.max(length, 0), zone),
        };
      }),
    slots: (durationMinutes) =>
      roster.search(
        {
          ...days,
          userIds: users,
          ...(query.locationId === undefined ? {} : { locationId: query.locationId }),
          ...(durationMinutes === undefined ? {} : { durationMinutes }),
        },
        users,
      ),
  };
}

/** Without dates those of the appointment that moves; for one that does not exist any. */
function daysOf({ dates }: BookingQuery, moving: string | null): DateRange {
  const day = moving ?? '2000-01-01';
  return dates ?? { from: day, to: day };
}

const typeJoin = lookUpJoin(`FROM dbo.APPOINTMENTTYPES WHERE RECORDSTATUS = ${currentRecord}`, {
  code: 'APPOINTMENTCODE',
  columns: ['DESCRIPTION', 'APPOINTMENTLENGTH'],
  alias: 't',
  on: '@type',
});

function factsShape() {
  const list = new SelectList();
  // The roster's own columns first, under their own aliases.
  for (const alias of rosterAliases) list.integer(`k.${alias}`);
  list.join(`LEFT JOIN dbo.PATIENTS p ON p.INTERNALID = @patient AND p.RECORDSTATUS = ${currentRecord}`);
  list.join(`LEFT JOIN dbo.USERS u ON u.USERID = @forUser AND ${userCondition('u')}`);
  list.join(typeJoin);
  list.join(`LEFT JOIN dbo.APPOINTMENTS a ON a.RECORDID = @moving AND ${isAppointment.join(' AND ')}`);
  return {
    list,
    patient: patientReader(list, { status: {} }),
    user: userReader(list, { active: {}, takesAppointments: {} }),
    type: appointmentTypeReader(list, { defaultDurationMinutes: {} }),
    moving: appointmentReader(list, { location: {} }),
  };
}

function statementOf(
  { dates, userId, patientId, typeId, movingId, locationId: _ }: BookingQuery,
  { list }: ReturnType<typeof factsShape>,
  withReserved: boolean,
): SqlStatement {
  const parameters = new Parameters();
  const id = (name: string, value: string | undefined) =>
    parameters.int(name, possibleIds([value ?? nobody])[0] ?? nobody);
  id('patient', patientId);
  id('type', typeId);
  const moving = id('moving', movingId);
  const user = userId === undefined ? 'm.USERID' : id('user', userId);
  const day = 'CAST(m.APPOINTMENTDATE AS date)';
  const first = dates === undefined ? day : parameters.date('from', dates.from);
  const before = dates === undefined ? `DATEADD(day, 1, ${day})` : parameters.dayAfter('before', dates.to);
  const evening =
    dates === undefined ? `DATEADD(day, -1, ${day})` : parameters.date('dayBefore', addDays(dates.from, -1));
  const given = userId !== undefined && dates !== undefined;
  const values = `@forUser = ${user}, @first = ${first}, @past = ${before}, @evening = ${evening}`;
  const part = { users: '@forUser', from: '@first', before: '@past', dayBefore: '@evening' };
  return parameters.statement(
    lines(
      'DECLARE @forUser INT, @first DATE, @past DATE, @evening DATE;',
      given ? `SELECT ${values};` : `SELECT ${values} FROM dbo.APPOINTMENTS m WHERE m.RECORDID = ${moving};`,
      `SELECT ${list.columns}`,
      'FROM (',
      [...rosterBranches(part, withReserved), emptyBranch()].join('\nUNION ALL\n'),
      ') k',
      ...list.joins,
    ),
  );
}
