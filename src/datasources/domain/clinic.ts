import type { DayOfWeek, LocalDate, LocalTime, TimeZone } from '../../time/types.ts';
import type { Address } from './patient.ts';

export type ClinicHoursSource =
  | 'RECORDED'
  | 'PRACTICE_SESSIONS'
  | 'DERIVED_FROM_USER_SESSIONS'
  | 'CONFIGURED';

export interface Location {
  readonly pmsId: string;
  readonly name: string | null;
  readonly address: Address | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly timeZone: TimeZone;
}

export interface OpenPeriod {
  readonly opens: LocalTime;
  readonly closes: LocalTime;
}

/** One location's week: always seven entries, Monday first. A day without periods is closed. */
export interface ClinicWeek {
  readonly locationId: string;
  readonly source: ClinicHoursSource;
  readonly week: readonly { readonly day: DayOfWeek; readonly periods: readonly OpenPeriod[] }[];
}

export interface DayClosed {
  readonly pmsId: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly reason: string | null;
  readonly locationId: string | null;
}

export interface DateRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}
