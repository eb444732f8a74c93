import type { PracticeManagementSystem } from '../datasources/domain/pms.ts';
import type { RoutedPractice } from '../datasources/practice/choose-source.ts';
import { callPort, writesInFront } from '../datasources/practice/port-methods.ts';
import { NoAnswer, type PracticeWrites } from '../datasources/practice/write-port.ts';
import type { LiveBooks } from './live-books.ts';

interface Announced {
  readonly routed: RoutedPractice;
  readonly place: { readonly pms: PracticeManagementSystem; readonly bpSiteId: string };
  readonly live: Pick<LiveBooks, 'written'>;
}

/** A practice whose written appointments reach the watched books at once, without waiting for a look at the practice. */
export function announcedWrites(
  routed: RoutedPractice,
  place: Announced['place'],
  live: Pick<LiveBooks, 'written'>,
): RoutedPractice {
  return {
    data: routed.data,
    writes: announced({ routed, place, live }),
    capabilities: () => routed.capabilities(),
  };
}

const ofAppointments: ReadonlySet<keyof PracticeWrites> = new Set([
  'bookAppointment',
  'updateAppointment',
  'moveAppointment',
  'cancelAppointment',
  'arriveAppointment',
]);

const announced = writesInFront<Announced>(async ({ routed, place, live }, write, change) => {
  if (!ofAppointments.has(write)) return callPort(routed.writes, write, change);
  const { appointmentId, date = null } = change as { appointmentId?: string; date?: string };
  try {
    const answer = await callPort(routed.writes, write, change);
    const { appointmentId: booked } = (answer ?? {}) as { appointmentId?: string };
    const id = appointmentId ?? booked;
    live.written(place, id === undefined ? [] : [id], date);
    return answer;
  } catch (error) {
    // It may have been made.
    if (error instanceof NoAnswer)
      live.written(place, appointmentId === undefined ? [] : [appointmentId], date);
    throw error;
  }
});
