import { isFoundBy, searchWords } from '../../text/name-words.ts';
import type { LocalDate } from '../../time/types.ts';
import type { Patient, PatientSearch } from '../domain/patient.ts';
import type { FhirParameters, FhirResource } from '../halo-cloud/practice-connection.ts';
import { anyWordValue, maxTellingValue, nameValues } from './name-search.ts';
import { medicareSystem } from './read-cards.ts';
import { readContacts } from './read-contact.ts';
import { elements, text, texts } from './read-element.ts';
import { inParts } from './read-name.ts';
import { escaped } from './references.ts';
import { medicareForms, phoneForms } from './written-forms.ts';

interface Criterion {
  /** As a person would say it: `search by phone`. */
  readonly called: string;
  /** The FHIR search parameter that it needs. */
  readonly parameter: string;
  /** Its values, each a parameter of its own: all must match. */
  readonly values: readonly string[];
  /** What finds the same, and more, where the server does not list that parameter: all that come back are checked. */
  readonly instead?: (lists: (parameter: string) => boolean) => readonly FhirParameters[];
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

/** Whatever name of the patient: a maiden name, or the fourth given one. */
function byName(name: string): Criterion {
  const words = searchWords(name);
  return {
    called: 'name',
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

/** A word may begin a given name or a family name: with both, the most telling word is looked for in each. */
function byPartsOfName(name: string, lists: (parameter: string) => boolean): readonly FhirParameters[] {
  const listed = ['family', 'given'].filter(lists);
  const value = listed.length === 2 ? maxTellingValue(name) : anyWordValue(name);
  return listed.map((parameter) => [[parameter, value]]);
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
    values: [anyOf(phoneForms(wanted))],
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
    values: wanted === '' ? [] : [anyOf(medicareForms(wanted), `${medicareSystem}|`)],
    reads: 'medicare',
    check: (patient) => patient.medicare?.number === wanted,
  };
}

/**
 * The searches that together find whoever matches, with the parameters that the server lists (F7): what it does not list is
 * left to the check. None: it lists nothing that would find them.
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
