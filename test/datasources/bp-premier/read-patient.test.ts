import { describe, expect, it } from 'vitest';
import { readPatient as readOn } from '../../../src/datasources/bp-premier/read-patient.ts';
import type { FhirResource } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { UpstreamFailed } from '../../../src/errors.ts';
import { today, wholePatient } from './resources.ts';

const readPatient = (resource: FhirResource) => readOn(resource, today);

describe('a FHIR Patient', () => {
  it('becomes a patient', () => {
    expect(readPatient(wholePatient)).toEqual({
      pmsId: '41',
      status: 'ACTIVE',
      title: 'Ms.',
      firstName: 'Example',
      middleName: 'Middle',
      lastName: 'Testwattle',
      preferredName: 'Exie',
      birthDate: '1980-02-29',
      sex: 'FEMALE',
      address: {
        line1: '1 Sample Street',
        line2: 'Unit 2',
        suburb: 'Wattle Flat',
        postcode: '2000',
        state: null,
        country: null,
      },
      postalAddress: {
        line1: 'PO Box 1',
        line2: null,
        suburb: 'Wattle Flat',
        postcode: '2001',
        state: null,
        country: 'Australia',
      },
      homePhone: '(02) 5550 0011',
      workPhone: '02 5550 0012',
      mobilePhone: '0491 570 006',
      email: 'exie@example.com',
      medicare: { number: '2950987651', individualReferenceNumber: '3', expiry: '03/2027' },
      dva: { number: 'NX000001', type: 'White' },
      ihi: '8003600000000000',
      usualUserId: '7',
    });
  });

  it('is null in missing fields', () => {
    const { pmsId, ...rest } = readPatient({ resourceType: 'Patient', id: '42' });
    expect(pmsId).toBe('42');
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });

  it.each([
    [{ active: false }, 'INACTIVE'],
    [{ active: true, deceasedBoolean: true }, 'DECEASED'],
    [{ active: true, deceasedBoolean: false }, 'ACTIVE'],
    [{ active: false, deceasedDateTime: '2020-01-01' }, 'DECEASED'],
    [{ active: 'yes' }, null],
  ])('with %j is %s', (fields, status) => {
    expect(readPatient({ resourceType: 'Patient', id: '1', ...fields }).status).toBe(status);
  });

  it.each([
    ['2950987651', undefined, { number: '2950987651', individualReferenceNumber: null, expiry: null }],
    [
      '2950 98765 1 2',
      '2027-03-31',
      { number: '2950987651', individualReferenceNumber: '2', expiry: '03/2027' },
    ],
    ['29509', '2027', { number: '29509', individualReferenceNumber: null, expiry: null }],
    ['29509876511', '2027-13', { number: '2950987651', individualReferenceNumber: '1', expiry: null }],
  ])('reads Medicare %s, %s', (value, end, card) => {
    const identifier = [
      { system: 'http://ns.electronichealth.net.au/id/medicare-number', value, period: { end } },
    ];
    expect(readPatient({ resourceType: 'Patient', id: '1', identifier }).medicare).toEqual(card);
  });

  it('knows a DVA card by its code where there is no text', () => {
    const dva = (code: string) => [
      { system: 'http://ns.electronichealth.net.au/id/dva', value: 'NX1', type: { coding: [{ code }] } },
    ];
    const typeOf = (code: string) =>
      readPatient({ resourceType: 'Patient', id: '1', identifier: dva(code) }).dva?.type;
    expect(['DVG', 'DVW', 'DVO', 'toString'].map(typeOf)).toEqual(['Gold', 'White', 'Orange', null]);
  });

  it.each([undefined, '', 41, 'a b', '../41'])('with the id %j is a malformed response', (id) => {
    expect(() => readPatient({ ...wholePatient, id: id as string })).toThrow(UpstreamFailed);
  });
});
