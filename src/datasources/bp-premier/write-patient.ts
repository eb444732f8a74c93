/** A FHIR Patient (AU Base) with some details changed: the mirror image of `read-patient.ts`. */
import type { PatientDetails } from '../patient-writes.ts';
import type { FhirResource } from '../practice-connection.ts';
import { listOf, withList, withValue } from './change-element.ts';
import { readGender, sexes } from './read-patient.ts';
import { readDate } from './read-time.ts';
import { withAddress } from './write-address.ts';
import { withDva, withMedicare } from './write-cards.ts';
import { withContact } from './write-contact.ts';
import { withNames } from './write-name.ts';

export function newPatient(details: PatientDetails): FhirResource {
  return withDetails({ resourceType: 'Patient', active: true }, details);
}

/**
 * What is absent, and what reads as it shall be, stays as the server sent it; null takes away all that would be read as that
 * detail. The same resource where nothing differs.
 */
export function withDetails(resource: FhirResource, details: Partial<PatientDetails>): FhirResource {
  const { sex, birthDate, postalAddress } = details;
  const names = withNames(listOf(resource, 'name'), details);
  const home = withContact(listOf(resource, 'telecom'), phone('home'), details.homePhone);
  const work = withContact(home, phone('work'), details.workPhone);
  const mobile = withContact(work, phone('mobile'), details.mobilePhone);
  const telecom = withContact(mobile, { system: 'email' }, details.email);
  const physical = withAddress(listOf(resource, 'address'), 'physical', details.address);
  const addresses = withAddress(physical, 'postal', postalAddress && { line2: null, ...postalAddress });
  const medicare = withMedicare(listOf(resource, 'identifier'), details.medicare);
  const lists = Object.entries({
    name: names,
    telecom,
    address: addresses,
    identifier: withDva(medicare, details.dva),
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

const phone = (use: 'home' | 'work' | 'mobile') => ({ system: 'phone', use }) as const;

function wordFor(sex: PatientDetails['sex']): string {
  return Object.keys(sexes).find((word) => sexes[word] === sex) ?? 'unknown';
}
