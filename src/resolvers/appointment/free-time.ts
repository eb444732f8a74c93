/** Whether an appointment can begin at a time, and if not, why. */

import type { Appointment } from '../../datasources/domain/appointment.ts';
import type { EmptyReason, Slot, SlotSearch } from '../../datasources/domain/slot.ts';
import { isPmsId, type Practice } from '../../datasources/practice/practice.ts';
import { addDays, epochMs, instantAt, wallDate, wallSeconds } from '../../time/local.ts';
import type { LocalDate, TimeZone } from '../../time/types.ts';
import type { InputCheck } from '../check-input.ts';
import { maxDaysAhead } from '../limits.ts';
import type { KnownForBooking } from './known-for-booking.ts';

// Rests on assumption B26.

const minute = 60_000;
/** Used if no session says how long an appointment is. */
const usualMinutes = 15;

export interface WantedTime {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly userId: string;
  readonly locationId?: string | undefined;
  /** If absent, the length of the session's slots. */
  readonly durationMinutes?: number | undefined;
  /** The appointment that moves. Its own time counts as free. */
  readonly moving?: Appointment;
}

/** A place in the book: local date and seconds since midnight at the location. */
export interface FreeTime {
  readonly date: LocalDate;
  readonly seconds: number;
  readonly locationId: string;
  readonly durationMinutes: number;
}

/** The last day for free times and bookings, the same for every location. */
export const lastBookableDay = (now: number): LocalDate => addDays(datesAround(now).to, maxDaysAhead);
export const tooFarAhead = `This is more than ${maxDaysAhead} days (two years) ahead.`;

/** The local dates that an instant can have at Australian locations, from Cocos (+06:30) to Norfolk Island (+12:00). */
export function datesAround(at: number): { readonly from: LocalDate; readonly to: LocalDate } {
  const date = (offsetMinutes: number) => new Date(at + offsetMinutes * minute).toISOString().slice(0, 10);
  return { from: date(6 * 60 + 30), to: date(12 * 60) };
}

/** The place in the book, or `taken`. Null if the time is not bookable; the reasons are in `check`. */
export async function findTime(
  known: KnownForBooking,
  check: InputCheck,
  wanted: WantedTime,
): Promise<FreeTime | 'taken' | null> {
  const { at, userId, locationId, durationMinutes, moving } = wanted;
  const overlapsItself = moving?.userId === userId && touches(moving, at, durationMinutes);
  // The appointment's own time is added to free times of the session's own length.
  const search = await known.slots(overlapsItself ? undefined : durationMinutes);
  if (overlapsItself && fitsAroundItself(search.slots, moving, at, wanted)) {
    const { start, durationMinutes: now } = moving;
    const there = { start, durationMinutes: now, zone: moving.location?.timeZone };
    return placeOf(there, at, locationId ?? moving.locationId, known, durationMinutes);
  }
  const slots = overlapsItself ? [] : search.slots.filter((slot) => epochMs(slot.start) === at);
  const slot = slots.find((each) => each.locationId === moving?.locationId) ?? slots[0];
  if (slot) return placeOf(slot, at, slot.locationId ?? locationId, known, durationMinutes);
  return explain(known, check, wanted, search);
}

/** Reports a time in the past, or too far ahead, as an issue of `start`. */
export function checkReach(practice: Practice, check: InputCheck, at: number): void {
  const now = practice.connection.now();
  if (at < now) check.reject(['input', 'start'], 'This time is in the past.');
  else if (datesAround(at).from > lastBookableDay(now)) check.reject(['input', 'start'], tooFarAhead);
}

/** Reports ids that no record can have. They need no request. */
export function checkIds(
  check: InputCheck,
  ids: Readonly<Partial<Record<keyof typeof noSuch, string | undefined>>>,
): void {
  for (const field of Object.keys(noSuch) as (keyof typeof noSuch)[]) {
    const id = ids[field];
    if (id !== undefined && !isPmsId(id)) check.reject(['input', field], noSuch[field]);
  }
}

export const noSuch = {
  patientId: 'The practice has no such patient.',
  userId: 'The practice has no such user.',
  locationId: 'The practice has no such location.',
  typeId: 'The practice has no such appointment type.',
} as const;

/** Reports problems with the user or the location. True if there are none. */
async function checkPlace(
  known: KnownForBooking,
  check: InputCheck,
  { locationId }: { readonly locationId?: string | undefined },
): Promise<boolean> {
  const [user, locations] = await Promise.all([
    known.user(),
    locationId === undefined ? [] : known.locations(),
  ]);
  const issues: ['userId' | 'locationId', string][] = [];
  if (!user) issues.push(['userId', noSuch.userId]);
  else if (user.active === false) issues.push(['userId', 'This user no longer works at the practice.']);
  else if (user.takesAppointments === false) issues.push(['userId', 'This user does not take appointments.']);
  if (locationId !== undefined && !locations.some(({ pmsId }) => pmsId === locationId)) {
    issues.push(['locationId', noSuch.locationId]);
  }
  for (const [field, message] of issues) check.reject(['input', field], message);
  return issues.length === 0;
}

const reasons: Readonly<Record<EmptyReason, string>> = {
  NO_MATCH:
    'The sessions of this user are too short for this appointment. Choose a shorter length or another user.',
  USER_AWAY: 'This user is away on that day.',
  CLINIC_CLOSED: 'The practice is closed on that day.',
  NO_SESSION: 'This user has no session at this time.',
  FULLY_BOOKED: 'No bookable time of this user starts here, or this time is blocked. Choose another time.',
};

async function explain(
  known: KnownForBooking,
  check: InputCheck,
  wanted: WantedTime,
  search: SlotSearch,
): Promise<'taken' | null> {
  const { at, durationMinutes, moving } = wanted;
  const [possible, rows] = await Promise.all([checkPlace(known, check, wanted), known.appointments()]);
  if (!possible) return null;
  const minutes = durationMinutes ?? search.slots[0]?.durationMinutes ?? usualMinutes;
  if (search.onTheDayOnly?.some((slot) => epochMs(slot.start) === at)) {
    check.reject(
      ['input', 'start'],
      'The practice reserves this time for same-day bookings. Choose another time.',
    );
    return null;
  }
  if (rows.some((row) => row.pmsId !== moving?.pmsId && touches(row, at, minutes))) return 'taken';
  check.reject(['input', 'start'], reasons[search.emptyBecause ?? 'FULLY_BOOKED']);
  return null;
}

const touches = (row: Pick<Slot, 'start' | 'end'>, at: number, minutes = usualMinutes): boolean =>
  epochMs(row.start) < at + minutes * minute && at < epochMs(row.end);

/**
 * Whether an appointment that moves by less than its own length fits into free times and its own time. Its own time is
 * extended to the grid of the session: the rest of a slot that it fills only partly becomes free when it moves.
 */
function fitsAroundItself(
  slots: readonly Slot[],
  moving: Appointment,
  at: number,
  { durationMinutes = moving.durationMinutes, locationId }: WantedTime,
): boolean {
  const grid = (slots[0]?.durationMinutes ?? 0) * minute;
  const origin = slots[0] ? epochMs(slots[0].start) : 0;
  const [start, end] = [epochMs(moving.start), epochMs(moving.end)];
  const stretched =
    grid === 0
      ? { from: start, to: end }
      : {
          from: origin + Math.floor((start - origin) / grid) * grid,
          to: origin + Math.ceil((end - origin) / grid) * grid,
        };
  if (locationId !== undefined && locationId !== moving.locationId) return false;
  const free = [stretched, ...slots.map((slot) => ({ from: epochMs(slot.start), to: epochMs(slot.end) }))];
  let reached = at;
  const until = at + durationMinutes * minute;
  for (const { from, to } of free.toSorted((a, b) => a.from - b.from)) {
    if (from <= reached && to > reached) reached = to;
  }
  return reached >= until;
}

/** Local date and time at the location: in its zone, or with the offset of an instant there. */
async function placeOf(
  there: { readonly start: string; readonly durationMinutes: number; readonly zone?: TimeZone | undefined },
  at: number,
  locationId: string | null | undefined,
  known: KnownForBooking,
  durationMinutes = there.durationMinutes,
): Promise<FreeTime> {
  const place = locationId ?? (await known.locations())[0]?.pmsId ?? '';
  const isThere = there.zone === undefined && epochMs(there.start) === at;
  const start = isThere ? there.start : instantAt(at, there.zone ?? there.start.slice(19));
  return { date: wallDate(start), seconds: wallSeconds(start), locationId: place, durationMinutes };
}
