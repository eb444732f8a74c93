import { maxOfKind, maxRolesOfUser } from '../../datasources/domain/practice-size.ts';
import { currentRecord } from '../../datasources/sql-passthrough/codes.ts';
import { cannotTell, fails, holds, type Line, listed, mostly, toMaintainers, total, which } from './line.ts';
import { countBy, type Reading, textOf } from './reading.ts';

/** Counts that an index supports cover the whole table. For all other counts, these rows are enough. */
const recent =
  'a.APPOINTMENTDATE >= DATEADD(day, -60, GETDATE()) AND a.APPOINTMENTDATE < DATEADD(day, 60, GETDATE())';
const recentAppointments = `FROM dbo.APPOINTMENTS a WHERE a.RECORDSTATUS = ${currentRecord} AND ${recent}`;
/** Which unit a length has: most lengths are 5 minutes to 4 hours. */
const unitOf = (column: string) =>
  `CASE WHEN ${column} <= 0 THEN 'none' WHEN ${column} >= 300 AND ${column} % 60 = 0 THEN 'seconds' WHEN ${column} <= 240 THEN 'minutes' ELSE 'other' END`;

export const bookReadings: readonly Reading[] = [
  {
    name: 'appointments by RECORDSTATUS:APPOINTMENTCODE',
    tables: ['APPOINTMENTS'],
    sql: `SELECT ${textOf('a.RECORDSTATUS')} + ':' + ${textOf('a.APPOINTMENTCODE')} AS NAME, COUNT(*) AS N FROM dbo.APPOINTMENTS a GROUP BY a.RECORDSTATUS, a.APPOINTMENTCODE`,
  },
  {
    name: 'cancelled appointments by RECORDSTATUS',
    tables: ['APPOINTMENTS', 'CANCELLEDAPPOINTMENTS'],
    sql: `SELECT ${textOf('a.RECORDSTATUS')} AS NAME, COUNT(*) AS N FROM dbo.APPOINTMENTS a WHERE EXISTS (SELECT 1 FROM dbo.CANCELLEDAPPOINTMENTS c WHERE c.APPOINTMENTID = a.RECORDID) GROUP BY a.RECORDSTATUS`,
  },
  {
    name: 'texts of APPOINTMENTCODES',
    tables: ['APPOINTMENTCODES'],
    sql: `SELECT ${textOf('c.APPOINTMENTCODE')} + ' ' + RTRIM(c.DESCRIPTION) AS NAME, 1 AS N FROM dbo.APPOINTMENTCODES c`,
  },
  {
    name: 'units of APPOINTMENTTYPES.APPOINTMENTLENGTH',
    tables: ['APPOINTMENTTYPES'],
    sql: countBy(
      unitOf('t.APPOINTMENTLENGTH'),
      `FROM dbo.APPOINTMENTTYPES t WHERE t.RECORDSTATUS = ${currentRecord}`,
    ),
  },
  {
    name: 'units of APPOINTMENTS.APPOINTMENTLENGTH',
    tables: ['APPOINTMENTS'],
    sql: countBy(unitOf('a.APPOINTMENTLENGTH'), recentAppointments),
  },
  {
    name: 'units of APPOINTMENTS.APPOINTMENTTIME',
    tables: ['APPOINTMENTS'],
    sql: countBy(
      "CASE WHEN a.APPOINTMENTTIME > 1440 AND a.APPOINTMENTTIME < 86400 AND a.APPOINTMENTTIME % 60 = 0 THEN 'seconds' WHEN a.APPOINTMENTTIME BETWEEN 1 AND 1440 THEN 'minutes' ELSE 'other' END",
      recentAppointments,
    ),
  },
  {
    name: 'times of day in APPOINTMENTS.CREATED',
    tables: ['APPOINTMENTS'],
    sql: countBy(
      "CASE WHEN DATEPART(hour, a.CREATED) BETWEEN 7 AND 19 THEN '07:00 to 20:00' ELSE 'night' END",
      recentAppointments,
    ),
  },
  {
    name: 'UPDATED of changed appointments',
    tables: ['APPOINTMENTS'],
    sql: countBy(
      "CASE WHEN a.UPDATED IS NULL THEN 'NULL' ELSE 'set' END",
      `${recentAppointments} AND a.APPOINTMENTCODE IN (2, 3, 4, 5, 10, 12, 13)`,
    ),
  },
  {
    name: 'standard appointment type',
    tables: ['APPOINTMENTTYPES'],
    sql: `SELECT ${textOf('t.APPOINTMENTCODE')} AS NAME, COUNT(*) AS N FROM dbo.APPOINTMENTTYPES t WHERE t.RECORDSTATUS = ${currentRecord} GROUP BY t.APPOINTMENTCODE`,
  },
  {
    name: 'sizes of the book',
    tables: ['APPOINTMENTS'],
    sql: `SELECT 'most appointments of a day' AS NAME, COALESCE(MAX(d.N), 0) AS N FROM (SELECT COUNT(*) AS N FROM dbo.APPOINTMENTS a WHERE a.RECORDSTATUS = ${currentRecord} GROUP BY a.APPOINTMENTDATE) d UNION ALL SELECT 'most appointments of a patient', COALESCE(MAX(d.N), 0) FROM (SELECT COUNT(*) AS N FROM dbo.APPOINTMENTS a WHERE a.INTERNALID <> 0 GROUP BY a.INTERNALID) d`,
  },
  {
    name: 'sizes of the practice',
    tables: ['USERS', 'LOCATIONS', 'PROVIDER_LOCATION'],
    sql: `SELECT 'users' AS NAME, COUNT(*) AS N FROM dbo.USERS u WHERE u.RECORDSTATUS = ${currentRecord} UNION ALL SELECT 'locations', COUNT(*) FROM dbo.LOCATIONS l WHERE l.RECORDSTATUS = ${currentRecord} UNION ALL SELECT 'most locations of a user', COALESCE(MAX(d.N), 0) FROM (SELECT COUNT(*) AS N FROM dbo.PROVIDER_LOCATION n WHERE n.RECORDSTATUS = ${currentRecord} GROUP BY n.USERID) d`,
  },
];

/** Words of `APPOINTMENTCODES.DESCRIPTION` for each status. */
const words: Readonly<Record<string, RegExp>> = {
  BOOKED: /booked/i,
  ARRIVED: /wait|arriv/i,
  IN_CONSULTATION: /with|consult/i,
  FULFILLED: /billing|complet|invoic|paid/i,
  NO_SHOW: /dna|attend/i,
  BLOCKED: /unavail|reserv|block/i,
};

const secondsVerdict = (counts: ReadonlyMap<string, number>, what: string) =>
  mostly(
    which(counts, (unit) => unit !== 'none'),
    ['seconds'],
    { least: 0.9, none: `No ${what} has one.` },
  );

export const bookLines: readonly Line[] = [
  {
    id: 'B1',
    about: 'RECORDSTATUS distinguishes current from cancelled appointments',
    needs: ['appointments by RECORDSTATUS:APPOINTMENTCODE', 'cancelled appointments by RECORDSTATUS'],
    reads: 'rows of `APPOINTMENTS` by `RECORDSTATUS`, all and those that `CANCELLEDAPPOINTMENTS` names',
    remedy: 'PRACTICES_FILE, codeOverrides.liveRecordStatuses: the statuses that take their time, e.g. [1].',
    verdict({ count, codes }) {
      const all = new Map<string, number>();
      for (const [pair, rows] of count('appointments by RECORDSTATUS:APPOINTMENTCODE')) {
        const [status = ''] = pair.split(':');
        all.set(status, (all.get(status) ?? 0) + rows);
      }
      const cancelled = count('cancelled appointments by RECORDSTATUS');
      const found = `RECORDSTATUS ${listed(all)}; of these cancelled: ${listed(cancelled)}.`;
      if (!all.get(String(currentRecord))) return fails(found);
      const share = (status: string) => (cancelled.get(status) ?? 0) / (all.get(status) ?? 1);
      const isLive = (status: string) => codes.liveRecordStatuses.includes(Number(status));
      const wrong = [...all.keys()].filter((status) => isLive(status) && share(status) > 0.5);
      if (wrong.length > 0) return fails(`${found} Most with ${wrong.join(', ')} are cancelled.`);
      if (total(cancelled) === 0) return cannotTell(`${found} No cancellation to compare with.`);
      const unexplained = [...all.keys()].filter((status) => !isLive(status) && share(status) < 0.1);
      if (unexplained.length > 0)
        return fails(`${found} Those with ${unexplained.join(', ')} count as cancelled, and are not.`);
      return holds(found);
    },
  },
  {
    id: 'B2',
    about: 'the codes in APPOINTMENTCODE are known',
    needs: ['appointments by RECORDSTATUS:APPOINTMENTCODE', 'texts of APPOINTMENTCODES'],
    reads: 'codes in current rows of `APPOINTMENTS`, and the texts of `APPOINTMENTCODES`',
    remedy: 'PRACTICES_FILE, codeOverrides.appointmentStatuses, e.g. { "14": "FULFILLED" }.',
    verdict({ count, codes }) {
      const used = new Map(
        [...count('appointments by RECORDSTATUS:APPOINTMENTCODE')]
          .filter(([pair]) => pair.startsWith(`${currentRecord}:`))
          .map(([pair, rows]) => [pair.split(':')[1] ?? '', rows]),
      );
      const meaning = (code: number) =>
        codes.blockingCodes.includes(code) ? 'BLOCKED' : codes.appointmentStatuses.get(code);
      const unknown = which(used, (code) => meaning(Number(code)) === undefined);
      const texts = [...count('texts of APPOINTMENTCODES').keys()];
      const differing = texts.filter((text) => {
        const [, code, description = ''] = /^(-?\d+) (.*)$/.exec(text) ?? [];
        const status = meaning(Number(code));
        return status !== undefined && description !== '' && !words[status]?.test(description);
      });
      const found = `In use: ${listed(used, 20)}.`;
      if (unknown.size > 0)
        return fails(`${found} Not known: ${listed(unknown)}; APPOINTMENTCODES has ${texts.join(', ')}.`);
      if (differing.length > 0) return fails(`${found} Other texts than expected: ${differing.join(', ')}.`);
      return holds(found);
    },
  },
  {
    id: 'B3',
    about: 'lengths of appointment types are seconds',
    needs: ['units of APPOINTMENTTYPES.APPOINTMENTLENGTH'],
    reads: 'how many lengths of types look like seconds and how many like minutes',
    remedy: 'PRACTICES_FILE, codeOverrides.appointmentTypeLengthUnit: "minutes".',
    verdict({ count, codes }) {
      const unit = codes.secondsPerLength === 60 ? 'minutes' : 'seconds';
      const counts = which(count('units of APPOINTMENTTYPES.APPOINTMENTLENGTH'), (each) => each !== 'none');
      return mostly(counts, [unit], { least: 0.9, none: 'No type has a length.' });
    },
  },
  {
    id: 'B3',
    about: 'lengths of appointments are seconds',
    needs: ['units of APPOINTMENTS.APPOINTMENTLENGTH'],
    reads: 'the same for lengths of appointments',
    remedy: toMaintainers,
    verdict: ({ count }) => secondsVerdict(count('units of APPOINTMENTS.APPOINTMENTLENGTH'), 'appointment'),
  },
  {
    id: 'T1',
    about: 'times of appointments are seconds since midnight',
    needs: ['units of APPOINTMENTS.APPOINTMENTTIME'],
    reads: 'how many times of appointments look like seconds since midnight and how many like minutes',
    remedy: toMaintainers,
    verdict: ({ count }) => secondsVerdict(count('units of APPOINTMENTS.APPOINTMENTTIME'), 'appointment'),
  },
  {
    id: 'B11',
    about: 'CREATED is local time',
    needs: ['times of day in APPOINTMENTS.CREATED'],
    reads: 'how many appointments were created by day and by night: as UTC, a working day is the night',
    remedy: toMaintainers,
    verdict: ({ count }) =>
      mostly(count('times of day in APPOINTMENTS.CREATED'), ['07:00 to 20:00'], {
        least: 0.6,
        none: 'There is no recent appointment.',
      }),
  },
  {
    id: 'B45',
    about: 'UPDATED is set when an appointment changes',
    needs: ['UPDATED of changed appointments'],
    reads: 'appointments with a later status than booked, with and without `UPDATED`',
    remedy: `LIVE_SOURCE stays as it is; changes of other columns can be missed. ${toMaintainers}`,
    verdict: ({ count }) =>
      mostly(count('UPDATED of changed appointments'), ['set'], {
        least: 0.9,
        none: 'There is no recent appointment that was changed.',
      }),
  },
  {
    id: 'B21',
    about: 'the standard appointment type exists',
    needs: ['standard appointment type'],
    reads: 'whether `APPOINTMENTTYPES` has a current type with that code',
    remedy: 'PRACTICES_FILE, codeOverrides.standardAppointmentType: the code of the type to book.',
    verdict({ count, codes }) {
      const types = count('standard appointment type');
      const found = `Current types: ${[...types.keys()].join(', ') || 'none'}.`;
      return types.has(String(codes.standardAppointmentType)) ? holds(found) : fails(found);
    },
  },
  {
    id: 'P1',
    about: `at most ${maxOfKind} users, locations and appointments a day`,
    needs: ['sizes of the book', 'sizes of the practice'],
    reads: 'the numbers of users and locations, the most appointments of a day, the most locations of a user',
    remedy: `Operations there can cost more than their price (LIMIT_CHARGED). ${toMaintainers}`,
    verdict({ count }) {
      const sizes = new Map([...count('sizes of the practice'), ...count('sizes of the book')]);
      const size = (name: string) => sizes.get(name) ?? 0;
      const found = `Users ${size('users')}, locations ${size('locations')}, most appointments of a day ${size('most appointments of a day')}, most locations of a user ${size('most locations of a user')}.`;
      const isSmall =
        Math.max(size('users'), size('locations'), size('most appointments of a day')) <= maxOfKind &&
        size('most locations of a user') <= maxRolesOfUser;
      return isSmall ? holds(found) : fails(found);
    },
  },
  {
    id: 'P2',
    about: `at most ${maxOfKind} appointments of a patient`,
    needs: ['sizes of the book'],
    reads: 'the most appointments of one patient, as a number',
    remedy: `Operations there can cost more than their price (LIMIT_CHARGED). ${toMaintainers}`,
    verdict({ count }) {
      const most = count('sizes of the book').get('most appointments of a patient') ?? 0;
      return most <= maxOfKind ? holds(`At most ${most}.`) : fails(`One has ${most}.`);
    },
  },
];
