import type { Patient as PatientResource } from 'fhir/r4.js';
import type { LocalDate } from '../../time/types.ts';
import type { Patient, PatientStatus, Sex } from '../domain/patient.ts';
import { addressesOf, readAddress } from './read-address.ts';
import { readDva, readIhi, readMedicare } from './read-cards.ts';
import { readContact } from './read-contact.ts';
import { flag, type Received, text } from './read-element.ts';
import { chooseName, readName, readPreferredName } from './read-name.ts';
import { readDate } from './read-time.ts';
import { idOf, referenceTo } from './references.ts';

export const sexes: Readonly<Record<string, Sex>> = {
  male: 'MALE',
  female: 'FEMALE',
  other: 'OTHER',
  unknown: 'UNKNOWN',
};

/** A FHIR Patient (AU Base). Throws UpstreamFailed without an id. Other unreadable fields are null. */
export function readPatient(resource: Received<PatientResource>, today: LocalDate): Patient {
  const { name, telecom, address, identifier } = resource;
  return {
    pmsId: idOf(resource),
    status: readStatus(resource),
    ...readName(chooseName(name, today)),
    preferredName: readPreferredName(name, today),
    birthDate: readDate(resource.birthDate),
    sex: readGender(resource.gender),
    address: readAddress(addressesOf(address, 'physical', today)[0]),
    postalAddress: readAddress(addressesOf(address, 'postal', today)[0]),
    homePhone: readContact(telecom, 'homePhone', today),
    workPhone: readContact(telecom, 'workPhone', today),
    mobilePhone: readContact(telecom, 'mobilePhone', today),
    email: readContact(telecom, 'email', today),
    medicare: readMedicare(identifier, today),
    dva: readDva(identifier, today),
    ihi: readIhi(identifier, today),
    usualUserId:
      (Array.isArray(resource.generalPractitioner) ? resource.generalPractitioner : [])
        .map((reference: unknown) => referenceTo('Practitioner', reference))
        .find((id) => id !== null) ?? null,
  };
}

/** Null for a code that FHIR does not have. */
export function readGender(value: unknown): Sex | null {
  const gender = text(value);
  return gender !== null && Object.hasOwn(sexes, gender) ? (sexes[gender] ?? null) : null;
}

function readStatus(resource: Received<PatientResource>): PatientStatus | null {
  if (flag(resource.deceasedBoolean) === true || text(resource.deceasedDateTime) !== null) return 'DECEASED';
  const active = flag(resource.active);
  return active === null ? null : active ? 'ACTIVE' : 'INACTIVE';
}
