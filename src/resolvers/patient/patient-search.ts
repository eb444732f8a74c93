import type * as domain from '../../datasources/domain/index.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import type { Maybe } from '../../lib/maybe.ts';
import { formatCharacters } from '../../text/storable-text.ts';
import type { InputCheck } from '../check-input.ts';
import { readPmsId } from '../global-id.ts';
import { longestEmail } from '../limits.ts';
import { nationalDigits } from './phone.ts';

// Rests on assumption B14.

export interface PatientSearchInput {
  readonly name?: Maybe<string>;
  readonly birthDate?: Maybe<string>;
  readonly phone?: Maybe<string>;
  readonly email?: Maybe<string>;
  readonly medicareNumber?: Maybe<string>;
  readonly pmsIds?: Maybe<readonly string[]>;
}

/** The search for the sources: without blank criteria, and with numbers in plain form. */
export function readPatientSearch(
  check: InputCheck,
  input: PatientSearchInput,
  practice: Practice,
): { readonly ids?: readonly string[]; readonly search?: domain.PatientSearch } {
  const given = (text: Maybe<string>): string | undefined =>
    text?.replace(formatCharacters, '').trim() || undefined;
  const name = given(input.name);
  const phone = given(input.phone);
  const email = given(input.email);
  const medicareNumber = given(input.medicareNumber);
  const birthDate = given(input.birthDate);
  const ids = readIds(check, input.pmsIds, practice);
  if (!ids && ![name, phone, email, medicareNumber, birthDate].some(Boolean)) {
    check.reject(['search'], 'Enter at least one search criterion.');
  }
  const search: domain.PatientSearch = {
    ...(name && { name: checkName(check, name) }),
    ...(birthDate && { birthDate: check.date(['search', 'birthDate'], birthDate) ?? birthDate }),
    ...(phone && { phone: checkPhone(check, phone) }),
    ...(email && { email: checkEmail(check, email) }),
    ...(medicareNumber && { medicareNumber: checkMedicare(check, medicareNumber) }),
  };
  return { ...(ids ? { ids } : {}), ...(Object.keys(search).length > 0 ? { search } : {}) };
}

function readIds(
  check: InputCheck,
  given: Maybe<readonly string[]>,
  practice: Practice,
): readonly string[] | undefined {
  if (!given || given.length === 0) return undefined;
  const ids = given.map((id, index) =>
    readPmsId(check, ['search', 'pmsIds', String(index)], id, 'Patient', practice),
  );
  return [...new Set(ids)];
}

const longestName = 100;

function checkName(check: InputCheck, name: string): string {
  if (name.normalize('NFC').length > longestName || !/\p{L}/u.test(name)) {
    check.reject(
      ['search', 'name'],
      `A name must contain a letter and have at most ${longestName} characters.`,
    );
  }
  return name;
}

/** 13 xx xx. */
const shortestPhone = 6;

function checkPhone(check: InputCheck, phone: string): string {
  const digits = nationalDigits(phone);
  if (digits.length < shortestPhone || digits.length > 15) {
    check.reject(['search', 'phone'], `A phone number must have ${shortestPhone} to 15 digits.`);
  }
  return digits;
}

function checkEmail(check: InputCheck, email: string): string {
  if (!/^[^@\s]+@[^@\s]+$/.test(email) || email.length > longestEmail) {
    check.reject(['search', 'email'], 'This is not an email address.');
  }
  return email;
}

/** The ten digits of the card. A reference number after them is dropped. */
function checkMedicare(check: InputCheck, text: string): string {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{10,11}$/.test(digits)) {
    check.reject(
      ['search', 'medicareNumber'],
      'A Medicare number has 10 digits, or 11 with the reference number.',
    );
  }
  return digits.slice(0, 10);
}
