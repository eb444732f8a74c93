/**
 * Bookings and cancellations by SQL with the checks that halo-graph makes, written for Mercurius as a team would that knows the database:
 * one statement reads what is checked, one books under a lock, counts overlaps and reads the payload; a cancellation is one statement.
 */
import { queryPath, send } from './halo.mjs';
import { clock, offsetAt, rowsIn, statusOf, text } from './one-call.mjs';

const noColumns = (from) =>
  ['user', 'place', 'weekday', 'start', 'ends', 'length', 'weeks', 'week', 'since', 'until', 'cycle', 'post']
    .map(
      (name) =>
        `${from[name] ?? (['since', 'until', 'cycle', 'post'].includes(name) ? 'NULL' : '0')} AS [${name}]`,
    )
    .join(', ');
const day = (column) => `CONVERT(char(10), ${column}, 23)`;
const branch = (kind, columns, rest) => `SELECT ${kind} AS kind, ${noColumns(columns)} ${rest}`;

const checksText = `SELECT k.*, u.USERSTATUS AS userStatus, u.APPOINTMENTS AS takesAppointments, p.INTERNALID AS patientId,
  RTRIM(ps.STATUSTEXT) AS patientStatus, ${day('p.DATEOFDEATH')} AS died, t.APPOINTMENTCODE AS typeId FROM (
${[
  branch(
    1,
    {
      user: 's.USERID',
      place: 's.LOCATIONID',
      weekday: 's.DAYOFWEEK',
      start: 's.STARTTIME',
      ends: 's.ENDTIME',
      length: 's.LENGTH',
      weeks: 's.WEEKS',
      week: 's.CYCLEWEEK',
      since: day('s.STARTDATE'),
      until: day('s.ENDDATE'),
      cycle: day('s.CYCLEDATE'),
    },
    'FROM dbo.SESSIONS s WHERE s.RECORDSTATUS = 1 AND s.USERID = @user',
  ),
  branch(
    2,
    { place: 'l.LOCATIONID', post: 'RTRIM(l.POSTCODE)' },
    'FROM dbo.LOCATIONS l WHERE l.RECORDSTATUS = 1',
  ),
  branch(
    3,
    { user: 'x.USERID', place: 'x.LOCATIONID', start: 'x.STARTTIME', ends: 'x.ENDTIME', length: 'x.LENGTH' },
    'FROM dbo.EXTRASESSIONS x WHERE x.RECORDSTATUS = 1 AND x.USERID = @user AND x.SESSIONDATE = @date',
  ),
  branch(
    4,
    { user: 'd.USERID' },
    `FROM dbo.DAYSAWAY d WHERE d.RECORDSTATUS = 1 AND d.USERID IN (0, @user) AND d.STARTDATE <= @date
     AND CASE WHEN d.FINISHDATE >= d.STARTDATE THEN d.FINISHDATE ELSE d.STARTDATE END >= @date`,
  ),
  branch(
    5,
    { start: 'a.APPOINTMENTTIME', length: 'a.APPOINTMENTLENGTH', since: day('a.APPOINTMENTDATE') },
    `FROM dbo.APPOINTMENTS a WHERE a.RECORDSTATUS IN (1, 4) AND a.USERID = @user
     AND a.APPOINTMENTDATE >= @dayBefore AND a.APPOINTMENTDATE <= @date`,
  ),
  branch(
    6,
    { weekday: 'r.DAYOFWEEK', start: 'r.APPOINTMENTTIME' },
    'FROM dbo.RESERVEDAPPOINTMENTS r WHERE r.RECORDSTATUS = 1 AND r.USERID = @user',
  ),
].join('\nUNION ALL\n')}
) k LEFT JOIN dbo.USERS u ON u.USERID = @user AND u.RECORDSTATUS = 1
LEFT JOIN dbo.PATIENTS p ON p.INTERNALID = @patient AND p.RECORDSTATUS = 1
LEFT JOIN (SELECT STATUSCODE, MIN(STATUSTEXT) AS STATUSTEXT FROM dbo.PATIENTSTATUS GROUP BY STATUSCODE) ps ON ps.STATUSCODE = p.PATIENTSTATUS
LEFT JOIN (SELECT APPOINTMENTCODE, MIN(APPOINTMENTLENGTH) AS LENGTH FROM dbo.APPOINTMENTTYPES WHERE RECORDSTATUS = 1 GROUP BY APPOINTMENTCODE) t
  ON t.APPOINTMENTCODE = @type`;

const overlap = `o.USERID = @user AND o.RECORDSTATUS IN (1, 4) AND o.APPOINTMENTDATE >= DATEADD(day, -1, @date)
  AND o.APPOINTMENTDATE <= DATEADD(day, 1, @date)
  AND CAST(DATEDIFF(day, @date, o.APPOINTMENTDATE) * 86400 AS bigint) + o.APPOINTMENTTIME < @endsAt
  AND CAST(DATEDIFF(day, @date, o.APPOINTMENTDATE) * 86400 AS bigint) + o.APPOINTMENTTIME + o.APPOINTMENTLENGTH > @time`;
const payload = `a.RECORDID AS id, ${day('a.APPOINTMENTDATE')} AS date, a.APPOINTMENTTIME AS time, a.APPOINTMENTLENGTH AS length,
  a.APPOINTMENTCODE AS code, a.RECORDSTATUS AS recordStatus, RTRIM(l.POSTCODE) AS post`;

const bookText = `SET NOCOUNT ON;
DECLARE @taken INT = 0, @returned INT, @lock INT, @id INT;
EXEC @lock = sp_getapplock @Resource = @lockName, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 5000;
IF EXISTS (SELECT 1 FROM dbo.APPOINTMENTS o WHERE ${overlap}) SET @taken = 1
IF @taken = 0 EXEC @returned = dbo.BP_AddAppointmentEx @aptdate = @date, @apttime = @time, @aptlen = @length, @practitionerid = @user, @patientid = @patient, @locationid = @location, @appointmenttype = @type, @reason = '';
SELECT @id = MAX(a.RECORDID) FROM dbo.APPOINTMENTS a WHERE @taken = 0 AND a.USERID = @user AND a.APPOINTMENTDATE = @date AND a.APPOINTMENTTIME = @time AND a.INTERNALID = @patient AND a.RECORDSTATUS IN (1, 4);
EXEC sp_releaseapplock @Resource = @lockName, @LockOwner = 'Session';
SELECT @taken AS taken, ${payload}, RTRIM(a.REASON) AS reason, RTRIM(t.DESCRIPTION) AS type, p.INTERNALID AS patientId,
  RTRIM(p.FIRSTNAME) AS patientFirst, RTRIM(p.SURNAME) AS patientLast, ${day('p.DOB')} AS born, RTRIM(p.MOBILEPHONE) AS mobile,
  u.USERID AS userId, RTRIM(ut.TITLE) AS title, RTRIM(u.FIRSTNAME) AS userFirst, RTRIM(u.SURNAME) AS userLast,
  (SELECT COUNT(*) FROM dbo.APPOINTMENTS o WHERE ${overlap} AND o.RECORDID <> @id) AS overlaps
FROM (SELECT 1 AS one) x LEFT JOIN dbo.APPOINTMENTS a ON a.RECORDID = @id
LEFT JOIN dbo.LOCATIONS l ON l.LOCATIONID = a.LOCATIONID
LEFT JOIN (SELECT APPOINTMENTCODE, MIN(DESCRIPTION) AS DESCRIPTION FROM dbo.APPOINTMENTTYPES GROUP BY APPOINTMENTCODE) t ON t.APPOINTMENTCODE = a.APPOINTMENTTYPE
LEFT JOIN dbo.PATIENTS p ON p.INTERNALID = a.INTERNALID
LEFT JOIN dbo.USERS u ON u.USERID = a.USERID
LEFT JOIN (SELECT TITLECODE, MIN(TITLE) AS TITLE FROM dbo.TITLES GROUP BY TITLECODE) ut ON ut.TITLECODE = u.TITLECODE;`;

const cancelText = `SET NOCOUNT ON;
DECLARE @refused INT = 0, @returned INT;
IF NOT EXISTS (SELECT 1 FROM dbo.APPOINTMENTS a WHERE a.RECORDID = @id AND a.APPOINTMENTCODE NOT IN (0, 9, 11, 99) AND a.INTERNALID <> 0) SET @refused = 1
ELSE IF EXISTS (SELECT 1 FROM dbo.APPOINTMENTS a WHERE a.RECORDID = @id AND a.RECORDSTATUS NOT IN (1, 4)) SET @refused = 3
ELSE IF EXISTS (SELECT 1 FROM dbo.APPOINTMENTS a WHERE a.RECORDID = @id AND a.APPOINTMENTCODE IN (3, 4, 5, 12, 13)) SET @refused = 2
IF @refused = 0 EXEC @returned = dbo.BP_CancelAppointment @aptid = @id;
SELECT @refused AS refused, ${payload} FROM (SELECT 1 AS one) x LEFT JOIN dbo.APPOINTMENTS a ON a.RECORDID = @id
LEFT JOIN dbo.LOCATIONS l ON l.LOCATIONID = a.LOCATIONID;`;

const int = (name, value) => ({ name, direction: 'input', type: 'Int', value: String(value) });
const date = (name, value) => ({ name, direction: 'input', type: 'Date', value });

async function run(site, sql, parameters) {
  const command = { text: sql, type: 'text', executionMode: 'reader', parameters };
  return rowsIn(await send('POST', await queryPath(site), JSON.stringify({ command })));
}

export async function bookChecked(input) {
  const { bpSiteId, userId, patientId, start, durationMinutes, typeId, locationId } = input;
  const onDay = start.slice(0, 10);
  const from = Number(start.slice(11, 13)) * 3600 + Number(start.slice(14, 16)) * 60;
  const length = durationMinutes * 60;
  const facts = await run(bpSiteId, checksText, [
    int('@user', userId),
    int('@patient', patientId),
    int('@type', typeId),
    date('@date', onDay),
    date('@dayBefore', dayAfter(onDay, -1)),
  ]);
  const refused = reasonAgainst(facts, { onDay, from, length, locationId: Number(locationId), start });
  if (refused) throw new Error(refused);
  const [row] = await run(bpSiteId, bookText, [
    date('@date', onDay),
    int('@time', from),
    int('@endsAt', from + length),
    int('@length', length),
    int('@user', userId),
    int('@patient', patientId),
    int('@location', locationId),
    int('@type', typeId),
    {
      name: '@lockName',
      direction: 'input',
      type: 'VarChar',
      value: `appointments ${userId} ${onDay}`,
      size: 60,
    },
  ]);
  if (row.taken || row.overlaps > 0) throw new Error('This time is no longer free.');
  return appointmentOf(row);
}

export async function cancelChecked({ bpSiteId, appointmentId }) {
  const [row] = await run(bpSiteId, cancelText, [int('@id', appointmentId)]);
  if (row.refused === 1) throw new Error('There is no such appointment.');
  if (row.refused === 2) throw new Error('This appointment has begun.');
  return appointmentOf(row);
}

function reasonAgainst(facts, { onDay, from, length, locationId, start }) {
  const [first] = facts;
  const place = facts.find(({ kind, place }) => kind === 2 && place === locationId);
  if (!place) return 'There is no such location.';
  if (start.slice(19) !== offsetAt(text(place.post) ?? '2000', onDay))
    return 'The time is not of the practice.';
  if (Date.parse(start) < Date.now()) return 'The time is past.';
  if (first.patientId == null) return 'There is no such patient.';
  if (first.patientStatus !== 'Active' || first.died) return 'The patient is not active.';
  if (![1, 3].includes(first.userStatus) || first.takesAppointments !== 1)
    return 'The user takes no appointments.';
  if (first.typeId == null) return 'There is no such type.';
  if (facts.some(({ kind }) => kind === 4)) return 'The user is away, or the practice is closed.';
  const onGrid = facts.some(
    (row) =>
      (row.kind === 3 || (row.kind === 1 && takesPlace(row, onDay))) &&
      row.place === locationId &&
      row.start <= from &&
      from + length <= row.ends &&
      (from - row.start) % row.length === 0,
  );
  if (!onGrid) return 'This user has no session at this time.';
  for (const row of facts) {
    if (row.kind === 5) {
      const at = row.start + (row.since < onDay ? -86_400 : 0);
      if (at < from + length && from < at + Math.max(row.length, 1)) return 'This time is taken.';
    }
    const reserved = row.kind === 6 && fallsOn(row.weekday, onDay) && onDay !== today();
    if (reserved && row.start < from + length && from <= row.start) return 'This time is reserved.';
  }
  return undefined;
}

const weekdayOf = (onDay) => new Date(`${onDay}T00:00:00Z`).getUTCDay() + 1;
const fallsOn = (code, onDay) => {
  const weekday = weekdayOf(onDay);
  return code === 0 ? weekday >= 2 && weekday <= 6 : code === weekday;
};
const weekNumber = (onDay) => Math.floor((Date.parse(`${onDay}T00:00:00Z`) / 86_400_000 + 4) / 7);
const today = () => new Date().toISOString().slice(0, 10);

function takesPlace({ weekday, weeks, week, since, until, cycle }, onDay) {
  if ((since && onDay < since) || (until && onDay > until) || !fallsOn(weekday, onDay)) return false;
  if (weeks <= 1 || !cycle) return true;
  const distance = weekNumber(onDay) - weekNumber(cycle);
  return (((distance % weeks) + weeks) % weeks) + 1 === week;
}

function appointmentOf(row) {
  const offset = offsetAt(text(row.post) ?? '2000', row.date);
  return {
    pmsId: String(row.id),
    start: `${row.date}T${clock(row.time)}${offset}`,
    end: `${row.date}T${clock(row.time + row.length)}${offset}`,
    durationMinutes: row.length / 60,
    status: [1, 4].includes(row.recordStatus) ? statusOf(row.code) : 'CANCELLED',
    reason: text(row.reason),
    type: row.type ? { name: row.type } : null,
    patient: {
      pmsId: String(row.patientId),
      fullName: `${row.patientFirst ?? ''} ${row.patientLast ?? ''}`.trim(),
      birthDate: row.born ?? null,
      mobilePhone: text(row.mobile),
    },
    user: {
      pmsId: String(row.userId),
      displayName: [row.title, row.userFirst, row.userLast].filter(Boolean).join(' '),
    },
  };
}

const dayAfter = (onDay, days) =>
  new Date(Date.parse(`${onDay}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
