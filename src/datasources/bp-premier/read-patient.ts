import type { FhirResource } from '../practice-connection.ts';
import type { Patient, PatientStatus, Sex } from '../practice-data.ts';
import { findAddress, readAddress, readContact } from './read-address.ts';
import { readDva, readIhi, readMedicare } from './read-cards.ts';
import { elements, flag, text } from './read-element.ts';
import { officialName, readName, readPreferredName } from './read-name.ts';
import { readDate } from './read-time.ts';
import { idOf, referenceTo } from './references.ts';

/** By FHIR's word. */
export const sexes: Readonly<Record<string, Sex>> = {
  male: 'MALE',
  female: 'FEMALE',
  other: 'OTHER',
  unknown: 'UNKNOWN',
};

/** A FHIR Patient (AU Base). Throws UpstreamFailed without an id; everything else that cannot be read is null. */
export function readPatient(resource: FhirResource): Patient {
  const names = elements(resource.name);
  const addresses = elements(resource.address);
  return {
    pmsId: idOf(resource),
    status: readStatus(resource),
    ...readName(officialName(names)),
    preferredName: readPreferredName(names),
    birthDate: readDate(resource.birthDate),
    sex: readGender(resource.gender),
    address: readAddress(findAddress(addresses, 'physical')),
    postalAddress: readAddress(findAddress(addresses, 'postal')),
    homePhone: readContact(resource.telecom, { system: 'phone', use: 'home' }),
    workPhone: readContact(resource.telecom, { system: 'phone', use: 'work' }),
    mobilePhone: readContact(resource.telecom, { system: 'phone', use: 'mobile' }),
    email: readContact(resource.telecom, { system: 'email' }),
    medicare: readMedicare(resource.identifier),
    dva: readDva(resource.identifier),
    ihi: readIhi(resource.identifier),
    usualUserId:
      (Array.isArray(resource.generalPractitioner) ? resource.generalPractitioner : [])
        .map((reference: unknown) => referenceTo('Practitioner', reference))
        .find((id) => id !== null) ?? null,
  };
}

/** Null for a code that is not one of FHIR's. */
export function readGender(value: unknown): Sex | null {
  const gender = text(value);
  return gender !== null && Object.hasOwn(sexes, gender) ? (sexes[gender] ?? null) : null;
}

function readStatus(resource: FhirResource): PatientStatus | null {
  if (flag(resource.deceasedBoolean) === true || text(resource.deceasedDateTime) !== null) return 'DECEASED';
  const active = flag(resource.active);
  return active === null ? null : active ? 'ACTIVE' : 'INACTIVE';
}
