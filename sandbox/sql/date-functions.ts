import type { Emitted } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';

const format = '%Y-%m-%dT%H:%M:%S';
const parts: Readonly<Record<string, string>> = {
  year: 'year',
  yy: 'year',
  yyyy: 'year',
  month: 'month',
  mm: 'month',
  m: 'month',
  day: 'day',
  dd: 'day',
  d: 'day',
  week: 'week',
  wk: 'week',
  ww: 'week',
  weekday: 'weekday',
  dw: 'weekday',
  hour: 'hour',
  hh: 'hour',
  minute: 'minute',
  mi: 'minute',
  n: 'minute',
  second: 'second',
  ss: 'second',
  s: 'second',
};

/** Splits a datetime into whole seconds and the fraction. */
const seconds = (date: Emitted): string => `substr(${date.sql}, 1, 19)`;
const fraction = (date: Emitted): string => `substr(${date.sql}, 20)`;

/** The full name of a date part. Throws 155 for an unsupported one. */
export function datePart(word: string, functionName: string): string {
  const part = parts[word.toLowerCase()];
  if (!part) throw new SqlServerError(155, `'${word}' is not a recognized ${functionName} option.`);
  return part;
}

/** DATEADD; the end of a shorter month is kept, as SQL Server keeps it. */
export function dateAdd(part: string, amount: Emitted, date: Emitted): Emitted {
  const [unit, factor] = part === 'week' ? ['day', 7] : part === 'weekday' ? ['day', 1] : [part, 1];
  const steps = `((CAST(${amount.sql} AS INTEGER) * ${factor}) || ' ${unit}s')`;
  const clamp = unit === 'month' || unit === 'year' ? ", 'floor'" : '';
  return {
    sql: `(strftime('${format}', ${seconds(date)}, ${steps}${clamp}) || ${fraction(date)})`,
    kind: 'datetime',
  };
}

/** DATEDIFF: the number of boundaries of the part between two dates. */
export function dateDiff(part: string, from: Emitted, to: Emitted): Emitted {
  const days = (date: Emitted): string => `CAST(julianday(substr(${date.sql}, 1, 10)) + 0.5 AS INTEGER)`;
  const number = (code: string, date: Emitted): string =>
    `CAST(strftime('${code}', ${seconds(date)}) AS INTEGER)`;
  const epoch = (date: Emitted): string => number('%s', date);
  const months = (date: Emitted): string => `(${number('%Y', date)} * 12 + ${number('%m', date)})`;
  // 2000-01-02 was a Sunday: weeks change on Sundays. The addend keeps the division above zero.
  const weeks = (date: Emitted): string => `((${days(date)} - 2451546 + 1400000) / 7)`;
  // Counted from the year 0, so that no negative number is divided.
  const whole =
    (size: number) =>
    (date: Emitted): string =>
      `((${epoch(date)} + 62167219200) / ${size})`;
  const measure: Readonly<Record<string, (date: Emitted) => string>> = {
    year: (date) => number('%Y', date),
    month: months,
    week: weeks,
    weekday: days,
    day: days,
    hour: whole(3600),
    minute: whole(60),
    second: epoch,
  };
  const of = measure[part] ?? days;
  return { sql: `(${of(to)} - ${of(from)})`, kind: 'int' };
}

/** DATEPART, YEAR, MONTH, DAY; weekday 1 is Sunday. */
export function dateField(part: string, date: Emitted): Emitted {
  const codes: Readonly<Record<string, string>> = {
    year: '%Y',
    month: '%m',
    day: '%d',
    hour: '%H',
    minute: '%M',
    second: '%S',
    weekday: '%w',
  };
  const code = codes[part];
  if (!code) throw new SqlServerError(155, `'${part}' is not a recognized datepart option.`);
  return {
    sql: `(CAST(strftime('${code}', ${seconds(date)}) AS INTEGER)${part === 'weekday' ? ' + 1' : ''})`,
    kind: 'int',
  };
}

/** CONVERT(varchar, date, style). */
export function dateToText(date: Emitted, style: number | null): string {
  const styles: Readonly<Record<number, string>> = {
    23: '%Y-%m-%d',
    101: '%m/%d/%Y',
    103: '%d/%m/%Y',
    108: '%H:%M:%S',
    112: '%Y%m%d',
    120: '%Y-%m-%d %H:%M:%S',
    126: format,
  };
  const chosen = styles[style ?? -1];
  if (!chosen)
    throw new SqlServerError(
      281,
      `${style ?? 0} is not a valid style number when converting from datetime to a character string.`,
    );
  const text = `strftime('${chosen}', ${seconds(date)})`;
  return style === 126 ? `(${text} || ${fraction(date)})` : text;
}
