/**
 * Calculates free times from the practice's database: sessions, extra sessions, absences and taken times.
 *
 * An extra session adds to the day. An absence or a closed day removes the whole day. Every current row of the book takes
 * its time, also when it is not an appointment (assumption B9). A time that is reserved for same-day bookings is free only
 * on that day (assumption B42). A slot starts on the grid of its session, never in the past, and never at a skipped wall
 * time.
 */

import { rowsByOwner } from '../../../lib/rows-by-owner.ts';
import {
  addDays,
  type Day,
  datesFrom,
  dayIn,
  daysBetween,
  epochMsOn,
  existingInstantOn,
  laterInstantOn,
  today,
} from '../../../time/local.ts';
import type { LocalDate, TimeZone } from '../../../time/types.ts';
import type { EmptyReason, Slot, SlotSearch } from '../slot.ts';
import { fallsOn, type RosterSession, takesPlaceOn } from './roster.ts';

/** Bp's user id for entries of the whole practice. */
export const wholePractice = '0';

export interface ExtraSession {
  readonly userId: string;
  readonly locationId: string;
  readonly date: LocalDate;
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

export interface Absence {
  /** `0`: the practice is closed. */
  readonly userId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export interface TakenTime {
  readonly userId: string;
  readonly date: LocalDate;
  /** Seconds since midnight, and seconds long. */
  readonly start: number;
  readonly length: number;
}

/** A weekly time that can be booked only on its own day. */
export interface ReservedTime {
  readonly userId: string;
  /** Bp's DAYOFWEEK: 0 to 7. */
  readonly weekday: number;
  /** Seconds since midnight. */
  readonly start: number;
}

export interface Roster {
  /** Active users who take appointments and match the query. */
  readonly userIds: readonly string[];
  readonly sessions: readonly RosterSession[];
  readonly extraSessions: readonly ExtraSession[];
  readonly absences: readonly Absence[];
  readonly taken: readonly TakenTime[];
  readonly reserved: readonly ReservedTime[];
  /** Zone of each current location, by id. */
  readonly zones: ReadonlyMap<string, TimeZone>;
}

export interface SlotQuestion {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly locationId?: string;
  /** Absent: the session's own slot length. */
  readonly durationMinutes?: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const secondsPerDay = 86_400;
/** Sessions with shorter slots are ignored as invalid. */
const minSlotSeconds = 60;

/** The maximum number of slots in an answer. With more, the search is not complete. */
export const slotLimit = 5_000;

/** Why a start in the roster is not a slot. The first reason in this order that occurred explains an empty answer. */
const reasons = ['FULLY_BOOKED', 'USER_AWAY', 'CLINIC_CLOSED', 'NO_MATCH', 'NO_SESSION'] as const;

/** Free slots of the range, ordered by time and then by `userIds`. Without any, the reason, also for each user. */
export function freeSlots(roster: Roster, question: SlotQuestion): SlotSearch {
  const unknownPlace = question.locationId !== undefined && !roster.zones.has(question.locationId);
  if (roster.userIds.length === 0 || unknownPlace) {
    return { slots: [], emptyBecause: 'NO_MATCH', emptyByUser: new Map(), complete: true };
  }
  const seen = new Map(roster.userIds.map((userId) => [userId, new Set<EmptyReason>(['NO_SESSION'])]));
  const taken = byUserAndDate(roster.taken, question);
  const reserved = rowsByOwner(roster.reserved, ({ userId }) => userId);
  const slots: Slot[] = [];
  const onTheDayOnly: Slot[] = [];
  for (const date of datesFrom(question.from, question.to)) {
    const ofTheDay = [...seen].flatMap(([userId, reasonsOfUser]) => {
      const sessions = sessionsOf(roster, question, userId, date);
      if (sessions.length === 0) return [];
      const away = absence(roster.absences, userId, date);
      if (away) {
        reasonsOfUser.add(away);
        return [];
      }
      const times = {
        taken: taken.get(`${userId} ${date}`) ?? [],
        reserved: (reserved.get(userId) ?? []).filter(({ weekday }) => fallsOn(weekday, date)),
      };
      return slotsOfUser(sessions, times, userId, date, roster.zones, question, reasonsOfUser);
    });
    for (const { slot, kept } of ofTheDay.sort((a, b) => a.at - b.at))
      (kept ? onTheDayOnly : slots).push(slot);
    if (slots.length > slotLimit)
      return { slots: slots.slice(0, slotLimit), emptyBecause: null, onTheDayOnly, complete: false };
  }
  return { slots, ...whyEmpty(slots, seen), onTheDayOnly, complete: true };
}

function whyEmpty(
  slots: readonly Slot[],
  seen: ReadonlyMap<string, ReadonlySet<EmptyReason>>,
): Pick<SlotSearch, 'emptyBecause' | 'emptyByUser'> {
  const withSlots = new Set(slots.map(({ userId }) => userId));
  const firstOf = (found: (reason: EmptyReason) => boolean) => reasons.find(found) ?? 'NO_SESSION';
  const emptyByUser = new Map(
    [...seen]
      .filter(([userId]) => !withSlots.has(userId))
      .map(([userId, ofUser]) => [userId, firstOf((reason) => ofUser.has(reason))]),
  );
  const inAll = [...emptyByUser.values()];
  return { emptyBecause: slots.length > 0 ? null : firstOf((reason) => inAll.includes(reason)), emptyByUser };
}

type Hours = Pick<ExtraSession, 'locationId' | 'start' | 'end' | 'length'>;

function sessionsOf(
  roster: Roster,
  question: SlotQuestion,
  userId: string,
  date: LocalDate,
): readonly Hours[] {
  const here = (hours: { readonly userId: string; readonly locationId: string }) =>
    hours.userId === userId &&
    (question.locationId === undefined || hours.locationId === question.locationId);
  return [
    ...roster.sessions.filter((session) => here(session) && takesPlaceOn(session, date)),
    ...roster.extraSessions.filter((session) => here(session) && session.date === date),
  ];
}

function absence(absences: readonly Absence[], userId: string, date: LocalDate): EmptyReason | undefined {
  const today = absences.filter(({ from, to }) => from <= date && date <= to);
  if (today.some((away) => away.userId === userId)) return 'USER_AWAY';
  return today.some((away) => away.userId === wholePractice) ? 'CLINIC_CLOSED' : undefined;
}

interface FoundSlot {
  readonly at: number;
  readonly slot: Slot;
  /** Reserved for bookings on its day, which is not today. */
  readonly kept: boolean;
}

function slotsOfUser(
  sessions: readonly Hours[],
  times: { readonly taken: readonly TakenTime[]; readonly reserved: readonly ReservedTime[] },
  userId: string,
  date: LocalDate,
  zones: ReadonlyMap<string, TimeZone>,
  question: SlotQuestion,
  seen: Set<EmptyReason>,
): FoundSlot[] {
  const starts = new Map<number, FoundSlot>();
  for (const { locationId, start: opens, end: closes, length } of sessions) {
    const zone = zones.get(locationId);
    const wanted = question.durationMinutes === undefined ? length : question.durationMinutes * 60;
    if (!zone || length < minSlotSeconds) continue;
    const day = dayIn(date, zone);
    const isFree = freeTimeOf(day, times.taken);
    if (opens + wanted > closes) seen.add('NO_MATCH');
    for (let begins = opens; begins + wanted <= closes; begins += length) {
      const start = existingInstantOn(day, begins);
      if (start === null) continue;
      const at = epochMsOn(day, begins);
      if (at < question.now || starts.has(at)) continue;
      if (!isFree(begins, at, wanted)) {
        seen.add('FULLY_BOOKED');
        continue;
      }
      const onTheDay = times.reserved.some(
        (time) => time.start < begins + wanted && begins < time.start + length,
      );
      const kept = onTheDay && date !== today(question.now, zone);
      if (kept) seen.add('FULLY_BOOKED');
      const end = laterInstantOn(day, begins, wanted);
      const durationMinutes = Math.round(wanted / 60);
      starts.set(at, { at, slot: { start, end, durationMinutes, userId, locationId, onTheDay }, kept });
    }
  }
  return [...starts.values()];
}

type IsFree = (begins: number, at: number, wanted: number) => boolean;

/**
 * Whether a part of a day is free. Compares wall times, as Bp Premier does. On a day when the clocks change, it also compares
 * elapsed times.
 */
function freeTimeOf(day: Day, taken: readonly TakenTime[]): IsFree {
  const onTheWall: IsFree = (begins, _at, wanted) =>
    !taken.some((row) => row.start < begins + wanted && begins < row.start + row.length);
  if (day.offset !== null) return onTheWall;
  const elapsed = taken
    .filter(({ start }) => start >= 0 && start < secondsPerDay)
    .map(({ start, length }) => {
      const from = epochMsOn(day, start);
      return { from, to: from + length * 1000 };
    });
  return (begins, at, wanted) =>
    onTheWall(begins, at, wanted) && !elapsed.some(({ from, to }) => from < at + wanted * 1000 && at < to);
}

/** A row that runs past midnight also takes time of the following days. A row without a length takes its start. */
function byUserAndDate(
  taken: readonly TakenTime[],
  { from, to }: Pick<SlotQuestion, 'from' | 'to'>,
): ReadonlyMap<string, readonly TakenTime[]> {
  const found = new Map<string, TakenTime[]>();
  const add = (part: TakenTime) => {
    const key = `${part.userId} ${part.date}`;
    const rows = found.get(key);
    if (rows) rows.push(part);
    else found.set(key, [part]);
  };
  for (const row of taken) {
    const length = Math.max(row.length, 1);
    const days = Math.max(0, Math.ceil((row.start + length) / secondsPerDay) - 1);
    if (days === 0) {
      if (from <= row.date && row.date <= to) add(length === row.length ? row : { ...row, length });
      continue;
    }
    const last = addDays(row.date, days);
    for (const date of datesFrom(row.date < from ? from : row.date, last < to ? last : to)) {
      add({ ...row, date, start: row.start - daysBetween(row.date, date) * secondsPerDay, length });
    }
  }
  return found;
}
