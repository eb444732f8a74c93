import type { AppointmentType } from '../domain/appointment.ts';
import type { Selection } from '../domain/selection.ts';
import { type SelectList, whereSelected } from './columns.ts';
import type { Reader } from './row.ts';

/** Selects the columns of types with these fields. `t` is APPOINTMENTTYPES. Reads as null when the row has no named type. */
export function appointmentTypeReader(list: SelectList, fields: Selection): Reader<AppointmentType | null> {
  const selected = whereSelected(fields);
  const pmsId = list.id('t.APPOINTMENTCODE');
  const name = list.text('t.DESCRIPTION');
  const length = selected(['defaultDurationMinutes'], () => list.integer('t.APPOINTMENTLENGTH'));
  return (row) => {
    const id = pmsId(row);
    const called = name(row);
    if (id === null || called === null) return null;
    return { pmsId: id, name: called, defaultDurationMinutes: list.codes.minutesOfType(length(row)) };
  };
}
