import type { FhirResource } from '../practice-connection.ts';
import type { Patient, PatientStatus, Sex } from '../practice-data.ts';
import { readAddress, readContact } from './read-address.ts';
import { readDva, readIhi, readMedicare } from './read-cards.ts';
import { elements, flag, text, texts } from './read-element.ts';
import { readDate } from './read-time.ts';
import { idOf, referenceTo } from './references.ts';

const sexes: Readonly<Record<string, Sex>> = {
  male: 'MALE',
  female: 'FEMALE',
  other: 'OTHER',
  unknown: 'UNKNOWN',
};
/** Uses of a HumanName that hold what the patient likes to be called. */
const called = ['usual', 'nickname'];

/** A FHIR Patient (AU Base). Throws UpstreamFailed without an id; everything else that cannot be read is null. */
export function readPatient(resource: FhirResource): Patient {
  const names = elements(resource.name);
  const name =
    names.find((each) => each.use === 'official') ??
    names.find((each) => !called.includes(String(each.use)) && each.use !== 'old' && each.use !== 'maiden');
  const usual = names.find((each) => each !== name && called.includes(String(each.use)));
  // By place: where only a middle name is known, the first is null.
  const [first, ...middle] = Array.isArray(name?.given) ? name.given : [];
  const addresses = elements(resource.address);
  const gender = text(resource.gender);
  return {
    pmsId: idOf(resource),
    status: readStatus(resource),
    title: texts(name?.prefix)[0] ?? null,
    firstName: text(first),
    middleName: texts(middle).join(' ') || null,
    lastName: text(name?.family),
    preferredName: texts(usual?.given)[0] ?? text(usual?.text),
    birthDate: readDate(resource.birthDate),
    sex: gender !== null && Object.hasOwn(sexes, gender) ? (sexes[gender] ?? null) : null,
    address: readAddress(addresses.find((each) => each.type !== 'postal' && each.use !== 'old')),
    postalAddress: readAddress(addresses.find((each) => each.type === 'postal' || each.type === 'both')),
    homePhone: readContact(resource.telecom, 'phone', 'home'),
    workPhone: readContact(resource.telecom, 'phone', 'work'),
    mobilePhone: readContact(resource.telecom, 'phone', 'mobile'),
    email: readContact(resource.telecom, 'email'),
    medicare: readMedicare(resource.identifier),
    dva: readDva(resource.identifier),
    ihi: readIhi(resource.identifier),
    usualUserId:
      (Array.isArray(resource.generalPractitioner) ? resource.generalPractitioner : [])
        .map((reference: unknown) => referenceTo('Practitioner', reference))
        .find((id) => id !== null) ?? null,
  };
}

function readStatus(resource: FhirResource): PatientStatus | null {
  if (flag(resource.deceasedBoolean) === true || text(resource.deceasedDateTime) !== null) return 'DECEASED';
  const active = flag(resource.active);
  return active === null ? null : active ? 'ACTIVE' : 'INACTIVE';
}
