import type { Appointment, AppointmentQuery } from '../domain/appointment.ts';
import { compareAppointmentKeys, keyOfAppointment } from '../domain/order.ts';

type Window = Pick<AppointmentQuery, 'after' | 'limit' | 'limitPer'>;

/** Sorts by wall date, wall time, id. Applies `after` and `limit` too, because FHIR has no keyset pages. */
export function windowOf(
  appointments: readonly Appointment[],
  { after, limit, limitPer }: Window,
): readonly Appointment[] {
  const keyed = appointments
    .map((appointment) => ({ appointment, key: keyOfAppointment(appointment) }))
    .filter(({ key }) => after === undefined || compareAppointmentKeys(key, after) > 0)
    .toSorted((a, b) => compareAppointmentKeys(a.key, b.key))
    .map(({ appointment }) => appointment);
  if (limit === undefined) return keyed;
  if (limitPer === undefined) return keyed.slice(0, limit);
  const taken = new Map<string | null, number>();
  return keyed.filter((appointment) => {
    const owner = limitPer === 'user' ? appointment.userId : appointment.patientId;
    const count = (taken.get(owner) ?? 0) + 1;
    taken.set(owner, count);
    return count <= limit;
  });
}
