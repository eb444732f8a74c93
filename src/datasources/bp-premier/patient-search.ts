import { isFoundBy, searchWords } from '../../text/name-words.ts';
import type { LocalDate } from '../../time/types.ts';
import type { Patient, PatientSearch } from '../domain/patient.ts';
import type { FhirParameters, FhirResource } from '../halo-cloud/practice-connection.ts';
import { anyWordValue, longestWordValue, nameValues } from './name-search.ts';
import { medicareSystem } from './read-cards.ts';
import { readContacts } from './read-contact.ts';
import { elements, text, texts } from './read-element.ts';
import { inParts } from './read-name.ts';
import { escaped } from './references.ts';
import { medicareForms, phoneForms } from './written-forms.ts';

interface Criterion {
  /** For messages: `search by phone`. */
  readonly label: string;
  /** The FHIR search parameter that it needs. */
  readonly parameter: string;
  /** Each value is sent as a parameter of its own. All must match. */
  readonly values: readonly string[];
  /** Searches for a server that does not list that parameter. They may find more patients, which the check removes. */
  readonly instead?: (lists: (parameter: string) => boolean) => readonly FhirParameters[];
  /** The field of Patient that the check reads. */
  readonly reads: string;
  /** `today` decides which contacts and names have ended. */
  readonly check: (patient: Patient, resource: FhirResource, today: LocalDate) => boolean;
}

/**
 * The criteria of a search, each as a FHIR parameter and as a check of the returned patients. Null when no patient can
 * match, because a criterion is empty or the search has none.
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

/** Searches all names of the patient, such as a maiden name or a fourth given name. */
function byName(name: string): Criterion {
  const words = searchWords(name);
  return {
    label: 'name',
    parameter: 'name',
    values: nameValues(name),
    instead: (lists) => byPartsOfName(name, lists),
    reads: 'lastName',
    check: (_, resource) =>
      isFoundBy(
        words,
        elements(resource.name)
          .map(inParts)
          .flatMap(({ given, family }) => [...texts(given), text(family)]),
      ),
  };
}

/** A word may begin a given name or a family name. When both are listed, the longest word is searched for in each. */
function byPartsOfName(name: string, lists: (parameter: string) => boolean): readonly FhirParameters[] {
  const listed = ['family', 'given'].filter(lists);
  const value = listed.length === 2 ? longestWordValue(name) : anyWordValue(name);
  return listed.map((parameter) => [[parameter, value]]);
}

function byBirthDate(birthDate: string): Criterion {
  return {
    label: 'birth date',
    parameter: 'birthdate',
    values: [escaped(birthDate)],
    reads: 'birthDate',
    check: (patient) => patient.birthDate === birthDate,
  };
}

/** Also finds a number without a `use`. */
function byPhone(phone: string): Criterion {
  const wanted = digits(phone);
  return {
    label: 'phone',
    parameter: 'phone',
    values: [anyOf(phoneForms(wanted))],
    reads: 'mobilePhone',
    check: (_, { telecom }, today) =>
      readContacts(telecom, 'anyPhone', today).some((own) => nationalForm(own) === wanted),
  };
}

/** A patient can have several addresses. Any of them may match. */
function byEmail(email: string): Criterion {
  const wanted = email.trim();
  return {
    label: 'email',
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
    label: 'Medicare number',
    parameter: 'identifier',
    values: wanted === '' ? [] : [anyOf(medicareForms(wanted), `${medicareSystem}|`)],
    reads: 'medicare',
    check: (patient) => patient.medicare?.number === wanted,
  };
}

/**
 * The searches that together find all matching patients, with the parameters that the server lists (F7). The check covers
 * the other criteria. Empty when the server lists no parameter that could find them.
 */
export function searchesFor(
  criteria: readonly Criterion[],
  lists: (parameter: string) => boolean,
): readonly FhirParameters[] {
  const sent = criteria
    .filter(({ parameter }) => lists(parameter))
    .flatMap(({ parameter, values }) => values.map((value) => [parameter, value] as const));
  if (sent.length > 0) return [sent];
  return criteria.map(({ instead }) => instead?.(lists) ?? []).find((searches) => searches.length > 0) ?? [];
}

/** A token in any of these forms. */
function anyOf(forms: readonly string[], prefix = ''): string {
  return forms.map((form) => `${prefix}${escaped(form)}`).join(',');
}

const digits = (written: string): string => written.replace(/\D/g, '');

/** `+61 491 570 006`, `+61 (0)491 570 006`, `0011 61 491 570 006` -> `0491570006` */
function nationalForm(phone: string): string {
  return digits(phone).replace(/^(?:0011|00)?610?(?=\d{9}$)/, '0');
}
