import { OperationNotSupported, UpstreamFailed } from '../../errors.ts';
import type { PracticeOperation } from '../domain/pms.ts';
import { isR4 } from '../halo-cloud/fhir/fhir-version.ts';
import type { FhirCapability, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import type { PracticeData, Question, SourceAdapter, Support } from '../practice/port.ts';
import type { PracticeWrites, WriteQuestion } from '../practice/write-port.ts';
import { appointmentWrites } from './appointment-writes.ts';
import { findAppointments } from './appointments.ts';
import { attachReferences } from './attach-references.ts';
import { findDaysAway, findSessions } from './availability.ts';
import { supportFor, writeSupportFor } from './capability-needs.ts';
import { chargesOf, chargesOfWrite } from './charges.ts';
import { findClinicHours } from './clinic-admin.ts';
import { clinicWrites } from './clinic-writes.ts';
import { dayAwayWrites } from './day-away-writes.ts';
import { closedDaysNotKnown, notAtOnce, typesNotKnown } from './not-known.ts';
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
  return new BpPremier(connection);
}

/** Made for every practice that is opened, and often not asked: what it answers with is made when it first is. */
class BpPremier implements SourceAdapter {
  readonly source = 'BP_PREMIER';
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

  charges(question: Question): number {
    return chargesOf(question);
  }

  supports(question: Question): Promise<Support> {
    return this.#atBp((capability) => supportFor(question, capability));
  }

  chargesWrite(write: WriteQuestion): number {
    return chargesOfWrite(write);
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

/** Halo Cloud, or the server behind it, knows no CapabilityStatement of the site. */
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
