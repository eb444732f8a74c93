/** Changes details of a FHIR Patient (AU Base). Writes what `read-patient.ts` reads. */

import type { LocalDate } from '../../time/types.ts';
import type { PatientDetails } from '../domain/patient-writes.ts';
import type { FhirResource } from '../halo-cloud/practice-connection.ts';
import { type List, listOf, withList, withValue } from './change-element.ts';
import { readGender, sexes } from './read-patient.ts';
import { readDate } from './read-time.ts';
import { withAddress } from './write-address.ts';
import { withDva, withMedicare } from './write-cards.ts';
import { withContact } from './write-contact.ts';
import { withNames } from './write-name.ts';

// Rests on assumption F14.

export function newPatient(details: PatientDetails, today: LocalDate): FhirResource {
  return withDetails({ resourceType: 'Patient', active: true }, details, today);
}

/**
 * Absent details, and those that already have the value, stay as the server sent them. Null removes everything that would be
 * read as that detail. Returns the same resource when nothing differs.
 */
export function withDetails(
  resource: FhirResource,
  details: Partial<PatientDetails>,
  today: LocalDate,
): FhirResource {
  const { sex, birthDate, postalAddress } = details;
  const contact = (telecom: List, kind: (typeof contactDetails)[number]) =>
    withContact(telecom, kind, details[kind], today);
  const names = withNames(listOf(resource, 'name'), details, today);
  const telecom = contactDetails.reduce(contact, listOf(resource, 'telecom'));
  const physical = withAddress(listOf(resource, 'address'), 'physical', details.address, today);
  const postal = postalAddress && { line2: null, ...postalAddress };
  const addresses = withAddress(physical, 'postal', postal, today);
  const medicare = withMedicare(listOf(resource, 'identifier'), details.medicare, today);
  const lists = Object.entries({
    name: names,
    telecom,
    address: addresses,
    identifier: withDva(medicare, details.dva, today),
  });
  let changed = resource;
  if (sex !== undefined && sex !== readGender(resource.gender)) {
    changed = withValue(changed, 'gender', wordFor(sex));
  }
  if (birthDate !== undefined && birthDate !== readDate(resource.birthDate)) {
    changed = withValue(changed, 'birthDate', birthDate);
  }
  return lists.reduce((patient, [field, list]) => withList(patient, field, list), changed);
}

const contactDetails = ['homePhone', 'workPhone', 'mobilePhone', 'email'] as const;

function wordFor(sex: PatientDetails['sex']): string {
  return Object.keys(sexes).find((word) => sexes[word] === sex) ?? 'unknown';
}
