import type { PracticeSession } from '../database/clinic-record.ts';
import { badResource, unacceptable } from './outcome.ts';
import { type Fields, keepsOnly } from './sent-element.ts';
import { timeOf } from './wall-clock.ts';
import { bpDayOf, daysOfWeek, type WeeklyRow } from './weekly.ts';

interface Hours {
  readonly daysOfWeek: readonly string[];
  readonly openingTime: string;
  readonly closingTime: string;
}

const week = [2, 3, 4, 5, 6, 7, 1].flatMap(daysOfWeek);
const secondsOfDay = 86_400;

/** `hoursOfOperation` of a location's rows: days with the same hours in one entry, however many rows keep them. */
export function openingHours(rows: readonly WeeklyRow[]): Hours[] {
  const groups = new Map<string, Hours>();
  for (const { weekday, opens, closes } of rows) {
    const [openingTime, closingTime] = [timeOf(opens), timeOf(closes)];
    const key = `${openingTime} ${closingTime}`;
    const days = [...(groups.get(key)?.daysOfWeek ?? []), ...daysOfWeek(weekday)];
    groups.set(key, {
      daysOfWeek: week.filter((day) => days.includes(day)),
      openingTime,
      closingTime,
    });
  }
  return [...groups.values()].toSorted(
    (a, b) => firstDay(a) - firstDay(b) || (a.openingTime < b.openingTime ? -1 : 1),
  );
}

function firstDay({ daysOfWeek: [first = ''] }: Hours): number {
  return week.indexOf(first);
}

/** The periods that are said, by day and time. Throws a FhirRefusal: 400 for their form, 422 for ones that overlap. */
export function practiceSessions(hours: readonly Fields[]): readonly PracticeSession[] {
  const sessions = hours
    .flatMap(sessionsOf)
    .toSorted((a, b) => a.dayOfWeek - b.dayOfWeek || a.start - b.start || a.end - b.end);
  const overlap = sessions.some((session, index) => {
    const next = sessions[index + 1];
    return next?.dayOfWeek === session.dayOfWeek && next.start < session.end;
  });
  if (overlap) throw unacceptable('hoursOfOperation: periods of one day overlap');
  return sessions;
}

function sessionsOf(entry: Fields): PracticeSession[] {
  keepsOnly(entry, ['daysOfWeek', 'allDay', 'openingTime', 'closingTime'], 'hoursOfOperation');
  const days: readonly unknown[] = Array.isArray(entry.daysOfWeek) ? entry.daysOfWeek : [];
  if (days.length === 0) throw badResource('hoursOfOperation.daysOfWeek is missing');
  const { start, end } = periodOf(entry);
  return days.map((day) => {
    const dayOfWeek = bpDayOf(String(day));
    if (dayOfWeek === undefined) throw badResource('hoursOfOperation.daysOfWeek names no day');
    return { dayOfWeek, start, end };
  });
}

function periodOf({ allDay, openingTime, closingTime }: Fields): {
  readonly start: number;
  readonly end: number;
} {
  if (allDay !== undefined && typeof allDay !== 'boolean')
    throw badResource('hoursOfOperation.allDay is no boolean');
  if (allDay === true && openingTime === undefined && closingTime === undefined)
    return { start: 0, end: secondsOfDay };
  const start = secondsOf(openingTime, 'hoursOfOperation.openingTime');
  const end = secondsOf(closingTime, 'hoursOfOperation.closingTime');
  if (allDay === true || end <= start)
    throw badResource('hoursOfOperation: the period has no sensible length');
  // The end of a period as it is sent, because FHIR has no 24:00.
  return { start, end: end === secondsOfDay - 1 ? secondsOfDay : end };
}

function secondsOf(value: unknown, path: string): number {
  const [, hours, minutes, seconds] =
    /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.0+)?$/.exec(String(value)) ?? [];
  if (hours === undefined) throw badResource(`${path} is no time of day`);
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
