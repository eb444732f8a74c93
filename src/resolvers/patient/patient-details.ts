/** Checks the details of a patient in the input, and brings them into the form in which they are stored. */

import type { DvaCard, Sex } from '../../datasources/domain/patient.ts';
import type { HomeAddress, PatientDetails } from '../../datasources/domain/patient-writes.ts';
import type { Maybe } from '../../lib/maybe.ts';
import { addDays } from '../../time/local.ts';
import type { LocalDate } from '../../time/types.ts';
import { zoneOfPostcode } from '../../time/zones.ts';
import type { InputCheck } from '../check-input.ts';
import { longestEmail, oldestYears } from '../limits.ts';
import { type MedicareCardInput, readMedicareCard } from './medicare-card.ts';
import { checkPhone } from './phone.ts';

// Rests on assumption B39.

type Path = readonly string[];

export interface AddressInput {
  readonly line1?: Maybe<string>;
  readonly line2?: Maybe<string>;
  readonly suburb?: Maybe<string>;
  readonly postcode?: Maybe<string>;
}

export type DvaCardColour = 'GOLD' | 'WHITE' | 'ORANGE';

export interface DvaCardInput {
  readonly number: string;
  readonly type: DvaCardColour;
}

export interface PatientDetailsInput {
  readonly title?: Maybe<string>;
  readonly firstName?: Maybe<string>;
  readonly middleName?: Maybe<string>;
  readonly lastName?: Maybe<string>;
  readonly preferredName?: Maybe<string>;
  readonly birthDate?: Maybe<string>;
  readonly sex?: Maybe<Sex>;
  readonly address?: Maybe<AddressInput>;
  readonly postalAddress?: Maybe<Omit<AddressInput, 'line2'>>;
  readonly homePhone?: Maybe<string>;
  readonly workPhone?: Maybe<string>;
  readonly mobilePhone?: Maybe<string>;
  readonly email?: Maybe<string>;
  readonly medicare?: Maybe<MedicareCardInput>;
  readonly dva?: Maybe<DvaCardInput>;
}

/** Widths of Bp Premier's columns, in characters. */
const lengths = {
  title: 30,
  firstName: 40,
  middleName: 30,
  lastName: 40,
  preferredName: 30,
  addressLine: 40,
  suburb: 40,
  dvaNumber: 14,
} as const;
const dvaTypes: Readonly<Record<DvaCardColour, string>> = { GOLD: 'Gold', WHITE: 'White', ORANGE: 'Orange' };

/**
 * The given details only; null removes a detail. `today` is the latest date that it can be at a practice now. A new patient
 * needs only a last name (B39).
 */
export function readPatientDetails(
  check: InputCheck,
  input: PatientDetailsInput,
  today: LocalDate,
  patientIs: 'new' | 'known' = 'known',
): Partial<PatientDetails> {
  const at = (field: string): Path => ['input', field];
  const line = (field: keyof typeof lengths) => (value: Maybe<string>) =>
    check.text(at(field), value, lengths[field]);
  const oneNameIsEnough = patientIs === 'new' && hasLetter(input.lastName);
  const name = (field: 'firstName' | 'lastName') => (value: Maybe<string>) => {
    const text = line(field)(value);
    if (text !== null) {
      if (!hasLetter(text)) check.reject(at(field), 'A name must contain a letter.');
    } else if (field === 'lastName' && patientIs === 'new') {
      check.reject(at(field), 'Enter a last name. If the patient has only one name, enter it here.');
    } else if (!oneNameIsEnough) check.reject(at(field), 'Enter a name.');
    return text;
  };
  return given({
    title: when(input.title, line('title')),
    firstName: when(input.firstName, name('firstName')),
    middleName: when(input.middleName, line('middleName')),
    lastName: when(input.lastName, name('lastName')),
    preferredName: when(input.preferredName, line('preferredName')),
    birthDate: when(input.birthDate, (value) => readBirthDate(check, at('birthDate'), value, today)),
    sex: when(input.sex, (value) => value ?? 'UNKNOWN'),
    address: when(input.address, (value) => value && readAddress(check, at('address'), value)),
    postalAddress: when(input.postalAddress, (value) => {
      const address = value && readAddress(check, at('postalAddress'), value);
      return address && { line1: address.line1, suburb: address.suburb, postcode: address.postcode };
    }),
    homePhone: when(input.homePhone, (value) => checkPhone(check, at('homePhone'), value)),
    workPhone: when(input.workPhone, (value) => checkPhone(check, at('workPhone'), value)),
    mobilePhone: when(input.mobilePhone, (value) => checkPhone(check, at('mobilePhone'), value, 'mobile')),
    email: when(input.email, (value) => check.email(at('email'), value, longestEmail)),
    medicare: when(input.medicare, (value) => value && readMedicareCard(check, at('medicare'), value)),
    dva: when(input.dva, (value) => value && readDvaCard(check, at('dva'), value)),
  });
}

const hasLetter = (text: Maybe<string>): boolean => /\p{L}/u.test(text ?? '');

function readBirthDate(check: InputCheck, path: Path, value: string | null, today: LocalDate): string | null {
  if (value === null) {
    check.reject(path, 'Enter a date of birth.');
    return null;
  }
  const date = check.date(path, value);
  if (date === undefined) return null;
  if (date > today) check.reject(path, 'This date is in the future.');
  else if (date < addDays(today, -oldestYears * 365)) check.reject(path, 'This date is too long ago.');
  return date;
}

function readAddress(check: InputCheck, path: Path, input: AddressInput): HomeAddress | null {
  const part = (field: keyof AddressInput, max: number) => check.text([...path, field], input[field], max);
  const postcode = part('postcode', 100);
  if (postcode !== null && (!/^\d{4}$/.test(postcode) || zoneOfPostcode(postcode) === undefined)) {
    check.reject([...path, 'postcode'], 'This is not an Australian postcode. It has four digits.');
  }
  const address = {
    line1: part('line1', lengths.addressLine),
    line2: part('line2', lengths.addressLine),
    suburb: part('suburb', lengths.suburb),
    postcode,
  };
  return Object.values(address).every((each) => each === null) ? null : address;
}

function readDvaCard(check: InputCheck, path: Path, { number: given, type }: DvaCardInput): DvaCard {
  const number = given.replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{1,4}\d{1,6}[A-Z]?$/.test(number) || number.length > lengths.dvaNumber) {
    check.reject(
      [...path, 'number'],
      "This is not a Veterans' Affairs file number. It has letters followed by digits.",
    );
  }
  return { number, type: dvaTypes[type] };
}

function when<In, Out>(value: Maybe<In>, read: (value: In | null) => Out): Out | undefined {
  return value === undefined ? undefined : read(value);
}

function given(
  details: { [K in keyof PatientDetails]: PatientDetails[K] | undefined },
): Partial<PatientDetails> {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}
