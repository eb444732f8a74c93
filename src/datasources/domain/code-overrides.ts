import type { AppointmentStatus } from './appointment.ts';
import type { PatientStatus, Sex } from './patient.ts';

/**
 * Codes, status values and units of one practice's Bp Premier database that differ from what is assumed. Each replaces the
 * assumed value at its one place; what is not named stays as assumed. Operators write them in `PRACTICES_FILE`.
 */
export interface CodeOverrides {
  /** `RECORDSTATUS` of appointments that stand in the book; 1 is one of them (B1). */
  readonly liveRecordStatuses?: readonly number[] | undefined;
  /** The meaning of codes in `APPOINTMENTS.APPOINTMENTCODE`; `BLOCKED`: the row blocks time and is no appointment (B2). */
  readonly appointmentStatuses?:
    | Readonly<Record<string, Exclude<AppointmentStatus, 'CANCELLED'> | 'BLOCKED'>>
    | undefined;
  /** The unit of `APPOINTMENTTYPES.APPOINTMENTLENGTH` (B3). */
  readonly appointmentTypeLengthUnit?: 'seconds' | 'minutes' | undefined;
  /** The meaning of texts in `PATIENTSTATUS.STATUSTEXT`, ignoring case (B4). */
  readonly patientStatuses?: Readonly<Record<string, PatientStatus>> | undefined;
  /** The meaning of texts in `SEX.SEX`, ignoring case (B4). */
  readonly sexes?: Readonly<Record<string, Sex>> | undefined;
  /** The meaning of `USERSTATUS`; `HIDDEN`: the user is never shown (B5). */
  readonly userStatuses?: Readonly<Record<string, 'ACTIVE' | 'INACTIVE' | 'HIDDEN'>> | undefined;
  /** `APPOINTMENTTYPES.APPOINTMENTCODE` that is booked where no type is named (B21). */
  readonly standardAppointmentType?: number | undefined;
  /** `RECORDSTATUS` that takes away a row of `DAYSAWAY` or `SESSIONS` (B31). */
  readonly removedRecordStatus?: number | undefined;
}
