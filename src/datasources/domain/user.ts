import type { DayOfWeek, LocalDate, LocalTime } from '../../time/types.ts';

export type UserRole = 'DOCTOR' | 'NURSE' | 'ALLIED_HEALTH' | 'RECEPTIONIST' | 'PRACTICE_MANAGER' | 'OTHER';

export interface User {
  readonly pmsId: string;
  readonly title: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly role: UserRole;
  readonly pmsRole: string | null;
  readonly active: boolean | null;
  readonly takesAppointments: boolean | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locationId: string | null;
  /** Undefined when not fetched with the user. Then the resolver calls `providerNumbers`. */
  readonly providerNumbers?: readonly ProviderNumber[];
}

export interface ProviderNumber {
  readonly userId: string;
  readonly number: string;
  readonly locationId: string | null;
}

export interface Session {
  readonly userId: string;
  readonly day: DayOfWeek;
  readonly opens: LocalTime;
  readonly closes: LocalTime;
  readonly slotMinutes: number | null;
  readonly locationId: string | null;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
}

export interface DayAway {
  readonly userId: string;
  readonly pmsId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly reason: string | null;
}
