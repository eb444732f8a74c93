import { currentRecord, practiceUserId } from '../../datasources/sql-passthrough/codes.ts';
import { zoneOfPostcode } from '../../time/zones.ts';
import { cannotTell, fails, holds, type Line, listed, mostly, toMaintainers, total, which } from './line.ts';
import { countBy, type Reading, textOf } from './reading.ts';

const ownerOf = (alias: string) =>
  `CASE WHEN ${alias}.USERID = ${practiceUserId} THEN 'practice' WHEN EXISTS (SELECT 1 FROM dbo.USERS u WHERE u.USERID = ${alias}.USERID) THEN 'user' ELSE 'no user' END`;
const current = (table: string, alias: string) =>
  `FROM dbo.${table} ${alias} WHERE ${alias}.RECORDSTATUS = ${currentRecord}`;
const removed = (table: string) =>
  `SELECT '${table} ' + ${textOf('d.RECORDSTATUS')} AS NAME, COUNT(*) AS N FROM dbo.${table} d WHERE d.RECORDSTATUS <> ${currentRecord} GROUP BY d.RECORDSTATUS`;

export const rosterReadings: readonly Reading[] = [
  {
    name: 'owners of SESSIONS',
    tables: ['SESSIONS', 'USERS'],
    sql: countBy(ownerOf('s'), current('SESSIONS', 's')),
  },
  {
    name: 'owners of DAYSAWAY',
    tables: ['DAYSAWAY', 'USERS'],
    sql: countBy(ownerOf('d'), current('DAYSAWAY', 'd')),
  },
  {
    name: 'units of SESSIONS.LENGTH',
    tables: ['SESSIONS'],
    sql: countBy(
      "CASE WHEN s.LENGTH >= 300 AND s.LENGTH % 60 = 0 AND s.ENDTIME > 1440 THEN 'seconds' WHEN s.LENGTH <= 240 OR s.ENDTIME <= 1440 THEN 'minutes' ELSE 'other' END",
      current('SESSIONS', 's'),
    ),
  },
  {
    name: 'rotating sessions',
    tables: ['SESSIONS'],
    sql: countBy(
      "CASE WHEN s.CYCLEDATE IS NULL THEN 'no CYCLEDATE' WHEN s.CYCLEWEEK BETWEEN 1 AND s.WEEKS THEN 'week 1 to WEEKS' ELSE 'another week' END",
      `${current('SESSIONS', 's')} AND s.WEEKS > 1`,
    ),
  },
  {
    name: 'dates of DAYSAWAY',
    tables: ['DAYSAWAY'],
    sql: countBy(
      "CASE WHEN d.STARTDATE IS NULL THEN 'no first day' WHEN d.FINISHDATE IS NULL THEN 'no last day' WHEN d.FINISHDATE < d.STARTDATE THEN 'ends before it begins' ELSE 'first and last day' END",
      current('DAYSAWAY', 'd'),
    ),
  },
  {
    name: 'removed rows by RECORDSTATUS',
    tables: ['SESSIONS', 'DAYSAWAY'],
    sql: `${removed('SESSIONS')} UNION ALL ${removed('DAYSAWAY')}`,
  },
  {
    name: 'sessions of the practice',
    tables: ['SESSIONS'],
    sql: countBy(
      "CASE WHEN s.SPECIAL = 0 AND s.RGB = 0 AND s.WEEKS <= 1 AND s.CYCLEWEEK <= 1 THEN 'plain' ELSE 'with other values' END",
      `${current('SESSIONS', 's')} AND s.USERID = ${practiceUserId}`,
    ),
  },
  {
    name: 'rows of RESERVEDAPPOINTMENTS',
    tables: ['RESERVEDAPPOINTMENTS', 'USERS'],
    sql: countBy(
      `CASE WHEN ${ownerOf('r')} = 'no user' THEN 'no user' WHEN r.DAYOFWEEK NOT BETWEEN 0 AND 7 THEN 'no weekday' WHEN r.APPOINTMENTTIME > 1440 AND r.APPOINTMENTTIME < 86400 THEN 'user, weekday and seconds' ELSE 'no time in seconds' END`,
      current('RESERVEDAPPOINTMENTS', 'r'),
    ),
  },
  {
    name: 'appointments by LOCATIONID',
    tables: ['APPOINTMENTS', 'LOCATIONS'],
    sql: `SELECT ${textOf('l.LOCATIONID')} AS NAME, COUNT(a.RECORDID) AS N FROM dbo.LOCATIONS l LEFT JOIN dbo.APPOINTMENTS a ON a.LOCATIONID = l.LOCATIONID AND a.RECORDSTATUS = ${currentRecord} AND a.APPOINTMENTDATE >= DATEADD(day, -60, GETDATE()) WHERE l.RECORDSTATUS = ${currentRecord} AND l.LOCATIONID <> 0 GROUP BY l.LOCATIONID`,
  },
  {
    name: 'postcodes',
    tables: ['LOCATIONS'],
    internal: true,
    sql: `SELECT RTRIM(l.POSTCODE) AS NAME, l.LOCATIONID AS N ${current('LOCATIONS', 'l')} AND l.LOCATIONID <> 0`,
  },
  {
    name: 'time of the server',
    tables: [],
    sql: 'SELECT CONVERT(varchar(19), GETDATE(), 126) AS NAME, 1 AS N',
  },
];

export const rosterLines: readonly Line[] = [
  {
    id: 'B7',
    about: 'the practice has sessions and days closed as USERID 0',
    needs: ['owners of SESSIONS', 'owners of DAYSAWAY'],
    reads: 'current rows of `SESSIONS` and `DAYSAWAY` by owner: USERID 0, a user, neither',
    remedy: `Opening hours follow from the sessions of users, and days closed are not known. ${toMaintainers}`,
    verdict({ count }) {
      const [sessions, away] = [count('owners of SESSIONS'), count('owners of DAYSAWAY')];
      const found = `SESSIONS: ${listed(sessions)}; DAYSAWAY: ${listed(away)}.`;
      if (sessions.has('practice') || away.has('practice')) return holds(found);
      return sessions.has('no user') || away.has('no user') ? fails(found) : cannotTell(found);
    },
  },
  {
    id: 'B3',
    about: 'lengths and times of sessions are seconds',
    needs: ['units of SESSIONS.LENGTH'],
    reads: 'the same for lengths of sessions',
    remedy: toMaintainers,
    verdict: ({ count }) =>
      mostly(count('units of SESSIONS.LENGTH'), ['seconds'], { least: 0.9, none: 'There is no session.' }),
  },
  {
    id: 'B8',
    about: 'rotating sessions count their weeks from 1',
    needs: ['rotating sessions'],
    reads: 'sessions with `WEEKS` above 1: whether `CYCLEWEEK` is 1 to `WEEKS` and `CYCLEDATE` is there',
    remedy: `Free times of these users can be wrong. ${toMaintainers}`,
    verdict: ({ count }) =>
      mostly(count('rotating sessions'), ['week 1 to WEEKS'], { least: 1, none: 'No session rotates.' }),
  },
  {
    id: 'B15',
    about: 'absences have a first and a last day',
    needs: ['dates of DAYSAWAY'],
    reads: 'current rows of `DAYSAWAY` without a first or a last day',
    remedy: `An absence without a last day counts as one day. ${toMaintainers}`,
    verdict: ({ count }) =>
      mostly(count('dates of DAYSAWAY'), ['first and last day'], {
        least: 0.9,
        none: 'There is no absence.',
      }),
  },
  {
    id: 'B31',
    about: 'RECORDSTATUS takes away sessions and absences',
    needs: ['removed rows by RECORDSTATUS'],
    reads: 'rows of `SESSIONS` and `DAYSAWAY` that are not current, by `RECORDSTATUS`',
    remedy: 'PRACTICES_FILE, codeOverrides.removedRecordStatus: the value that is found here.',
    verdict({ count, codes }) {
      const rows = count('removed rows by RECORDSTATUS');
      if (total(rows) === 0) return cannotTell('No row was taken away.');
      const isUsual = [...rows.keys()].some((name) => name.endsWith(` ${codes.removedRecordStatus}`));
      return isUsual ? holds(`${listed(rows)}.`) : fails(`${listed(rows)}.`);
    },
  },
  {
    id: 'B34',
    about: 'sessions of the practice are plain',
    needs: ['sessions of the practice'],
    reads: 'sessions of USERID 0 that have another `SPECIAL`, `RGB`, `WEEKS` or `CYCLEWEEK` than is written',
    remedy: `HALO_ASSUMED_WRITES=false: do not set opening hours here. ${toMaintainers}`,
    verdict: ({ count }) =>
      mostly(count('sessions of the practice'), ['plain'], {
        least: 1,
        none: 'The practice has no session.',
      }),
  },
  {
    id: 'B34',
    about: "the server's clock shows local time",
    needs: ['time of the server', 'postcodes'],
    reads: 'GETDATE() against the wall time of the first location',
    remedy: "The practice corrects its server's clock or time zone.",
    verdict({ count, recorded, now }) {
      const [time = ''] = count('time of the server').keys();
      const [postcode] = count('postcodes').keys();
      const zone = recorded?.timeZone ?? zoneOfPostcode(postcode);
      if (zone === undefined) return cannotTell('The time zone of the practice is not known.');
      const wall = new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'medium',
      });
      const ahead = (Date.parse(`${time}Z`) - Date.parse(`${wall.format(now).replace(' ', 'T')}Z`)) / 60_000;
      const minutes = Math.round(ahead);
      const found = `GETDATE() is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'behind' : 'ahead of'} ${zone}.`;
      return minutes >= -5 && minutes <= 180 ? holds(found) : fails(found);
    },
  },
  {
    id: 'B42',
    about: 'RESERVEDAPPOINTMENTS keeps times of users',
    needs: ['rows of RESERVEDAPPOINTMENTS'],
    reads: 'rows of `RESERVEDAPPOINTMENTS` that name a user, a weekday and a time in seconds',
    remedy: `Times for same-day bookings are offered on earlier days too. ${toMaintainers}`,
    verdict: ({ count }) =>
      mostly(count('rows of RESERVEDAPPOINTMENTS'), ['user, weekday and seconds'], {
        least: 0.9,
        none: 'The practice reserves no time.',
      }),
  },
  {
    id: 'B10',
    about: 'the location with the lowest id is the main one',
    needs: ['appointments by LOCATIONID'],
    reads: 'appointments of the last 60 days by location',
    remedy: `The name, address and zone of the practice are those of another location. ${toMaintainers}`,
    verdict({ count }) {
      const locations = count('appointments by LOCATIONID');
      const [lowest] = [...locations.keys()].sort((a, b) => Number(a) - Number(b));
      const [busiest] = [...locations].sort(([, a], [, b]) => b - a)[0] ?? [];
      const found = `Location ${listed(locations)}.`;
      if (lowest === undefined) return fails('There is no current location.');
      if (total(locations) === 0) return cannotTell(found);
      return lowest === busiest || locations.get(lowest) === locations.get(busiest ?? '')
        ? holds(found)
        : fails(found);
    },
  },
  {
    id: 'T2',
    about: 'a time zone follows from each postcode',
    needs: ['postcodes'],
    reads: 'the postcodes of the locations',
    remedy: 'PRACTICES_FILE, timeZone: e.g. "Australia/Adelaide".',
    verdict({ count, recorded }) {
      if (recorded?.timeZone !== undefined) return holds(`PRACTICES_FILE names ${recorded.timeZone}.`);
      const postcodes = count('postcodes');
      const without = which(postcodes, (postcode) => zoneOfPostcode(postcode) === undefined);
      const zones = new Set([...postcodes.keys()].map((postcode) => zoneOfPostcode(postcode)));
      if (postcodes.size === 0) return fails('No current location has a postcode.');
      return without.size === 0
        ? holds(`${[...zones].join(', ')}.`)
        : fails(`${without.size} of ${postcodes.size} postcodes give no zone.`);
    },
  },
];
