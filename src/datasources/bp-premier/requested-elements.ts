import type { Selection } from '../domain/selection.ts';
import type { FhirParameters, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { listed } from './references.ts';

type Table = Readonly<Record<string, readonly string[]>>;

/** Which elements of a resource stand behind each field of the graph. */
const behind: Readonly<Record<'Patient' | 'Practitioner' | 'Appointment', Table>> = {
  Patient: {
    status: ['active', 'deceased'],
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
  Practitioner: { email: ['telecom'], phone: ['telecom'] },
  Appointment: {
    type: ['appointmentType'],
    reason: ['description', 'reasonCode'],
    comment: ['comment'],
    bookedAt: ['created'],
    updatedAt: ['meta'],
  },
};

/** What the adapter reads itself: keys, order, filters. */
const always: Readonly<Record<keyof typeof behind, readonly string[]>> = {
  Patient: ['id', 'name'],
  Practitioner: ['id', 'name', 'active'],
  Appointment: ['id', 'status', 'start', 'end', 'minutesDuration', 'participant'],
};

/** `_elements`, so that nothing travels that nobody reads; only where the CapabilityStatement lists it (F7). */
export async function elementsFor(
  connection: PracticeConnection,
  resourceType: keyof typeof behind,
  fields: Selection,
): Promise<FhirParameters> {
  if (!(await listed(connection, resourceType, '_elements'))) return [];
  const read = Object.keys(fields).flatMap((field) => behind[resourceType][field] ?? []);
  return [['_elements', [...new Set([...always[resourceType], ...read])].join(',')]];
}
