/** Changes of a practice's patients. */

import type { LocalDate } from '../../time/types.ts';
import type { DvaCard, MedicareCard, Patient, Sex } from './patient.ts';
import type { Selection } from './selection.ts';

export interface HomeAddress {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly suburb: string | null;
  /** Four digits. */
  readonly postcode: string | null;
}

/** Bp Premier stores one line of it. */
export type PostalAddress = Omit<HomeAddress, 'line2'>;

/** All patient details that can be written. Null: none. */
export interface PatientDetails {
  /** As the practice writes it, such as `Mrs`. SQL Passthrough accepts only titles of the practice's list. */
  readonly title: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly preferredName: string | null;
  readonly birthDate: LocalDate | null;
  readonly sex: Sex;
  readonly address: HomeAddress | null;
  readonly postalAddress: PostalAddress | null;
  /** Phone numbers without blanks: digits, with a leading `+` for other countries. */
  readonly homePhone: string | null;
  readonly workPhone: string | null;
  readonly mobilePhone: string | null;
  readonly email: string | null;
  readonly medicare: MedicareCard | null;
  readonly dva: DvaCard | null;
}

export interface NewPatient extends PatientDetails {
  /** The fields of the patient to read back. @default the fields that every patient has */
  readonly fields?: Selection;
}

export interface AddedPatient {
  readonly patientId: string;
  /** Null when the source cannot read it back in the same call. */
  readonly patient: Patient | null;
}

export interface ChangedPatient {
  /** Null when the source cannot read it back in the same call. */
  readonly patient: Patient | null;
}

export interface PatientChange {
  readonly patientId: string;
  /** The fields of the patient to read back. @default the fields that every patient has */
  readonly fields?: Selection;
  /** Absent details stay as they are. An address or a card is replaced as a whole. At least one. */
  readonly details: Partial<PatientDetails>;
}
