import type { ClinicWeek } from '../../datasources/domain/clinic.ts';
import { addDays, dayOfWeek, epochMs, localInstant, secondsOfDay, today } from '../../time/local.ts';
import type { Instant, TimeZone } from '../../time/types.ts';

// Rests on assumption B13.

export interface Opening {
  readonly openNow: boolean;
  /** The next opening after now. Null if the week has no hours. */
  readonly nextOpening: Instant | null;
}

/**
 * Evaluates a week of opening hours at a moment (milliseconds since 1970) in the location's zone. Hours are local times, also
 * on days of 23 or 25 hours.
 */
export function openingAt(week: ClinicWeek['week'], zone: TimeZone, now: number): Opening {
  const date = today(now, zone);
  const periods = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((offset) => {
    const day = addDays(date, offset);
    const hours = week.find((entry) => entry.day === dayOfWeek(day));
    return (hours?.periods ?? []).map(({ opens, closes }) => {
      const start = localInstant(day, secondsOfDay(opens), zone);
      const end = localInstant(day, secondsOfDay(closes), zone);
      return { start, startMs: epochMs(start), endMs: epochMs(end) };
    });
  });
  const isOpen = (moment: number) =>
    periods.some(({ startMs, endMs }) => startMs <= moment && moment < endMs);
  const next = periods
    .filter(({ startMs }) => startMs > now && !isOpen(startMs - 1))
    .sort((a, b) => a.startMs - b.startMs)[0];
  return { openNow: isOpen(now), nextOpening: next?.start ?? null };
}
