/**
 * Lets peers send the facade's own statements. They are read from BENCH_STATEMENTS, a JSON file of
 * `{ book, dashboard }`: two bodies of immediate queries with `{{from}}` and `{{before}}` for the dates. Rows are read by
 * the columns in the statement, under any alias.
 */
import { readFileSync } from 'node:fs';

const statements = process.env.BENCH_STATEMENTS
  ? JSON.parse(readFileSync(process.env.BENCH_STATEMENTS, 'utf8'))
  : {};
export const bookStatement = statements.book && statementOf(statements.book);
export const dashboardStatement = statements.dashboard && statementOf(statements.dashboard);

function statementOf(template) {
  const { text } = JSON.parse(template).command;
  const aliases = aliasesIn(text);
  return {
    body: (from, to) => template.replace('{{from}}', from).replace('{{before}}', dayAfter(to)),
    appointmentOf: readerOf(aliases),
  };
}

/** Maps a column such as `APPOINTMENTS.RECORDID` to its alias in the row. */
function aliasesIn(text) {
  const tables = new Map();
  for (const [, table, alias] of text.matchAll(/(?:FROM|JOIN)\s+dbo\.(\w+)\s+(?:AS\s+)?(\w+)/gi)) {
    tables.set(alias, table);
  }
  // The join of a look-up table has one row for each code: `(SELECT ... FROM dbo.TITLES GROUP BY TITLECODE) t`.
  for (const [, table, alias] of text.matchAll(/FROM\s+dbo\.(\w+)\s+GROUP BY [^)]*\)\s+(\w+)/gi)) {
    tables.set(alias, table);
  }
  const aliases = {};
  // A plain column, or a column in one function: `a.RECORDID AS a`, `RTRIM(p.FIRSTNAME) AS b`, `CONVERT(char(10), p.DOB, 23) AS c`.
  for (const [, alias, column, name] of text.matchAll(/(\w+)\.(\w+)(?:(?:, \d+)?\))?\s+AS\s+\[?(\w+)\]?/gi)) {
    aliases[`${tables.get(alias)}.${column}`] ??= name;
  }
  return aliases;
}

function readerOf(at) {
  const date = at['APPOINTMENTS.APPOINTMENTDATE'];
  const seconds = at['APPOINTMENTS.APPOINTMENTTIME'];
  const length = at['APPOINTMENTS.APPOINTMENTLENGTH'];
  const code = at['APPOINTMENTS.APPOINTMENTCODE'];
  const id = at['APPOINTMENTS.RECORDID'];
  const reason = at['APPOINTMENTS.REASON'];
  const type = at['APPOINTMENTTYPES.DESCRIPTION'];
  const postcode = at['LOCATIONS.POSTCODE'];
  const patientId = at['PATIENTS.INTERNALID'];
  const first = at['PATIENTS.FIRSTNAME'];
  const last = at['PATIENTS.SURNAME'];
  const birth = at['PATIENTS.DOB'];
  const mobile = at['PATIENTS.MOBILEPHONE'];
  const userId = at['USERS.USERID'];
  const title = at['TITLES.TITLE'];
  const userFirst = at['USERS.FIRSTNAME'];
  const userLast = at['USERS.SURNAME'];
  return (row) => {
    const day = row[date].slice(0, 10);
    const offset = offsetAt(text(row[postcode]) ?? '2000', day);
    const starts = row[seconds];
    const ends = starts + (row[length] ?? 0);
    return {
      pmsId: String(row[id]),
      start: `${day}T${clock(starts)}${offset}`,
      end: `${day}T${clock(ends)}${offset}`,
      durationMinutes: (row[length] ?? 0) / 60,
      status: statusOf(row[code]),
      reason: text(row[reason]),
      type: row[type] ? { name: row[type].trim() } : null,
      patient:
        row[patientId] == null
          ? null
          : {
              pmsId: String(row[patientId]),
              fullName: `${row[first]?.trim() ?? ''} ${row[last]?.trim() ?? ''}`.trim(),
              birthDate: row[birth]?.slice(0, 10) ?? null,
              mobilePhone: text(row[mobile]),
            },
      user:
        row[userId] == null
          ? null
          : {
              pmsId: String(row[userId]),
              displayName: [row[title], row[userFirst], row[userLast]]
                .map((part) => part?.trim())
                .filter(Boolean)
                .join(' '),
            },
    };
  };
}

/** The rows in the response to an immediate query. */
export function rowsIn({ result }) {
  const rows = JSON.parse(Buffer.from(result.data, 'base64').toString('utf8'));
  return rows;
}

export const text = (value) => value?.trim() || null;

export function statusOf(code) {
  if (code === 1) return 'BOOKED';
  if (code === 2) return 'ARRIVED';
  if (code === 3) return 'IN_CONSULTATION';
  if (code === 10) return 'NO_SHOW';
  return [4, 5, 12, 13].includes(code) ? 'FULFILLED' : 'UNKNOWN';
}

export function clock(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours < 10 ? '0' : ''}${hours}:${minutes < 10 ? '0' : ''}${minutes}:00`;
}

function dayAfter(date) {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

const zones = {
  0: 'Australia/Darwin',
  2: 'Australia/Sydney',
  3: 'Australia/Melbourne',
  4: 'Australia/Brisbane',
  5: 'Australia/Adelaide',
  6: 'Australia/Perth',
  7: 'Australia/Hobart',
};
const offsets = new Map();

/** The UTC offset, such as `+11:00`, at noon. Clock changes happen outside opening hours. */
export function offsetAt(postcode, day) {
  const known = `${postcode}${day}`;
  let offset = offsets.get(known);
  if (offset === undefined) {
    const [name] = new Intl.DateTimeFormat('en-AU', {
      timeZone: zones[postcode[0]],
      timeZoneName: 'longOffset',
    })
      .formatToParts(new Date(`${day}T02:00:00Z`))
      .filter(({ type }) => type === 'timeZoneName')
      .map(({ value }) => value.slice(3));
    offset = name || '+00:00';
    offsets.set(known, offset);
  }
  return offset;
}
