/** What a practice can be told about its patients. */

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

/** Bp Premier keeps one line of it. */
export type PostalAddress = Omit<HomeAddress, 'line2'>;

/** Everything of a patient that can be told. Null: none. */
export interface PatientDetails {
  /** As the practice writes it, such as `Mrs`: SQL Passthrough knows those of the practice's own list. */
  readonly title: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly preferredName: string | null;
  readonly birthDate: LocalDate | null;
  readonly sex: Sex;
  readonly address: HomeAddress | null;
  readonly postalAddress: PostalAddress | null;
  /** Phones without blanks: digits, `+` before those of other countries. */
  readonly homePhone: string | null;
  readonly workPhone: string | null;
  readonly mobilePhone: string | null;
  readonly email: string | null;
  readonly medicare: MedicareCard | null;
  readonly dva: DvaCard | null;
}

export interface NewPatient extends PatientDetails {
  /** What of the patient is read back. @default what every patient has */
  readonly fields?: Selection;
}

export interface AddedPatient {
  readonly patientId: string;
  /** Null where the source cannot read it back in the same call. */
  readonly patient: Patient | null;
}

export interface ChangedPatient {
  /** Null where the source cannot read it back in the same call. */
  readonly patient: Patient | null;
}

export interface PatientChange {
  readonly patientId: string;
  /** What of the patient is read back. @default what every patient has */
  readonly fields?: Selection;
  /** What is absent stays as it is; an address or a card is replaced as a whole. At least one. */
  readonly details: Partial<PatientDetails>;
}
