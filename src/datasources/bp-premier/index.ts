import { OperationNotSupported, UpstreamFailed } from '../../errors.ts';
import type { PracticeOperation } from '../domain/pms.ts';
import { maxReturned } from '../domain/practice-size.ts';
import { isR4 } from '../halo-cloud/fhir/fhir-version.ts';
import type { FhirCapability, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import type { PracticeData } from '../practice/port.ts';
import type { Question, SourceAdapter, SourceBounds, Support } from '../practice/source-adapter.ts';
import type { PracticeWrites, WriteQuestion } from '../practice/write-port.ts';
import { appointmentWriteBounds, appointmentWrites } from './appointment-writes.ts';
import { appointmentPages, findAppointments } from './appointments.ts';
import { attachReferences, linkCalls } from './attach-references.ts';
import { findDaysAway, findSessions } from './availability.ts';
import { supportFor, writeSupportFor } from './capability-needs.ts';
import { findClinicHours } from './clinic-admin.ts';
import { clinicWriteBounds, clinicWrites } from './clinic-writes.ts';
import { dayAwayWriteBounds, dayAwayWrites } from './day-away-writes.ts';
import { closedDaysNotKnown, notAtOnce, typesNotKnown } from './not-known.ts';
import { patientWriteBounds, patientWrites } from './patient-writes.ts';
import { findPatients, patientsBound } from './patients.ts';
import { createSite, type Site } from './places.ts';
import { searchesFor } from './references.ts';
import { providerNumbersOf, rolesOf } from './roles.ts';
import { findSlots } from './slots.ts';
import { userWriteBounds, userWrites } from './user-writes.ts';
import { findUsers, usersBound } from './users.ts';

/**
 * Implements the port with the Bp Premier API: Halo's FHIR R4 facade, read by POST `_search` (slots by GET `$find-free`).
 * Every response is checked. A resource without its required fields is UpstreamFailed. Unknown codes are UNKNOWN or null.
 * Results are filtered by the query again. An operation that FHIR does not have is OperationNotSupported.
 */
export function createBpPremier(connection: PracticeConnection): SourceAdapter {
  return new BpPremier(connection);
}

/**
 * The Location search provides the zone of every instant. A method with the bound null does not exist in Halo's FHIR API.
 */
export const bpPremierBounds: SourceBounds = {
  source: 'BP_PREMIER',
  supportsAll: false,
  reads: {
    appointments: (query) => ({
      calls: appointmentPages(query) + linkCalls(query.fields, maxReturned(query)),
      once: ['locations'],
    }),
    appointmentTypes: () => null,
    availableSlots: ({ userIds }) => ({ calls: searchesFor(userIds), once: ['locations'] }),
    factsForBooking: () => null,
    patients: patientsBound,
    users: usersBound,
    providerNumbers: ({ userIds }) => ({ calls: searchesFor(userIds) }),
    sessions: () => ({ calls: 1 }),
    daysAway: () => ({ calls: 1, once: ['locations'] }),
    locations: () => ({ calls: 0, once: ['locations'] }),
    clinicHours: () => ({ calls: 0, once: ['locations'], mayDecline: true }),
    daysClosed: () => null,
  },
  writes: {
    ...appointmentWriteBounds,
    ...patientWriteBounds,
    ...userWriteBounds,
    ...dayAwayWriteBounds,
    ...clinicWriteBounds,
  },
};

/** One for every opened practice. Many are never used, so its parts are created on first use. */
class BpPremier implements SourceAdapter {
  readonly source = 'BP_PREMIER';
  readonly bounds = bpPremierBounds;
  readonly #connection: PracticeConnection;
  #site: Site | undefined;
  #data: PracticeData | undefined;
  #writes: PracticeWrites | undefined;

  constructor(connection: PracticeConnection) {
    this.#connection = connection;
  }

  get data(): PracticeData {
    this.#data ??= practiceData(this.#open());
    return this.#data;
  }

  get writes(): PracticeWrites {
    const site = this.#open();
    this.#writes ??= {
      ...appointmentWrites(site),
      ...patientWrites(site.connection),
      ...userWrites(site.connection),
      ...dayAwayWrites(site),
      ...clinicWrites(site),
    };
    return this.#writes;
  }

  supports(question: Question): Promise<Support> {
    return this.#atBp((capability) => supportFor(question, capability));
  }

  supportsWrite(write: WriteQuestion): Promise<Support> {
    return this.#atBp((capability) => writeSupportFor(write, capability));
  }

  forget(): void {
    this.#site?.forgetPlaces();
  }

  #open(): Site {
    this.#site ??= createSite(this.#connection);
    return this.#site;
  }

  async #atBp(support: (capability: FhirCapability) => Support): Promise<Support> {
    if (this.#connection.pms !== 'BEST_PRACTICE') {
      return { can: false, reason: 'The Bp Premier API serves Bp Premier sites only.' };
    }
    const capability = await this.#connection.capability().catch(noApi);
    if (capability === null) return { can: false, reason: 'The site has no Bp Premier API.' };
    const { fhirVersion } = capability;
    return isR4(fhirVersion)
      ? support(capability)
      : { can: false, reason: `The site's Bp Premier API speaks FHIR ${fhirVersion}, not R4.` };
  }
}

/** A 404 means that the site has no CapabilityStatement, and so no Bp Premier API. */
function noApi(error: unknown): null {
  if (error instanceof UpstreamFailed && error.httpStatus === 404) return null;
  throw error;
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
    factsForBooking: () => unknown('FIND_SLOTS', notAtOnce),
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
