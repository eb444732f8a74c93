import type { OpenPeriod } from '../../datasources/domain/clinic.ts';
import type { DayOfWeek } from '../../time/types.ts';
import type { InputCheck } from '../check-input.ts';

export interface DayHoursInput {
  readonly day: DayOfWeek;
  readonly periods: readonly OpenPeriod[];
}

/** The given days, each with its periods sorted by time. Periods that touch or overlap are an issue and are not merged. */
export function readWeek(
  check: InputCheck,
  path: readonly string[],
  week: readonly DayHoursInput[],
): ReadonlyMap<DayOfWeek, readonly OpenPeriod[]> {
  const days = new Map<DayOfWeek, readonly OpenPeriod[]>();
  if (week.length === 0) check.reject(path, 'Enter at least one day.');
  for (const [index, { day, periods }] of week.entries()) {
    const at = [...path, String(index)];
    if (days.has(day)) check.reject([...at, 'day'], 'This day appears twice.');
    days.set(day, readPeriods(check, [...at, 'periods'], periods));
  }
  return days;
}

function readPeriods(
  check: InputCheck,
  path: readonly string[],
  periods: readonly OpenPeriod[],
): readonly OpenPeriod[] {
  const inOrder = periods
    .map((period, index) => ({ ...period, at: [...path, String(index)] }))
    .toSorted((a, b) => (a.opens < b.opens ? -1 : 1));
  let closedAt = '';
  for (const { opens, closes, at } of inOrder) {
    const first = check.time([...at, 'opens'], opens);
    const last = check.time([...at, 'closes'], closes);
    if (first === undefined || last === undefined) continue;
    if (closes <= opens) check.reject([...at, 'closes'], 'The closing time must be after the opening time.');
    else if (opens <= closedAt)
      check.reject([...at, 'opens'], 'This period overlaps or touches another one. Enter one longer period.');
    closedAt = closes;
  }
  return inOrder.map(({ opens, closes }) => ({ opens, closes }));
}
