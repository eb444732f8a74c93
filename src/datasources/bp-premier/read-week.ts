import type { DayOfWeek } from '../../time/types.ts';
import type { OpenPeriod } from '../domain/clinic.ts';
import { type Element, flag, text, texts } from './read-element.ts';
import { readTime } from './read-time.ts';

export const days: Readonly<Record<string, DayOfWeek>> = {
  mon: 'MONDAY',
  tue: 'TUESDAY',
  wed: 'WEDNESDAY',
  thu: 'THURSDAY',
  fri: 'FRIDAY',
  sat: 'SATURDAY',
  sun: 'SUNDAY',
};

/** The days of an `availableTime` or `hoursOfOperation` entry, without unknown codes. */
export function readDays(entry: Element): readonly DayOfWeek[] {
  return texts(entry.daysOfWeek)
    .map((code) => (Object.hasOwn(days, code) ? days[code] : undefined))
    .filter((day) => day !== undefined);
}

/** FHIR has no 24:00. A period until midnight ends in the last second. */
export const lastSecond = '23:59:59';

/** The entry's period of the day, or the whole day for `allDay`. Null when its times are unreadable or end before the start. */
export function readPeriod(entry: Element, opening: string, closing: string): OpenPeriod | null {
  if (flag(entry.allDay) === true) return { opens: '00:00', closes: '24:00' };
  const opens = readTime(entry[opening]);
  const closes = text(entry[closing]) === lastSecond ? '24:00' : readTime(entry[closing]);
  return opens === null || closes === null || opens >= closes ? null : { opens, closes };
}

/** In order, with overlapping and adjacent periods merged. */
export function mergePeriods(periods: readonly OpenPeriod[]): readonly OpenPeriod[] {
  const merged: OpenPeriod[] = [];
  for (const period of periods.toSorted((a, b) => (a.opens < b.opens ? -1 : a.opens > b.opens ? 1 : 0))) {
    const last = merged.at(-1);
    if (last === undefined || period.opens > last.closes) merged.push(period);
    else if (period.closes > last.closes)
      merged[merged.length - 1] = { opens: last.opens, closes: period.closes };
  }
  return merged;
}
