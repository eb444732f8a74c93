/** Patients as a caller can write them, and as a server can hold them, with unknown elements. */
import fc from 'fast-check';
import type { PatientDetails } from '../../../src/datasources/domain/patient-writes.ts';
import type { FhirResource } from '../../../src/datasources/halo-cloud/practice-connection.ts';

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const phone = fc.oneof(digits(10), fc.constant('+64215550100'), fc.constant('02 5550 0011'));
const place = { suburb: maybe(word), postcode: maybe(digits(4)) };

const details: { readonly [K in keyof PatientDetails]: fc.Arbitrary<PatientDetails[K]> } = {
  title: maybe(fc.oneof(word, fc.constant('Ms.'))),
  firstName: maybe(word),
  middleName: maybe(word),
  lastName: word,
  preferredName: maybe(word),
  birthDate: maybe(
    fc
      .date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  ),
  sex: fc.constantFrom('MALE', 'FEMALE', 'OTHER', 'UNKNOWN'),
  address: maybe(
    fc.oneof(
      fc.record({ line1: word, line2: maybe(word), ...place }),
      fc.record({ line1: fc.constant(null), line2: fc.constant(null), suburb: word, postcode: digits(4) }),
    ),
  ),
  postalAddress: maybe(fc.record({ ...place, line1: word })),
  homePhone: maybe(phone),
  workPhone: maybe(phone),
  mobilePhone: maybe(phone),
  email: maybe(fc.emailAddress()),
  medicare: maybe(
    fc.record({
      number: digits(10),
      individualReferenceNumber: maybe(digits(1)),
      expiry: maybe(
        fc
          // A valid one has priority over an expired one.
          .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2027, max: 2040 }))
          .map(([month, year]) => `${String(month).padStart(2, '0')}/${year}`),
      ),
    }),
  ),
  dva: maybe(fc.record({ number: word, type: maybe(fc.constantFrom('Gold', 'White', 'Orange', 'Lilac')) })),
};

export const allDetails: fc.Arbitrary<PatientDetails> = fc.record(details);
export const someDetails: fc.Arbitrary<Partial<PatientDetails>> = fc.record(details, { requiredKeys: [] });

const au = 'http://ns.electronichealth.net.au/id';

/** Elements that the facade never reads. Every change must keep them. */
export const unreadable: readonly unknown[] = [
  { use: 'maiden', family: 'Former' },
  { use: 'old', family: 'Testwattle', given: ['Old'] },
  { system: 'fax', use: 'home', value: '0255500099' },
  { system: 'phone', use: 'old', value: '0255500098' },
  { system: 'phone', value: '0255500097' },
  { system: 'phone', use: 'home', extension: [{ url: 'urn:invented', valueString: 'no value' }] },
  { use: 'old', type: 'both', line: ['9 Former Street'] },
  { use: 'old', type: 'postal', line: ['PO Box 9'] },
  { system: 'urn:other', value: 'MRN 1' },
  { system: `${au}/hi/ihi/1.0`, value: '8003600000000000' },
  { system: `${au}/medicare-number`, extension: [{ url: 'urn:invented' }] },
  { system: `${au}/medicare-number`, use: 'old', value: '39509876511', period: { end: '2015-05' } },
  { system: 'phone', use: 'home', value: '0255500096', rank: 1, period: { end: '2015-05-01' } },
  { use: 'home', line: ['8 Former Street'], period: { end: '2015' } },
];
const [
  maiden,
  old,
  fax,
  oldPhone,
  anyPhone,
  noPhone,
  oldAddress,
  oldPostal,
  mrn,
  ihi,
  noCard,
  oldCard,
  endedPhone,
  endedAddress,
] = unreadable;
const beside = { extension: [{ url: 'urn:invented', valueString: 'kept' }] };

const names = [
  {
    use: 'official',
    text: 'Ms. Example Middle Testwattle',
    family: 'Testwattle',
    _family: beside,
    given: ['Example', 'Middle', 'Other'],
    _given: [null, beside, null],
    prefix: ['Ms.', 'Prof.'],
    suffix: ['OAM'],
    extension: [{ url: 'urn:invented' }],
  },
  { use: 'usual', given: ['Exie', 'Ex'], text: 'Exie' },
  { use: 'nickname', text: 'Nick' },
  maiden,
  old,
];
const otherNames = [
  { use: 'official', family: 'Middleonly', given: [null, 'Middle'], _given: [beside, null] },
  { family: 'Nouse', given: ['Sam'] },
  { text: "Mary-Anne O'Brien" },
  { use: 'official', family: 'Ended', given: ['Em'], period: { end: '2001-01-01' } },
];
const telecom = [
  { id: 't1', system: 'phone', use: 'home', value: ' (02) 5550 0011 ', rank: 2, period: { start: '2001' } },
  { system: 'phone', use: 'home', value: '0255500012' },
  { system: 'phone', use: 'work', value: '0255500013', _value: beside },
  { system: 'phone', use: 'mobile', value: '0491570006' },
  { system: 'email', value: 'first@example.com', extension: [beside] },
  { system: 'email', use: 'work', value: 'second@example.com' },
  fax,
  oldPhone,
  anyPhone,
  noPhone,
  endedPhone,
  { system: 'sms', value: '0491570007' },
];
const address = [
  {
    use: 'home',
    type: 'physical',
    text: '1 Sample Street',
    line: ['1 Sample Street', 'Unit 2'],
    city: 'Wattle Flat',
    state: 'NSW',
    postalCode: '2000',
    country: 'Australia',
    extension: [beside],
  },
  { type: 'postal', line: ['PO Box 1'], city: 'Wattle Flat', postalCode: '2001', country: 'AU' },
  { use: 'billing', type: 'both', line: ['2 Sample Street'], postalCode: '2002' },
  { use: 'temp', line: ['3 Sample Street'], postalCode: '2003' },
  oldAddress,
  oldPostal,
  endedAddress,
  { use: 'home', text: '5 Sample Street\nWattle Flat' },
  { line: ['c/- Sample', 'Unit 2', '6 Sample Street'], city: 'Wattle Flat', postalCode: '2000' },
];
const identifier = [
  {
    use: 'official',
    type: { coding: [{ code: 'MC' }], text: 'Medicare' },
    system: `${au}/medicare-number`,
    value: '2950 98765 1 3',
    period: { start: '2020-01', end: '2027-03' },
    assigner: { display: 'kept' },
  },
  { system: `${au}/medicare-number`, value: '59509876511' },
  { system: `${au}/dva`, type: { coding: [{ code: 'DVW' }] }, value: 'NX000001', extension: [beside] },
  mrn,
  ihi,
  noCard,
  oldCard,
];

/** A Patient with any of that, in any order. */
export const storedPatient: fc.Arbitrary<FhirResource> = fc
  .record({
    name: fc
      .tuple(fc.shuffledSubarray(names), fc.subarray(otherNames, { maxLength: 1 }))
      .map((both) => both.flat()),
    telecom: fc.shuffledSubarray(telecom),
    address: fc.shuffledSubarray(address),
    identifier: fc.shuffledSubarray(identifier),
    gender: fc.constantFrom('female', 'unknown', 'odd', undefined),
    birthDate: fc.constantFrom('1980-02-29', '1980', undefined),
  })
  .map((fields) => ({
    resourceType: 'Patient',
    id: '41',
    meta: { versionId: '3' },
    extension: [beside],
    contained: [{ resourceType: 'Basic', id: 'x' }],
    active: false,
    contact: [{ name: { family: 'Kin' } }],
    generalPractitioner: [{ reference: 'Practitioner/7' }],
    invented: { kept: true },
    ...Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== undefined && value.length > 0),
    ),
  }));
