/** Reads, in one statement, everything that is checked before an appointment is booked or moved. */
import { addDays, localInstant, wallDate } from '../../time/local.ts';
import type { BookingFacts, BookingQuery } from '../domain/booking.ts';
import type { DateRange } from '../domain/clinic.ts';
import { UnreadableRows } from '../domain/unreadable-rows.ts';
import type { PracticeConnection, SqlStatement } from '../halo-cloud/practice-connection.ts';
import { appointmentReader } from './appointment-columns.ts';
import { appointmentTypeReader } from './appointment-type-columns.ts';
import { type Codes, codesOf, currentRecord, perCodes } from './codes.ts';
import { SelectList } from './columns.ts';
import { lookUpJoin } from './look-up.ts';
import { patientReader } from './patient-columns.ts';
import { rosterAliases } from './roster-columns.ts';
import { RosterRows, rosterCells } from './roster-rows.ts';
import { emptyBranch, rosterBranches } from './roster-statement.ts';
import { nothing } from './row.ts';
import { withReservedTimes } from './slots.ts';
import { isRowId, lines, Parameters, possibleIds } from './statement.ts';
import { userReader } from './user-columns.ts';
import { Zones } from './zones.ts';

const noUserId = '0';

export async function readBookingFacts(
  connection: PracticeConnection,
  query: BookingQuery,
): Promise<BookingFacts> {
  const codes = codesOf(connection.codeOverrides);
  const shape = shapeFor(query, codes);
  const rows = await withReservedTimes(connection, (withReserved) => statementOf(query, shape, withReserved));
  const found = new RosterRows(connection);
  found.read(rows.map(rosterCells));
  // Every row repeats the same patient, user, type and moving appointment.
  const first = rows[0] && shape.list.cellsOf(rows[0]);
  const moving = first ? shape.moving(first, new Zones(connection), new UnreadableRows()) : null;
  const days = daysOf(query, moving && wallDate(moving.start));
  const users = possibleIds([query.userId ?? moving?.userId ?? noUserId]);
  const locations = [...found.zones]
    .map(([pmsId, timeZone]) => ({ pmsId, timeZone }))
    .sort((a, b) => Number(a.pmsId) - Number(b.pmsId));
  const mainZone = locations[0]?.timeZone ?? connection.zoneOf(null);
  return {
    patient: first ? shape.patient(first) : null,
    user: first ? shape.user(first) : null,
    type: first ? shape.type(first) : null,
    moving,
    locations,
    appointments: () =>
      found.taken
        .filter((row) => row.isAppointment)
        .map(({ id, date, start, length, locationId }) => {
          const zone = found.zones.get(locationId) ?? mainZone;
          return {
            pmsId: id,
            start: localInstant(date, start, zone),
            end: localInstant(date, start + Math.max(length, 0), zone),
          };
        }),
    slots: (durationMinutes) =>
      found.search(
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

/** Without dates, the day of the moving appointment. When there is none, the day does not matter. */
function daysOf({ dates }: BookingQuery, moving: string | null): DateRange {
  const day = moving ?? '2000-01-01';
  return dates ?? { from: day, to: day };
}

const patientJoin = `LEFT JOIN dbo.PATIENTS p ON p.INTERNALID = @patient AND p.RECORDSTATUS = ${currentRecord}`;
const typeJoin = lookUpJoin(`FROM dbo.APPOINTMENTTYPES WHERE RECORDSTATUS = ${currentRecord}`, {
  code: 'APPOINTMENTCODE',
  columns: ['DESCRIPTION', 'APPOINTMENTLENGTH'],
  alias: 't',
  on: '@type',
});

/** A table is read only when the query names a possible row of it, because a login may lack access to the others. */
interface Parts {
  readonly patient: boolean;
  readonly type: boolean;
  readonly moving: boolean;
}

type Shape = ReturnType<typeof makeShape>;
const shapesOf = perCodes(() => new Map<string, Shape>());

function shapeFor({ patientId, typeId, movingId }: BookingQuery, codes: Codes): Shape {
  const shapes = shapesOf(codes);
  const parts = { patient: isRow(patientId), type: isRow(typeId), moving: isRow(movingId) };
  const key = JSON.stringify(parts);
  let shape = shapes.get(key);
  if (!shape) {
    shape = makeShape(parts, codes);
    shapes.set(key, shape);
  }
  return shape;
}

const isRow = (id: string | undefined): id is string => id !== undefined && isRowId(id);

function makeShape(parts: Parts, codes: Codes) {
  const userJoin = `LEFT JOIN dbo.USERS u ON u.USERID = @forUser AND ${codes.userCondition('u')}`;
  const movingJoin = `LEFT JOIN dbo.APPOINTMENTS a ON a.RECORDID = @moving AND ${codes.isAppointment.join(' AND ')}`;
  const list = new SelectList(codes);
  // The roster's columns come first, so that they keep their aliases.
  for (const alias of rosterAliases) list.integer(`k.${alias}`);
  list.join(userJoin);
  const user = userReader(list, { active: {}, takesAppointments: {} });
  return {
    user,
    patient: parts.patient ? patientReader(list.join(patientJoin), { status: {} }) : nothing,
    type: parts.type ? appointmentTypeReader(list.join(typeJoin), { defaultDurationMinutes: {} }) : nothing,
    moving: parts.moving ? appointmentReader(list.join(movingJoin), { location: {} }) : nothing,
    list,
    aliases: list.aliases,
    textOf: texts(parts, codes, list),
  };
}

/** Returns the texts of a shape. Each is built once. */
function texts({ moving }: Parts, codes: Codes, { columns, joins }: SelectList) {
  const known = new Map<string, string>();
  return (declared: string, assigned: string, withReserved: boolean): string => {
    const key = `${withReserved} ${declared}`;
    let text = known.get(key);
    if (text === undefined) {
      text = lines(
        declared && `DECLARE ${declared};`,
        moving && assigned ? `SELECT ${assigned} FROM dbo.APPOINTMENTS m WHERE m.RECORDID = @moving;` : null,
        `SELECT ${columns}`,
        'FROM (',
        rosterText(withReserved, codes),
        ') k',
        ...joins,
      );
      known.set(key, text);
    }
    return text;
  };
}

const part = { users: '@forUser', from: '@from', before: '@before', dayBefore: '@dayBefore' };
const rosterText = (withReserved: boolean, codes: Codes) =>
  [...rosterBranches(part, withReserved, codes), emptyBranch()].join('\nUNION ALL\n');

function statementOf(
  { dates, userId, patientId, typeId, movingId }: BookingQuery,
  shape: Shape,
  withReserved: boolean,
): SqlStatement {
  const parameters = new Parameters();
  if (isRow(patientId)) parameters.int('patient', patientId);
  if (isRow(typeId)) parameters.int('type', typeId);
  if (isRow(movingId)) parameters.int('moving', movingId);
  // Values that the query does not have come from the moving appointment. All known values are parameters, because SQL
  // Server plans with the values of parameters and not with those of variables.
  const unknown: [declared: string, assigned: string][] = [];
  if (userId !== undefined) parameters.int('forUser', isRowId(userId) ? userId : noUserId);
  else unknown.push(['@forUser INT', '@forUser = m.USERID']);
  if (dates) {
    parameters.date('from', dates.from);
    parameters.dayAfter('before', dates.to);
    parameters.date('dayBefore', addDays(dates.from, -1));
  } else {
    const day = 'CAST(m.APPOINTMENTDATE AS date)';
    unknown.push(
      ['@from DATE', `@from = ${day}`],
      ['@before DATE', `@before = DATEADD(day, 1, ${day})`],
      ['@dayBefore DATE', `@dayBefore = DATEADD(day, -1, ${day})`],
    );
  }
  const declared = unknown.map(([each]) => each).join(', ');
  const assigned = unknown.map(([, each]) => each).join(', ');
  return parameters.statement(shape.textOf(declared, assigned, withReserved), shape.aliases);
}
