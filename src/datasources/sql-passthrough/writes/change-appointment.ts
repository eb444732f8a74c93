/** Changes of an appointment. Checks, procedure and read-back are one batch. */
import type { Cells } from '../../../engine/row-decoder.ts';
import { InvalidInput, SlotTaken } from '../../../errors.ts';
import type { AppointmentStatus } from '../../domain/appointment.ts';
import type {
  AppointmentArrival,
  AppointmentCancellation,
  AppointmentChange,
  AppointmentMove,
  ChangedAppointment,
} from '../../domain/appointment-writes.ts';
import type { Selection } from '../../domain/selection.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import { bySelection } from '../by-selection.ts';
import { type Codes, codesOf, currentRecord } from '../codes.ts';
import { Parameters, possibleIds } from '../statement.ts';
import {
  answerRow,
  countOverlapping,
  lockOf,
  noFields,
  noSuchAppointment,
  notDone,
  overlapping,
  refusals,
  type Stretch,
  statusRefusals,
} from './appointment-text.ts';
import { type GuardedCall, guardedText } from './guarded-call.ts';
import { writeAndRead } from './procedure.ts';

/** A guarded call, and how its result is judged. */
interface Change extends Omit<GuardedCall, 'list' | 'from' | 'maxLockWaitMs'> {
  readonly appointmentId: string;
  readonly fields?: Selection;
  /** The time that the appointment gains. Overlaps with it are counted after the call. */
  readonly gains?: Stretch;
  /** A T-SQL condition: the row is as requested. */
  readonly asRequested: string;
}

export async function cancelAppointment(
  connection: PracticeConnection,
  cancellation: AppointmentCancellation,
): Promise<ChangedAppointment> {
  return changeStatus(connection, cancellation, 'BP_CancelAppointment', 'CANCELLED');
}

export async function arriveAppointment(
  connection: PracticeConnection,
  { arrived, ...arrival }: AppointmentArrival,
): Promise<ChangedAppointment> {
  return arrived
    ? changeStatus(connection, arrival, 'BP_ArriveAppointment', 'ARRIVED')
    : changeStatus(connection, arrival, 'BP_UnarriveAppointment', 'BOOKED');
}

function changeStatus(
  connection: PracticeConnection,
  { appointmentId, fields = noFields, refusedStatuses = [] }: AppointmentCancellation,
  procedure: string,
  requested: AppointmentStatus,
): Promise<ChangedAppointment> {
  const codes = codesOf(connection.codeOverrides);
  const parameters = new Parameters();
  appointmentParameter(parameters, appointmentId);
  const kind = [procedure, requested, ...refusedStatuses].join();
  return send(connection, parameters, appointmentId, statusChange(fields, codes, kind));
}

const statusChange = bySelection((fields, codes, kind) => {
  const [procedure = '', requested, ...refused] = kind.split(',') as [string, ...AppointmentStatus[]];
  const wanted = requested as AppointmentStatus;
  return shapeOf(codes, fields, {
    refusals: statusRefusals(codes, '@aptid', refused, wanted),
    procedure,
    with: { aptid: '@aptid' },
    asRequested: codes.statusCondition([wanted]) ?? '1 = 0',
  });
});

/**
 * `BP_UpdateAppointment` sets type, length and reason. Values that stay are read in the same batch. Only time that the
 * appointment gains must be free.
 */
export async function updateAppointment(
  connection: PracticeConnection,
  { refusedStatuses, typeId, durationSeconds, reason, ...change }: AppointmentChange,
): Promise<ChangedAppointment> {
  const codes = codesOf(connection.codeOverrides);
  const parameters = new Parameters();
  const aptid = appointmentParameter(parameters, change.appointmentId);
  if (typeId !== undefined && possibleIds([typeId]).length === 0) throw noSuchType();
  const type = typeId === undefined ? '@keptType' : parameters.int('type', typeId);
  const length = durationSeconds === undefined ? '@keptLength' : parameters.int('length', durationSeconds);
  const text = reason === undefined ? '@keptReason' : parameters.text('reason', reason ?? '');
  const grows = durationSeconds !== undefined;
  const gains: Stretch = {
    user: '@user',
    date: '@date',
    from: '@time + @keptLength',
    until: `@time + ${length}`,
  };
  const isLonger = `${length} > @keptLength`;
  return changed(connection, parameters, {
    ...change,
    variables: [
      '@user INT, @date DATETIME, @time INT, @keptType INT, @keptLength INT, @keptReason VARCHAR(500)',
      ...(grows ? ['@lockName NVARCHAR(255)'] : []),
    ],
    ...(grows && { beforeLock: [lockOf.ofRow(aptid)], lock: '@lockName', gains }),
    before: [
      `SELECT @user = m.USERID, @date = m.APPOINTMENTDATE, @time = m.APPOINTMENTTIME, @keptType = m.APPOINTMENTTYPE, @keptLength = m.APPOINTMENTLENGTH, @keptReason = COALESCE(m.REASON, '') FROM dbo.APPOINTMENTS m WHERE m.RECORDID = ${aptid};`,
    ],
    refusals: [
      ...statusRefusals(codes, aptid, refusedStatuses),
      ...(typeId === undefined
        ? []
        : [
            [
              refusals.type,
              `NOT EXISTS (SELECT 1 FROM dbo.APPOINTMENTTYPES t WHERE t.APPOINTMENTCODE = ${type} AND t.RECORDSTATUS = ${currentRecord})`,
            ] as const,
          ]),
      ...(grows
        ? [
            [
              refusals.taken,
              `${isLonger} AND EXISTS (SELECT 1 FROM dbo.APPOINTMENTS o WHERE ${overlapping(codes, gains, aptid)})`,
            ] as const,
          ]
        : []),
    ],
    procedure: 'BP_UpdateAppointment',
    with: { aptid, apttype: type, aptlen: length, reason: text },
    // If the practice truncates or reformats the reason, the change was still made.
    asRequested: `a.APPOINTMENTTYPE = ${type} AND a.APPOINTMENTLENGTH = ${length} AND (COALESCE(a.REASON, '') = ${text} OR COALESCE(a.REASON, '') <> @keptReason)`,
  });
}

/** `BP_MoveAppointment` keeps the length. The same batch checks that the new time is free (assumption B20). */
export async function moveAppointment(
  connection: PracticeConnection,
  { refusedStatuses, ...move }: AppointmentMove,
): Promise<ChangedAppointment> {
  const codes = codesOf(connection.codeOverrides);
  const parameters = new Parameters();
  const aptid = appointmentParameter(parameters, move.appointmentId);
  const date = parameters.date('date', move.date);
  const time = parameters.int('time', move.seconds);
  const user = parameters.int('user', move.userId);
  const location = parameters.int('location', move.locationId);
  const gains: Stretch = { user, date, from: time, until: `${time} + @length` };
  return changed(connection, parameters, {
    ...move,
    variables: ['@length INT'],
    lock: lockOf.known(parameters, move),
    before: [`SELECT @length = m.APPOINTMENTLENGTH FROM dbo.APPOINTMENTS m WHERE m.RECORDID = ${aptid};`],
    gains,
    refusals: [
      ...statusRefusals(codes, aptid, refusedStatuses),
      [refusals.taken, `EXISTS (SELECT 1 FROM dbo.APPOINTMENTS o WHERE ${overlapping(codes, gains, aptid)})`],
    ],
    procedure: 'BP_MoveAppointment',
    with: { aptid, aptdate: date, apttime: time, practitionerid: user, locationid: location },
    asRequested: `a.USERID = ${user} AND a.APPOINTMENTDATE = ${date} AND a.APPOINTMENTTIME = ${time} AND a.LOCATIONID = ${location}`,
  });
}

function changed(
  connection: PracticeConnection,
  parameters: Parameters,
  { appointmentId, fields = noFields, ...change }: Change,
): Promise<ChangedAppointment> {
  const codes = codesOf(connection.codeOverrides);
  const shape = shapeOf(codes, fields, change, connection.maxLockWaitMs);
  return send(connection, parameters, appointmentId, shape);
}

type Shape = ReturnType<typeof shapeOf>;

/** The batch of a change and the readers of its row. */
function shapeOf(
  codes: Codes,
  fields: Selection,
  { gains, asRequested, ...call }: Omit<Change, 'appointmentId' | 'fields'>,
  /** Only for a change with a lock. */
  maxLockWaitMs = 0,
) {
  const { list, ...answer } = answerRow(fields, codes);
  const isAsRequested = list.flag(`CASE WHEN ${asRequested} THEN 1 ELSE 0 END`);
  const overlapping = gains && list.number(countOverlapping(codes, gains, '@aptid'));
  return {
    text: guardedText({ ...call, maxLockWaitMs, list, from: 'dbo.APPOINTMENTS a ON a.RECORDID = @aptid' }),
    procedure: call.procedure,
    readAppointment: answer.appointment,
    reading: {
      columns: { cellsOf: list.cellsOf },
      read: (cells: Cells) => ({
        row: cells,
        refused: answer.refused(cells),
        status: answer.status(cells),
        done: isAsRequested(cells) === true,
        overlaps: overlapping?.(cells) ?? 0,
      }),
    },
  };
}

async function send(
  connection: PracticeConnection,
  parameters: Parameters,
  appointmentId: string,
  { text, procedure, reading, readAppointment }: Shape,
): Promise<ChangedAppointment> {
  const { row, refused, status, done, overlaps } = await writeAndRead(
    connection,
    parameters.call(text, procedure),
    reading,
    'REFERENCE',
  );
  if (refused === refusals.absent || status === null) throw noSuchAppointment();
  if (refused === refusals.taken) throw new SlotTaken();
  if (refused === refusals.type) throw noSuchType();
  if (refused === 0 && !done) throw notDone(procedure);
  if (refused === 0 && overlaps > 0) connection.warnOfWrite('APPOINTMENTS_OVERLAP', { appointmentId });
  return {
    refusedStatus: refused === refusals.status ? status : null,
    appointment: readAppointment(row, connection),
  };
}

function appointmentParameter(parameters: Parameters, appointmentId: string): string {
  if (possibleIds([appointmentId]).length === 0) throw noSuchAppointment();
  return parameters.int('aptid', appointmentId);
}

const noSuchType = () =>
  new InvalidInput([{ path: ['typeId'], message: 'The practice has no such appointment type.' }]);
