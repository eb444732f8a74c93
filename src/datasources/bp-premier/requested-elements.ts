import type * as fhir from 'fhir/r4.js';
import type { Appointment } from '../domain/appointment.ts';
import type { Patient } from '../domain/patient.ts';
import type { Selection } from '../domain/selection.ts';
import type { User } from '../domain/user.ts';
import type { FhirParameters, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { listed } from './references.ts';

/** Every field of the domain type must be here, with elements that FHIR has. A forgotten field does not compile. */
type ElementsOf<Entity, Resource> = Readonly<Record<keyof Entity, readonly ElementOf<Resource>[]>>;
/** `deceased` stands for `deceasedBoolean` and `deceasedDateTime`. */
type ElementOf<Resource> = keyof Resource | (Resource extends fhir.Patient ? 'deceased' : never);

/** The elements of a resource that each field is read from, besides `always`. Empty: none, or FHIR has no such element. */
const behind: Readonly<{
  Patient: ElementsOf<Patient & { usualUser: unknown }, fhir.Patient>;
  Practitioner: ElementsOf<User, fhir.Practitioner>;
  Appointment: ElementsOf<Appointment, fhir.Appointment>;
}> = {
  Patient: {
    pmsId: [],
    status: ['active', 'deceased'],
    title: [],
    firstName: [],
    middleName: [],
    lastName: [],
    preferredName: [],
    birthDate: ['birthDate'],
    sex: ['gender'],
    address: ['address'],
    postalAddress: ['address'],
    homePhone: ['telecom'],
    workPhone: ['telecom'],
    mobilePhone: ['telecom'],
    email: ['telecom'],
    medicare: ['identifier'],
    dva: ['identifier'],
    ihi: ['identifier'],
    usualUser: ['generalPractitioner'],
    usualUserId: ['generalPractitioner'],
  },
  Practitioner: {
    pmsId: [],
    title: [],
    firstName: [],
    lastName: [],
    active: [],
    takesAppointments: [],
    email: ['telecom'],
    phone: ['telecom'],
    // These are read from the roles, which are separate resources.
    role: [],
    pmsRole: [],
    locationId: [],
    providerNumbers: [],
  },
  Appointment: {
    pmsId: [],
    start: [],
    end: [],
    durationMinutes: [],
    status: [],
    pmsStatus: [],
    type: ['appointmentType'],
    reason: ['description', 'reasonCode'],
    comment: ['comment'],
    urgent: [],
    telehealthUrl: [],
    arrivedAt: [],
    consultationStartedAt: [],
    bookedAt: ['created'],
    updatedAt: ['meta'],
    patientId: [],
    userId: [],
    locationId: [],
    patient: [],
    user: [],
    location: [],
  },
};

/** The elements that the adapter always reads: keys, names, and those for order and filters. */
const always: Readonly<Record<keyof typeof behind, readonly string[]>> = {
  Patient: ['id', 'name'],
  Practitioner: ['id', 'name', 'active'],
  Appointment: ['id', 'status', 'start', 'end', 'minutesDuration', 'participant'],
};

/** `_elements` limits a response to the selected fields. Sent if the CapabilityStatement lists it (F7). */
export async function elementsFor(
  connection: PracticeConnection,
  resourceType: keyof typeof behind,
  fields: Selection,
): Promise<FhirParameters> {
  if (!(await listed(connection, resourceType, '_elements'))) return [];
  const elements: Readonly<Record<string, readonly string[] | undefined>> = behind[resourceType];
  const read = Object.keys(fields).flatMap((field) => elements[field] ?? []);
  return [['_elements', [...new Set([...always[resourceType], ...read])].join(',')]];
}
