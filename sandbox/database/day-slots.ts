import { awayOn, workingTimes } from './roster.ts';
import type { Rosters } from './seed-rosters.ts';
import type { StaffMember } from './staff.ts';

/** A place in the book: one step of a session. */
export interface DaySlot {
  readonly member: StaffMember;
  readonly locationId: number;
  /** Seconds since midnight. */
  readonly time: number;
  readonly length: number;
}

/** Every place of a day's book, taken or not, in the order of staff and time. */
export function daySlots(rosters: Rosters, staff: readonly StaffMember[], date: string): DaySlot[] {
  return staff.flatMap((member) => {
    if (member.clinician < 0 || awayOn(rosters.away, member.userId, date)) return [];
    return workingTimes(rosters.sessions, rosters.extra, member.userId, date).flatMap((session) => {
      const slots: DaySlot[] = [];
      for (let time = session.start; time < session.end; time += session.length) {
        slots.push({ member, locationId: session.locationId, time, length: session.length });
      }
      return slots;
    });
  });
}
