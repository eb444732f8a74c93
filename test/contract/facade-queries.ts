/** The operations of the contract test. They make the facade send every request, which is checked against the contract. */
import { pathOf } from './exercise-queries.ts';

export interface FacadeQuery {
  readonly query: string;
  readonly variables?: object;
}

/** Operations of the contract that the facade does not use. The test makes it send all others. */
export const neverSent: readonly string[] = ['POST /integrator/pairSite'];

const pair = `mutation ($pairingCode: String) {
  pairSite(input: { pmsSiteId: "1001", pairingCode: $pairingCode }) { __typename } }`;

/** Operations for each source, in addition to the saved ones. */
export const facadeQueries: readonly FacadeQuery[] = [
  { query: pair, variables: { pairingCode: 'SANDBX' } },
  { query: pair, variables: { pairingCode: 'WRONG1' } },
];

/** Run with each of `faults`. */
export const probe = `{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-24", first: 1) { __typename } } }
  site(haloGuid: "${pathOf('1001').split('/').at(-1)}") { __typename } }`;

export const faults = [
  'offline',
  'unreachable',
  'moved',
  'not-paired',
  'quota',
  'ip-not-allowed',
  '429',
  '500',
  '503',
  '504',
  '413',
];

/** Results that a later operation of the same document needs. */
export interface Answered {
  readonly appointmentId?: string;
  readonly queryId?: string;
}

const site = { bpSiteId: '1001' };
const statement = {
  site,
  command: {
    text: 'SELECT DESCRIPTION FROM APPOINTMENTTYPES WHERE APPOINTMENTLENGTH <= @seconds',
    parameters: [{ name: '@seconds', type: 'Int', value: '900' }],
  },
};

/** Variables of all saved operations. Each source books and changes its own records. */
export function exampleVariables(source: 'sql-passthrough' | 'bp-premier', answered: Answered): object {
  const { appointmentId = '', queryId = '5a4db0c5-0000-4000-8000-00000000abcd' } = answered;
  const bySql = source === 'sql-passthrough';
  const day = bySql ? '2027-09-07' : '2027-09-06';
  return {
    bpSiteId: '1001',
    bpSiteIds: ['1001', '9001'],
    from: '2026-11-24',
    to: '2026-11-24',
    date: '2026-11-24',
    haloGuid: pathOf('1001').split('/').at(-1),
    search: { name: 'sample' },
    name: 'sample',
    patientId: '7',
    pmsSiteId: '1001',
    booking: { ...site, userId: '2', patientId: '1', start: `${day}T10:00:00+10:00`, idempotencyKey: source },
    move: { ...site, appointmentId, start: '2027-09-08T10:00:00+10:00' },
    cancellation: { ...site, appointmentId },
    leave: { ...site, userId: '3', from: day, idempotencyKey: `leave ${source}` },
    closing: { ...site, from: `2027-10-0${bySql ? 5 : 6}`, idempotencyKey: `closing ${source}` },
    opening: { ...site, dayClosedId: '1' },
    patient: {
      ...site,
      firstName: 'Testina',
      lastName: `Samplewood ${bySql ? 'Sql' : 'Fhir'}`,
      birthDate: '1980-02-03',
      idempotencyKey: `patient ${source}`,
    },
    changes: { ...site, patientId: '1', mobilePhone: '0491 570 156' },
    statement,
    query: statement,
    queryId,
    number: 1,
  };
}
