import type { FhirParameters, FhirResource } from '../practice-connection.ts';
import type { LocalDate, Patient, PatientSearch } from '../practice-data.ts';
import { medicareSystem } from './read-cards.ts';
import { readContacts } from './read-contact.ts';
import { escaped } from './references.ts';

interface Criterion {
  /** As a person would say it: `search by phone`. */
  readonly called: string;
  /** The FHIR search parameter that it needs. */
  readonly parameter: string;
  /** Its values, each a parameter of its own: all must match. */
  readonly values: readonly string[];
  /** The elements of the graph's Patient that the check reads. */
  readonly reads: string;
  /** `today` for what has ended. */
  readonly check: (patient: Patient, resource: FhirResource, today: LocalDate) => boolean;
}

/**
 * What a search asks, each part both as a FHIR parameter and as a check of what comes back. Null: nobody can match,
 * because a part is there and holds nothing, or because nothing is asked.
 */
export function criteriaOf(search: PatientSearch): readonly Criterion[] | null {
  const criteria: Criterion[] = [];
  if (search.name !== undefined) criteria.push(byName(search.name));
  if (search.birthDate !== undefined) criteria.push(byBirthDate(search.birthDate));
  if (search.phone !== undefined) criteria.push(byPhone(search.phone));
  if (search.email !== undefined) criteria.push(byEmail(search.email));
  if (search.medicareNumber !== undefined) criteria.push(byMedicareNumber(search.medicareNumber));
  const empty = criteria.some(({ values }) => values.every((value) => value === ''));
  return empty || criteria.length === 0 ? null : criteria;
}

function byName(name: string): Criterion {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return {
    called: 'name',
    parameter: 'name',
    values: words.map(escaped),
    reads: 'lastName',
    check: (patient) => words.every((word) => beginsAName(patient, word.toLowerCase())),
  };
}

function byBirthDate(birthDate: string): Criterion {
  return {
    called: 'birth date',
    parameter: 'birthdate',
    values: [escaped(birthDate)],
    reads: 'birthDate',
    check: (patient) => patient.birthDate === birthDate,
  };
}

/** Also by a number that no use is given for. */
function byPhone(phone: string): Criterion {
  const wanted = digits(phone);
  return {
    called: 'phone',
    parameter: 'phone',
    values: [wanted],
    reads: 'mobilePhone',
    check: (_, { telecom }, today) =>
      readContacts(telecom, 'anyPhone', today).some((own) => nationalForm(own) === wanted),
  };
}

/** A patient can have several addresses: any of them will do. */
function byEmail(email: string): Criterion {
  const wanted = email.trim();
  return {
    called: 'email',
    parameter: 'email',
    values: [escaped(wanted)],
    reads: 'email',
    check: (_, { telecom }, today) =>
      readContacts(telecom, 'email', today).some((own) => own.toLowerCase() === wanted.toLowerCase()),
  };
}

function byMedicareNumber(medicareNumber: string): Criterion {
  const wanted = digits(medicareNumber);
  return {
    called: 'Medicare number',
    parameter: 'identifier',
    values: wanted === '' ? [] : [`${medicareSystem}|${wanted}`],
    reads: 'medicare',
    check: (patient) => patient.medicare?.number === wanted,
  };
}

export function searchParameters(criteria: readonly Criterion[]): FhirParameters {
  return criteria.flatMap(({ parameter, values }) => values.map((value) => [parameter, value] as const));
}

function beginsAName(patient: Patient, word: string): boolean {
  const names = [patient.firstName, patient.middleName, patient.preferredName, patient.lastName];
  return names.some((name) => name?.toLowerCase().startsWith(word));
}

const digits = (written: string): string => written.replace(/\D/g, '');

/** `+61 491 570 006`, `+61 (0)491 570 006` -> `0491570006` */
function nationalForm(phone: string): string {
  return digits(phone).replace(/^610?(?=\d{9}$)/, '0');
}
