import { rowsByOwner } from '../../../lib/rows-by-owner.ts';
import type { Appointment, AppointmentQuery } from '../../domain/appointment.ts';
import { mergeSelections, selectionKey } from '../../domain/merge-selections.ts';
import type { Selection } from '../../domain/selection.ts';
import type { PracticeData } from '../port.ts';
import { groupedLoader } from './grouped-loader.ts';

/** The filters of the appointments of a user or patient. */
export type AppointmentFilters = Pick<
  AppointmentQuery,
  'from' | 'to' | 'statuses' | 'locationId' | 'after' | 'limit'
>;

export interface WantedAppointments {
  readonly ownerId: string;
  readonly filters: AppointmentFilters;
  readonly fields: Selection;
}

const filterKey = ({ filters: { from, to, statuses, locationId, after, limit } }: WantedAppointments) =>
  JSON.stringify([from, to, statuses, locationId, after, limit]);

/** Appointments by user or by patient. All owners with the same filters share one call. The limit applies to each owner. */
export function appointmentsOfLoader(
  data: PracticeData,
  owner: 'user' | 'patient',
  countBatched: (saved: number) => void,
) {
  const ownerOf = (appointment: Appointment) =>
    owner === 'user' ? appointment.userId : appointment.patientId;
  return groupedLoader<WantedAppointments, readonly Appointment[]>({
    cacheKey: (key) => `${key.ownerId} ${filterKey(key)} ${selectionKey(key.fields)}`,
    groupKey: filterKey,
    read: async (keys) => {
      const ids = [...new Set(keys.map((key) => key.ownerId))];
      const filters = keys[0]?.filters ?? {};
      const rows = await data.appointments({
        ...filters,
        ...(owner === 'user' ? { userIds: ids } : { patientIds: ids }),
        ...(ids.length > 1 && filters.limit !== undefined ? { limitPer: owner } : {}),
        fields: mergeSelections(keys.map((key) => key.fields)),
      });
      const byOwner = rowsByOwner(rows, ownerOf);
      return ({ ownerId }) => byOwner.get(ownerId) ?? [];
    },
    countBatched,
  });
}
