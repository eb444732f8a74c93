/** Invented resources, with everything that the mapping of the Bp Premier API says they carry. */
import type { FhirResource } from '../../../src/datasources/halo-cloud/practice-connection.ts';

/** The day on which they are read. */
export const today = '2026-11-30';

const au = 'http://ns.electronichealth.net.au/id';

export function patient(id: string, family: string, given: string, also: object = {}): FhirResource {
  return {
    resourceType: 'Patient',
    id,
    active: true,
    name: [{ use: 'official', family, given: [given] }],
    ...also,
  };
}

export const wholePatient: FhirResource = {
  resourceType: 'Patient',
  id: '41',
  active: true,
  name: [
    { use: 'official', family: 'Testwattle', given: ['Example', 'Middle'], prefix: ['Ms.'] },
    { use: 'usual', given: ['Exie'] },
  ],
  telecom: [
    { system: 'phone', use: 'home', value: ' (02) 5550 0011 ' },
    { system: 'phone', use: 'work', value: '02 5550 0012' },
    { system: 'phone', use: 'mobile', value: '0491 570 006' },
    { system: 'email', value: 'exie@example.com' },
  ],
  gender: 'female',
  birthDate: '1980-02-29',
  address: [
    {
      use: 'home',
      type: 'physical',
      line: ['1 Sample Street', 'Unit 2'],
      city: 'Wattle Flat',
      postalCode: '2000',
    },
    { type: 'postal', line: ['PO Box 1'], city: 'Wattle Flat', postalCode: '2001', country: 'Australia' },
  ],
  generalPractitioner: [{ reference: 'Practitioner/7' }],
  identifier: [
    {
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MC' }] },
      system: `${au}/medicare-number`,
      value: '29509876513',
      period: { end: '2027-03' },
    },
    {
      type: {
        coding: [{ system: 'http://terminology.hl7.org.au/CodeSystem/v2-0203', code: 'DVW' }],
        text: 'White',
      },
      system: `${au}/dva`,
      value: 'NX000001',
    },
    { type: { coding: [{ code: 'NI' }] }, system: `${au}/hi/ihi/1.0`, value: '8003600000000000' },
  ],
};

export function practitioner(id: string, family: string, given: string, also: object = {}): FhirResource {
  return {
    resourceType: 'Practitioner',
    id,
    active: true,
    name: [{ family, given: [given], prefix: ['Dr'] }],
    telecom: [
      { system: 'phone', value: '02 5550 0100' },
      { system: 'email', value: 'dr@example.com' },
    ],
    ...also,
  };
}

export function role(userId: string, locationId: string, category: string, also: object = {}): FhirResource {
  return {
    resourceType: 'PractitionerRole',
    id: `${userId}-${locationId}`,
    active: true,
    practitioner: { reference: `Practitioner/${userId}` },
    location: [{ reference: `Location/${locationId}` }],
    code: [{ text: category }],
    identifier: [{ system: `${au}/medicare-provider-number`, value: `99999${userId}${locationId}A` }],
    ...also,
  };
}

export function location(id: string, postalCode: string, also: object = {}): FhirResource {
  return {
    resourceType: 'Location',
    id,
    name: `Sandbox place ${id}`,
    address: { line: ['1 Sample Street'], city: 'Wattle Flat', postalCode },
    telecom: [
      { system: 'phone', value: '02 5550 0001' },
      { system: 'email', value: 'desk@example.com' },
    ],
    ...also,
  };
}

interface Links {
  readonly patient?: string;
  readonly user?: string;
  readonly location?: string;
}

export function appointment(
  id: string,
  start: string,
  { patient: who = '41', user = '7', location: where = '1' }: Links = {},
  also: object = {},
): FhirResource {
  return {
    resourceType: 'Appointment',
    id,
    status: 'booked',
    start,
    minutesDuration: 15,
    participant: [
      { actor: { reference: `Patient/${who}` }, status: 'accepted' },
      { actor: { reference: `Practitioner/${user}` }, status: 'accepted' },
      { actor: { reference: `Location/${where}` }, status: 'accepted' },
    ],
    ...also,
  };
}

/** A free slot of a schedule named `<user>-<location>`. */
export function freeSlot(schedule: string, start: string, end: string): FhirResource {
  return {
    resourceType: 'Slot',
    id: `${schedule}-${start}`,
    status: 'free',
    start,
    end,
    schedule: { reference: `Schedule/${schedule}` },
  };
}

export function schedule(userId: string, locationId: string): FhirResource {
  return {
    resourceType: 'Schedule',
    id: `${userId}-${locationId}`,
    actor: [{ reference: `Practitioner/${userId}` }, { reference: `Location/${locationId}` }],
  };
}
