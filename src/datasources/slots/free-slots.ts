/**
 * Free times, worked out from what the practice's database holds: sessions, extra sessions, absences and what is taken.
 *
 * An extra session adds to the day; an absence or a closed day removes all of it; every current row of the book takes its
 * time, appointment or not (assumption B9). A slot starts where the session's own grid starts, and never in the past.
 */
import { addDays, addSeconds, epochMs, localInstant } from '../../time/local.ts';
import type { EmptyReason, LocalDate, Slot, SlotSearch, TimeZone } from '../practice-data.ts';
import { type RosterSession, takesPlaceOn } from './roster.ts';

/** The id under which Bp keeps what holds for the whole practice. */
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

export interface Roster {
  /** Whom to look at: active users who take appointments and match the question. */
  readonly userIds: readonly string[];
  readonly sessions: readonly RosterSession[];
  readonly extraSessions: readonly ExtraSession[];
  readonly absences: readonly Absence[];
  readonly taken: readonly TakenTime[];
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

/** A session with shorter slots is not taken for one: nobody is seen for seconds. */
const minSlotSeconds = 60;

/** More are not listed; the search then says that it is not complete. */
export const slotLimit = 5_000;

/** Why a start that the roster offers is no slot, worst first: the first that occurred explains an empty answer. */
const reasons = ['FULLY_BOOKED', 'USER_AWAY', 'CLINIC_CLOSED', 'NO_MATCH', 'NO_SESSION'] as const;

/** Free slots of the range in order of time, then of `userIds`; when there is none, why, also user by user. */
export function freeSlots(roster: Roster, question: SlotQuestion): SlotSearch {
  const unknownPlace = question.locationId !== undefined && !roster.zones.has(question.locationId);
  if (roster.userIds.length === 0 || unknownPlace) {
    return { slots: [], emptyBecause: 'NO_MATCH', emptyByUser: new Map(), complete: true };
  }
  const seen = new Map(roster.userIds.map((userId) => [userId, new Set<EmptyReason>(['NO_SESSION'])]));
  const taken = byUserAndDate(roster.taken);
  const slots: Slot[] = [];
  for (let date = question.from; date <= question.to; date = addDays(date, 1)) {
    const ofTheDay = [...seen].flatMap(([userId, reasonsOfUser]) => {
      const sessions = sessionsOf(roster, question, userId, date);
      if (sessions.length === 0) return [];
      const away = absence(roster.absences, userId, date);
      if (away) {
        reasonsOfUser.add(away);
        return [];
      }
      const busy = taken.get(`${userId} ${date}`) ?? [];
      return slotsOfUser(sessions, busy, userId, date, roster.zones, question, reasonsOfUser);
    });
    slots.push(...ofTheDay.sort((a, b) => a.at - b.at).map(({ slot }) => slot));
    if (slots.length > slotLimit)
      return { slots: slots.slice(0, slotLimit), emptyBecause: null, complete: false };
  }
  return { slots, ...whyEmpty(slots, seen), complete: true };
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

function slotsOfUser(
  sessions: readonly Hours[],
  busy: readonly TakenTime[],
  userId: string,
  date: LocalDate,
  zones: ReadonlyMap<string, TimeZone>,
  question: SlotQuestion,
  seen: Set<EmptyReason>,
): { readonly at: number; readonly slot: Slot }[] {
  const starts = new Map<number, { readonly at: number; readonly slot: Slot }>();
  for (const { locationId, start: opens, end: closes, length } of sessions) {
    const zone = zones.get(locationId);
    const wanted = question.durationMinutes === undefined ? length : question.durationMinutes * 60;
    if (!zone || length < minSlotSeconds) continue;
    if (opens + wanted > closes) seen.add('NO_MATCH');
    for (let begins = opens; begins + wanted <= closes; begins += length) {
      const start = localInstant(date, begins, zone);
      const at = epochMs(start);
      if (at < question.now || starts.has(begins)) continue;
      if (busy.some((row) => row.start < begins + wanted && begins < row.start + row.length)) {
        seen.add('FULLY_BOOKED');
        continue;
      }
      const end = addSeconds(start, wanted, zone);
      starts.set(begins, {
        at,
        slot: { start, end, durationMinutes: Math.round(wanted / 60), userId, locationId },
      });
    }
  }
  return [...starts.values()];
}

function byUserAndDate(taken: readonly TakenTime[]): ReadonlyMap<string, readonly TakenTime[]> {
  const found = new Map<string, TakenTime[]>();
  for (const row of taken) {
    const key = `${row.userId} ${row.date}`;
    const rows = found.get(key);
    if (rows) rows.push(row);
    else found.set(key, [row]);
  }
  return found;
}
