import { wallDate, wallSeconds } from '../../time/local.ts';
import type { Appointment, AppointmentKey, AppointmentQuery } from '../practice-data.ts';
import { compareIds } from './order.ts';

type Window = Pick<AppointmentQuery, 'after' | 'limit' | 'limitPer'>;

/** In the order of the port: wall date, wall time, id. FHIR knows no keyset, so `after` and `limit` are cut here. */
export function windowOf(
  appointments: readonly Appointment[],
  { after, limit, limitPer }: Window,
): readonly Appointment[] {
  const keyed = appointments
    .map((appointment) => ({ appointment, key: keyOf(appointment) }))
    .filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
    .toSorted((a, b) => compareKeys(a.key, b.key))
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

const keyOf = ({ start, pmsId }: Appointment): AppointmentKey => ({
  date: wallDate(start),
  seconds: wallSeconds(start),
  pmsId,
});

function compareKeys(a: AppointmentKey, b: AppointmentKey): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.seconds - b.seconds || compareIds(a.pmsId, b.pmsId);
}
