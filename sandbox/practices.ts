/** The practices of the sandbox. Everything here is invented; ids and GUIDs are fixed, so that saved operations keep working. */
export interface LocationSpec {
  readonly id: number;
  readonly name: string;
  readonly address1: string;
  readonly city: string;
  readonly postcode: string;
  readonly phone: string;
  readonly timeZone: string;
}

export interface PracticeSpec {
  /** The PMS ID: for Bp Premier its Bp Site ID. */
  readonly bpSiteId: string;
  /** `pmsType` as sites carry it. */
  readonly pms: 'BestPractice' | 'Zedmed';
  readonly name: string;
  /** The authoritative server. */
  readonly haloGuid: string;
  /** The standby server. It takes over while the fault `moved` is on, and responds with 403 otherwise. */
  readonly standbyHaloGuid: string;
  /** A replaced server: always 403. */
  readonly formerHaloGuid?: string;
  /** IANA zone of the first location. */
  readonly timeZone: string;
  readonly locations: readonly LocationSpec[];
  readonly availability: 'online' | 'offline' | 'unreachable';
  readonly haloLinkVersion: string;
  readonly pmsVersion: string;
  /** Whether the FHIR API also serves the assumed, undocumented part (Appointment, Slot, $find-free, hours). */
  readonly assumedFhir: boolean;
  /** One of the fifty small practices. */
  readonly chain: boolean;
  readonly patients: number;
  readonly doctors: number;
  /** Appointments of all doctors on a weekday, about. */
  readonly appointmentsPerDay: number;
  readonly daysBack: number;
  readonly daysAhead: number;
  /** Whether the practice has default sessions (USERID 0). They are its opening hours. */
  readonly practiceSessions: boolean;
}

interface Place {
  readonly city: string;
  readonly postcode: string;
  readonly area: string;
  readonly timeZone: string;
}

const sydney: Place = { city: 'Sydney', postcode: '2000', area: '02', timeZone: 'Australia/Sydney' };
const brisbane: Place = { city: 'Brisbane', postcode: '4000', area: '07', timeZone: 'Australia/Brisbane' };
const adelaide: Place = { city: 'Adelaide', postcode: '5000', area: '08', timeZone: 'Australia/Adelaide' };
const melbourne: Place = { city: 'Melbourne', postcode: '3000', area: '03', timeZone: 'Australia/Melbourne' };
const perth: Place = { city: 'Perth', postcode: '6000', area: '08', timeZone: 'Australia/Perth' };
const hobart: Place = { city: 'Hobart', postcode: '7000', area: '03', timeZone: 'Australia/Hobart' };
const darwin: Place = { city: 'Darwin', postcode: '0800', area: '08', timeZone: 'Australia/Darwin' };
const canberra: Place = { city: 'Canberra', postcode: '2600', area: '02', timeZone: 'Australia/Sydney' };
const tweedHeads: Place = { city: 'Tweed Heads', postcode: '2485', area: '07', timeZone: 'Australia/Sydney' };
const coolangatta: Place = {
  city: 'Coolangatta',
  postcode: '4225',
  area: '07',
  timeZone: 'Australia/Brisbane',
};

function location(id: number, name: string, place: Place): LocationSpec {
  return {
    id,
    name,
    address1: `${id} Sample Street`,
    city: place.city,
    postcode: place.postcode,
    phone: `(${place.area}) 5550 ${String(1000 + id * 11).slice(-4)}`,
    timeZone: place.timeZone,
  };
}

function guid(kind: '8' | '9' | 'a', bpSiteId: string): string {
  return `5a4db0c5-0000-4000-${kind}000-${bpSiteId.replace(/\D/g, '').padStart(12, '0')}`;
}

function practice(
  bpSiteId: string,
  name: string,
  locations: readonly LocationSpec[],
  differences: Partial<PracticeSpec> = {},
): PracticeSpec {
  return {
    bpSiteId,
    pms: 'BestPractice',
    name,
    haloGuid: guid('8', bpSiteId),
    standbyHaloGuid: guid('9', bpSiteId),
    timeZone: locations[0]?.timeZone ?? 'Australia/Sydney',
    locations,
    availability: 'online',
    haloLinkVersion: '26.713.10445.0',
    pmsVersion: '1.12.0.1010',
    assumedFhir: true,
    chain: false,
    patients: 400,
    doctors: 3,
    appointmentsPerDay: 36,
    daysBack: 90,
    daysAhead: 275,
    practiceSessions: true,
    ...differences,
  };
}

const chainPlaces = [sydney, melbourne, brisbane, perth, adelaide, hobart, canberra, darwin];

function chainPractice(index: number): PracticeSpec {
  const name = `Sandbox Chain Practice ${String(index + 1).padStart(2, '0')}`;
  const place = chainPlaces[index % chainPlaces.length] ?? sydney;
  return practice(String(9001 + index), name, [location(1, name, place)], {
    chain: true,
    patients: 40,
    doctors: 2,
    appointmentsPerDay: 20,
    daysBack: 20,
    daysAhead: 40,
  });
}

/** Every practice of the sandbox. */
export const practices: readonly PracticeSpec[] = [
  practice('1001', 'Sandbox Wattle Practice', [location(1, 'Wattle Sydney', sydney)], {
    patients: 3000,
    doctors: 6,
    appointmentsPerDay: 100,
  }),
  practice('1002', 'Sandbox Jacaranda Practice', [location(1, 'Jacaranda Brisbane', brisbane)]),
  practice('1003', 'Sandbox Vineyard Practice', [location(1, 'Vineyard Adelaide', adelaide)], {
    practiceSessions: false,
  }),
  practice('1004', 'Sandbox Border Practice', [
    location(1, 'Border Tweed Heads', tweedHeads),
    location(2, 'Border Coolangatta', coolangatta),
  ]),
  practice('1005', 'Sandbox Tramline Practice', [location(1, 'Tramline Melbourne', melbourne)], {
    formerHaloGuid: guid('a', '1005'),
  }),
  practice('1006', 'Sandbox Quokka Practice', [location(1, 'Quokka Perth', perth)], {
    assumedFhir: false,
    haloLinkVersion: '24.527.2795.0',
  }),
  practice('1007', 'Sandbox Lighthouse Practice', [location(1, 'Lighthouse Hobart', hobart)], {
    availability: 'offline',
    patients: 40,
    daysBack: 5,
    daysAhead: 5,
  }),
  practice('ZED-2001', 'Sandbox Banksia Clinic', [location(1, 'Banksia Sydney', sydney)], {
    pms: 'Zedmed',
    pmsVersion: '37.4.0',
    assumedFhir: false,
    patients: 0,
    doctors: 0,
    appointmentsPerDay: 0,
  }),
  ...Array.from({ length: 50 }, (_, index) => chainPractice(index)),
];
