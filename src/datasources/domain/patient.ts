import type { LocalDate } from '../../time/types.ts';
import type { Selection } from './selection.ts';

export const patientStatuses = ['ACTIVE', 'INACTIVE', 'DECEASED'] as const;
export type PatientStatus = (typeof patientStatuses)[number];

export const sexes = ['MALE', 'FEMALE', 'OTHER', 'UNKNOWN'] as const;
export type Sex = (typeof sexes)[number];

export interface Address {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly suburb: string | null;
  readonly postcode: string | null;
  readonly state: string | null;
  readonly country: string | null;
}

export interface Patient {
  readonly pmsId: string;
  readonly status: PatientStatus | null;
  readonly title: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly preferredName: string | null;
  readonly birthDate: LocalDate | null;
  readonly sex: Sex | null;
  readonly address: Address | null;
  readonly postalAddress: Address | null;
  readonly homePhone: string | null;
  readonly workPhone: string | null;
  readonly mobilePhone: string | null;
  readonly email: string | null;
  readonly medicare: MedicareCard | null;
  readonly dva: DvaCard | null;
  readonly ihi: string | null;
  readonly usualUserId: string | null;
}

export interface MedicareCard {
  readonly number: string;
  readonly individualReferenceNumber: string | null;
  /** `MM/YYYY` */
  readonly expiry: string | null;
}

export interface DvaCard {
  readonly number: string;
  readonly type: string | null;
}

export interface PatientSearch {
  /** Each word must begin some word of first, middle, preferred or last name, both folded as in `name-words.ts`. */
  readonly name?: string;
  readonly birthDate?: LocalDate;
  /** Digits only, national form: `0491570006`. Matches home, work or mobile. */
  readonly phone?: string;
  readonly email?: string;
  /** Ten digits, without the individual reference number. */
  readonly medicareNumber?: string;
}

/**
 * Ordered by last name, first name, id; see `maxLastNamesInOrder` for a search that finds very many. Deleted records never
 * appear, inactive and deceased ones do.
 */
export interface PatientQuery {
  readonly ids?: readonly string[];
  readonly search?: PatientSearch;
  /** Continue after this patient. */
  readonly afterId?: string;
  readonly limit?: number;
  readonly fields: Selection;
}
