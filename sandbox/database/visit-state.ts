import type { Random } from './random.ts';

export interface VisitState {
  readonly APPOINTMENTCODE: number;
  readonly ARRIVALTIME: number;
  readonly CONSULTATIONTIME: number;
  readonly VISITLENGTH: number;
}

const clock = (hours: number): number => hours * 3600;
const booked: VisitState = { APPOINTMENTCODE: 1, ARRIVALTIME: 0, CONSULTATIONTIME: 0, VISITLENGTH: 0 };

function seen(code: number, time: number, length: number, random: Random): VisitState {
  const CONSULTATIONTIME = time + random.between(-2, 20) * 60;
  return {
    APPOINTMENTCODE: code,
    ARRIVALTIME: CONSULTATIONTIME - random.between(1, 15) * 60,
    CONSULTATIONTIME,
    VISITLENGTH: code === 3 ? 0 : length - random.between(0, 4) * 60,
  };
}

/** The state of a visit. Visits on past days are over, on future days booked; `today` is fixed at half past eleven. */
export function visitState(
  when: 'past' | 'today' | 'future',
  time: number,
  length: number,
  random: Random,
): VisitState {
  if (when === 'future' || (when === 'today' && time >= clock(12.5))) return booked;
  if (random.chance(0.05)) return { ...booked, APPOINTMENTCODE: 10 };
  if (when === 'past' || time < clock(11))
    return seen(random.pick([5, 13, 13, 13, 12, 4]), time, length, random);
  if (time < clock(11.5)) return seen(random.pick([3, 3, 4]), time, length, random);
  return random.chance(0.6)
    ? { ...booked, APPOINTMENTCODE: 2, ARRIVALTIME: time - random.between(5, 20) * 60 }
    : booked;
}
