import { OperationNotSupported } from '../../errors.ts';
import type { FhirCapability, PracticeConnection } from '../practice-connection.ts';
import type { PracticeData, PracticeOperation, SourceAdapter, Support } from '../practice-data.ts';
import { appointmentWrites } from './appointment-writes.ts';
import { findAppointments } from './appointments.ts';
import { attachReferences } from './attach-references.ts';
import { findDaysAway, findSessions } from './availability.ts';
import { supportFor, writeSupportFor } from './capability-needs.ts';
import { chargesOf, chargesOfWrite } from './charges.ts';
import { findClinicHours } from './clinic-admin.ts';
import { clinicWrites } from './clinic-writes.ts';
import { dayAwayWrites } from './day-away-writes.ts';
import { closedDaysNotKnown, typesNotKnown } from './not-known.ts';
import { patientWrites } from './patient-writes.ts';
import { findPatients } from './patients.ts';
import { createSite, type Site } from './places.ts';
import { providerNumbersOf, rolesOf } from './roles.ts';
import { findSlots } from './slots.ts';
import { userWrites } from './user-writes.ts';
import { findUsers } from './users.ts';

/**
 * The port, answered by the Bp Premier API: Halo's FHIR R4 facade, read by POST `_search` (slots by GET `$find-free`).
 * Whatever comes back is distrusted: a resource without its essentials is UpstreamFailed, unknown codes are UNKNOWN or
 * null, and everything is held against the question again. What FHIR does not know is OperationNotSupported.
 */
export function createBpPremier(connection: PracticeConnection): SourceAdapter {
  const site = createSite(connection);
  const atBp = async (support: (capability: FhirCapability) => Support): Promise<Support> =>
    connection.pms === 'BEST_PRACTICE'
      ? support(await connection.capability())
      : { can: false, reason: 'The Bp Premier API serves Bp Premier sites only.' };
  return {
    source: 'BP_PREMIER',
    data: practiceData(site),
    writes: {
      ...appointmentWrites(site),
      ...patientWrites(connection),
      ...userWrites(connection),
      ...dayAwayWrites(site),
      ...clinicWrites(site),
    },
    charges: chargesOf,
    supports: (question) => atBp((capability) => supportFor(question, capability)),
    chargesWrite: chargesOfWrite,
    forget: site.forgetPlaces,
    supportsWrite: (write) => atBp((capability) => writeSupportFor(write, capability)),
  };
}

function practiceData(site: Site): PracticeData {
  const { connection } = site;
  const unknown = async (operation: PracticeOperation, message: string): Promise<never> => {
    throw new OperationNotSupported({ operation, pms: connection.pms }, { message });
  };
  return {
    async appointments(query) {
      return attachReferences(site, await findAppointments(site, query), query.fields);
    },
    appointmentTypes: () => unknown('READ_APPOINTMENTS', typesNotKnown),
    availableSlots: (query) => findSlots(site, query),
    patients: (query) => findPatients(connection, query),
    users: (query) => findUsers(site, query),
    async providerNumbers({ userIds }) {
      return providerNumbersOf([...(await rolesOf(connection, userIds)).values()].flat());
    },
    sessions: ({ userIds }) => findSessions(site, userIds),
    daysAway: (query) => findDaysAway(site, query),
    async locations() {
      return (await site.places()).current;
    },
    clinicHours: () => findClinicHours(site),
    daysClosed: () => unknown('READ_CLINIC_HOURS', closedDaysNotKnown),
  };
}
