import type { PracticeSpec } from '../practices.ts';
import { addDays, dateTime, dayOfWeek } from './dates.ts';
import { insertRows } from './insert.ts';
import type { AwayRow, ExtraSessionRow, ReservedRow, SessionRow } from './roster.ts';
import type { StaffMember } from './staff.ts';

export interface Rosters {
  readonly sessions: readonly SessionRow[];
  readonly extra: readonly ExtraSessionRow[];
  readonly away: readonly AwayRow[];
  readonly reserved: readonly ReservedRow[];
}

const created = '2019-07-01T09:00:00';
const clock = (hours: number, minutes = 0): number => hours * 3600 + minutes * 60;
const halves = [
  [clock(8, 30), clock(12, 30)],
  [clock(13, 30), clock(17, 30)],
] as const;

function session(
  USERID: number,
  LOCATIONID: number,
  DAYOFWEEK: number,
  from: number,
  to: number,
): SessionRow {
  return {
    USERID,
    LOCATIONID,
    DAYOFWEEK,
    STARTTIME: from,
    ENDTIME: to,
    LENGTH: 900,
    STARTDATE: null,
    ENDDATE: null,
    WEEKS: 1,
    CYCLEWEEK: 1,
    CYCLEDATE: null,
  };
}

function onDays(member: StaffMember, days: readonly number[], locationId = member.locationId): SessionRow[] {
  return days.flatMap((day) => halves.map(([from, to]) => session(member.userId, locationId, day, from, to)));
}

/** Alternating weeks: Monday to Wednesday, then Wednesday to Friday. */
function rotating(member: StaffMember, anchor: string): SessionRow[] {
  const weeks = [onDays(member, [2, 3, 4]), onDays(member, [4, 5, 6])];
  return weeks.flatMap((rows, index) =>
    rows.map((row) => ({ ...row, WEEKS: 2, CYCLEWEEK: index + 1, CYCLEDATE: dateTime(anchor) })),
  );
}

function sessionsOf(practice: PracticeSpec, member: StaffMember, anchor: string): SessionRow[] {
  const other = practice.locations.find(({ id }) => id !== member.locationId)?.id;
  if (member.clinician === 0) {
    const saturday = practice.chain
      ? []
      : [session(member.userId, member.locationId, 7, clock(9), clock(12))];
    if (other === undefined) return [...onDays(member, [0]), ...saturday];
    return [...onDays(member, [2, 3, 4]), ...onDays(member, [5, 6], other), ...saturday];
  }
  if (member.clinician === 2 && !practice.chain) return rotating(member, anchor);
  return onDays(member, member.clinician % 2 === 1 ? [2, 3, 4, 5, 6] : [0]);
}

/** The first Monday after a date. */
function mondayAfter(date: string): string {
  return addDays(date, (9 - dayOfWeek(date)) % 7 || 7);
}

/** The rosters around `today`: weekly and rotating sessions, extra ones, absences, one day closed for all. */
export function drawRosters(practice: PracticeSpec, staff: readonly StaffMember[], today: string): Rosters {
  const clinicians = staff.filter(({ clinician }) => clinician >= 0);
  const monday = mondayAfter(today);
  const anchor = addDays(today, -13 - dayOfWeek(today));
  const [first, second, , fourth, fifth] = clinicians;
  const away = (USERID: number, from: string, to: string, AWAYREASON: string): AwayRow => ({
    USERID,
    STARTDATE: dateTime(from),
    FINISHDATE: dateTime(to),
    AWAYREASON,
  });
  return {
    sessions: [
      ...(practice.practiceSessions && clinicians.length > 0
        ? practice.locations.flatMap(({ id }) => [
            session(0, id, 0, clock(8), clock(18)),
            ...(practice.chain ? [] : [session(0, id, 7, clock(8, 30), clock(12, 30))]),
          ])
        : []),
      ...clinicians.flatMap((member) => sessionsOf(practice, member, anchor)),
    ],
    extra: [
      ...(first && !practice.chain
        ? [{ ...extraSession(first, addDays(monday, 5)), STARTTIME: clock(13), ENDTIME: clock(15) }]
        : []),
      ...(fourth
        ? [{ ...extraSession(fourth, addDays(monday, 1)), STARTTIME: clock(18), ENDTIME: clock(20) }]
        : []),
    ],
    reserved: fifth
      ? [clock(11, 30), clock(11, 45)].map((APPOINTMENTTIME) => ({
          USERID: fifth.userId,
          DAYOFWEEK: 0,
          APPOINTMENTTIME,
        }))
      : [],
    away: [
      ...(second ? [away(second.userId, addDays(monday, 7), addDays(monday, 11), 'Annual leave')] : []),
      ...(fourth ? [away(fourth.userId, addDays(monday, -18), addDays(monday, -17), 'Conference')] : []),
      ...(clinicians.length > 0
        ? [away(0, addDays(monday, 16), addDays(monday, 16), 'Sandbox public holiday')]
        : []),
    ],
  };
}

function extraSession(member: StaffMember, date: string): ExtraSessionRow {
  return {
    USERID: member.userId,
    LOCATIONID: member.locationId,
    SESSIONDATE: dateTime(date),
    STARTTIME: 0,
    ENDTIME: 0,
    LENGTH: 900,
  };
}

export function seedRosters({ sessions, extra, away, reserved }: Rosters): string[] {
  const current = { RECORDSTATUS: 1, CREATED: created, CREATEDBY: 1 };
  return [
    ...insertRows('SESSIONS', [
      ...sessions.map((row, index) => ({ SESSIONID: index + 1, ...row, ...current })),
      // A deleted session on a Sunday. A statement without a condition on RECORDSTATUS would offer it.
      ...sessions.slice(-1).map((row) => ({
        SESSIONID: sessions.length + 1,
        ...row,
        DAYOFWEEK: 1,
        ...current,
        RECORDSTATUS: 2,
      })),
    ]),
    ...insertRows(
      'EXTRASESSIONS',
      extra.map((row, index) => ({ SESSIONID: index + 1, ...row, ...current })),
    ),
    ...insertRows('RESERVEDAPPOINTMENTS', [
      ...reserved.map((row, index) => ({ RECORDID: index + 1, ...row, ...current })),
      // A deleted absence. A statement without a condition on RECORDSTATUS would remove the day.
      ...reserved.slice(-1).map((row) => ({
        RECORDID: reserved.length + 1,
        ...row,
        APPOINTMENTTIME: row.APPOINTMENTTIME + 900,
        ...current,
        RECORDSTATUS: 0,
      })),
    ]),
    ...insertRows(
      'DAYSAWAY',
      away.map((row, index) => ({ RECORDID: index + 1, ...row, ...current })),
    ),
  ];
}
