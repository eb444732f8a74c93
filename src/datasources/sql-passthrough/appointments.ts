/** The appointment book: one statement with its patients, users, types and locations joined in. */

import { memoizeLastPerObject } from '../../engine/memoize-last.ts';
import { type Cells, type RowReader, readEach, type SqlRow } from '../../engine/row-decoder.ts';
import type { Appointment, AppointmentQuery } from '../domain/appointment.ts';
import type { CodeOverrides } from '../domain/code-overrides.ts';
import { compareAppointmentKeys, keyOfAppointment } from '../domain/order.ts';
import { maxReturned } from '../domain/practice-size.ts';
import type { Sized } from '../domain/sized.ts';
import type { RecordName, UnreadableRows } from '../domain/unreadable-rows.ts';
import type { PracticeConnection, SelectStatement } from '../halo-cloud/practice-connection.ts';
import type { UpperBound } from '../practice/source-adapter.ts';
import { type AppointmentReader, appointmentReader } from './appointment-columns.ts';
import { afterCondition, bookConditions, bookOrder, numbered } from './appointment-filter.ts';
import { bySelection } from './by-selection.ts';
import { type Codes, codesOf } from './codes.ts';
import { SelectList } from './columns.ts';
import { maxCharges } from './result-size.ts';
import type { Reader } from './row.ts';
import { chunksOf, lines, Parameters, possibleIds, statementsFor, where } from './statement.ts';
import { Zones } from './zones.ts';

// Rests on assumption B11.

/** The same query with possible ids only, split so that each part fits a statement. Empty when nothing can match. */
const piecesOf = memoizeLastPerObject((query: AppointmentQuery): readonly AppointmentQuery[] => {
  const ids = query.ids && possibleIds(query.ids);
  const userIds = query.userIds && possibleIds(query.userIds);
  const patientIds = query.patientIds && possibleIds(query.patientIds);
  const single = [query.locationId, query.after?.pmsId].filter((id) => id !== undefined);
  if (possibleIds(single).length < new Set(single).size) return [];
  if (query.limit !== undefined && query.limit <= 0) return [];
  const lists = [ids, userIds, patientIds].filter((list) => list !== undefined).length;
  const pieces = (list: readonly string[] | undefined) => (list ? chunksOf(list, lists) : [undefined]);
  return pieces(ids).flatMap((someIds) =>
    pieces(userIds).flatMap((someUsers) =>
      pieces(patientIds).map((somePatients) => ({
        ...query,
        ...(someIds && { ids: someIds }),
        ...(someUsers && { userIds: someUsers }),
        ...(somePatients && { patientIds: somePatients }),
      })),
    ),
  );
});

export function appointmentsBound(query: Sized<AppointmentQuery>): UpperBound {
  const statements = statementsFor([query.ids, query.userIds, query.patientIds]);
  return { calls: statements * maxCharges(maxReturned(query)) };
}

export async function readAppointments(
  connection: PracticeConnection,
  query: AppointmentQuery,
): Promise<readonly Appointment[]> {
  const reads: Promise<readonly (Appointment | null)[]>[] = [];
  const codes = codesOf(connection.codeOverrides);
  for (const piece of piecesOf(query)) {
    const { shape, statement } = preparedFor(piece, codes);
    if (statement) reads.push(connection.sqlEach(statement, new ReaderAt(shape, new Zones(connection))));
  }
  const parts = await Promise.all(reads);
  const [only = []] = parts;
  if (parts.length <= 1) return present(only);
  return limited(
    present(parts.flat()).sort((a, b) => compareAppointmentKeys(keyOfAppointment(a), keyOfAppointment(b))),
    query,
  );
}

const present = (rows: readonly (Appointment | null)[]): Appointment[] =>
  rows.filter((appointment) => appointment !== null);

const shapeOf = bySelection((fields, codes) => {
  const list = new SelectList(codes);
  const read = appointmentReader(list, fields);
  const nameOf = list.recordName('APPOINTMENTS', 'a.RECORDID');
  const { columns, aliases, joins } = list;
  return { columns, aliases, joins, read, nameOf };
});

const preparedFor = memoizeLastPerObject((query: AppointmentQuery, codes: Codes) => {
  const shape = shapeOf(query.fields, codes);
  return { shape, statement: appointmentStatement(query, shape, codes) };
});

/** The statement of a query and the reader of its rows, for callers that run it themselves. Null when nothing can match. */
export function appointmentRows(query: AppointmentQuery, overrides: CodeOverrides | undefined) {
  const { shape, statement } = preparedFor(query, codesOf(overrides));
  return (
    statement && {
      statement,
      read: (connection: PracticeConnection, rows: readonly SqlRow[]): readonly Appointment[] =>
        present(readEach(connection, rows, statement.columns, new ReaderAt(shape, new Zones(connection)))),
    }
  );
}

/** Reads appointments for one operation. The practice's connection provides the zone and may send a notice about it. */
class ReaderAt implements RowReader<Appointment | null> {
  readonly nameOf: Reader<RecordName>;
  readonly #read: AppointmentReader;
  readonly #zones: Zones;

  constructor(
    { read, nameOf }: Pick<RowReader<unknown>, 'nameOf'> & { readonly read: AppointmentReader },
    zones: Zones,
  ) {
    this.nameOf = nameOf;
    this.#read = read;
    this.#zones = zones;
  }

  read(row: Cells, unreadable: UnreadableRows): Appointment | null {
    return this.#read(row, this.#zones, unreadable);
  }

  agreesWith(other: RowReader<unknown>): boolean {
    return other instanceof ReaderAt && other.#read === this.#read && this.#zones.agreeWith(other.#zones);
  }
}

function appointmentStatement(
  query: AppointmentQuery,
  { columns, aliases, joins }: Pick<SelectList, 'columns' | 'aliases' | 'joins'>,
  codes: Codes,
): SelectStatement | null {
  const parameters = new Parameters();
  const book = bookConditions(query, parameters, codes);
  if (!book) return null;
  const after = afterCondition(query.after, parameters);
  const conditions = [
    ...book,
    ...(query.ids ? [`a.RECORDID IN (${parameters.ints('id', query.ids)})`] : []),
    ...(query.userIds ? [`a.USERID IN (${parameters.ints('user', query.userIds)})`] : []),
    ...(query.patientIds ? [`a.INTERNALID IN (${parameters.ints('patient', query.patientIds)})`] : []),
    ...(after ? [after] : []),
  ];
  const limit = query.limit === undefined ? null : parameters.int('limit', query.limit);
  const perOwner = limit !== null && query.limitPer !== undefined;
  return parameters.statement(
    lines(
      `SELECT ${limit !== null && !perOwner ? `TOP (${limit}) ` : ''}${columns}`,
      'FROM dbo.APPOINTMENTS a',
      perOwner && query.limitPer
        ? `INNER JOIN (${numbered(query.limitPer, conditions)}) k ON k.RECORDID = a.RECORDID`
        : null,
      ...joins,
      where(perOwner ? [`k.PLACE <= ${limit}`] : conditions),
      `ORDER BY ${bookOrder}`,
    ),
    aliases,
  );
}

/** Applies the limits again to sorted rows of several statements, or to rows that were filtered after reading. */
export function limited(
  appointments: readonly Appointment[],
  { limit, limitPer }: Pick<AppointmentQuery, 'limit' | 'limitPer'>,
): readonly Appointment[] {
  if (limit === undefined) return appointments;
  if (limitPer === undefined) return appointments.slice(0, limit);
  const counts = new Map<string | null, number>();
  return appointments.filter(({ userId, patientId }) => {
    const owner = limitPer === 'user' ? userId : patientId;
    const count = (counts.get(owner) ?? 0) + 1;
    counts.set(owner, count);
    return count <= limit;
  });
}
