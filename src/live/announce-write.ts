import type { PracticeManagementSystem } from '../datasources/domain/pms.ts';
import type { PracticeWrites } from '../datasources/practice/write-port.ts';
import type { LiveBooks } from './live-books.ts';

const ofAppointments: ReadonlySet<keyof PracticeWrites> = new Set([
  'bookAppointment',
  'updateAppointment',
  'moveAppointment',
  'cancelAppointment',
  'arriveAppointment',
]);

interface Written {
  readonly write: keyof PracticeWrites;
  readonly change: unknown;
  /** Undefined: the change may have been made. */
  readonly answer: unknown;
}

/** Sends a written appointment to the watched books at once, without a call to the practice. */
export function announceWrite(
  live: Pick<LiveBooks, 'written'>,
  { pms, bpSiteId }: { readonly pms: PracticeManagementSystem; readonly bpSiteId: string },
  { write, change, answer }: Written,
): void {
  if (!ofAppointments.has(write)) return;
  const { appointmentId, date = null } = change as { appointmentId?: string; date?: string };
  const { appointmentId: booked } = (answer ?? {}) as { appointmentId?: string };
  const id = appointmentId ?? booked;
  live.written({ pms, bpSiteId }, id === undefined ? [] : [id], date);
}
