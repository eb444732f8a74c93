import { describe, expect, test } from 'vitest';
import { clientOf, databaseOf, matches, patientRow } from './known-practice.ts';

const medicare = 'http://ns.electronichealth.net.au/id/medicare-number';
const fhir = clientOf(
  databaseOf({
    PATIENTS: [
      patientRow(1, {
        FIRSTNAME: 'Ann',
        MIDDLENAME: 'Marie',
        SURNAME: 'Zebra',
        DOB: '1980-06-15T00:00:00',
        MEDICARENO: '2123456701',
        MEDICARELINENO: '1',
        MOBILEPHONE: '0491 570 006',
      }),
      patientRow(2, {
        FIRSTNAME: 'Marianne',
        SURNAME: 'Young',
        PREFERREDNAME: 'Zed',
        DOB: '1980-06-16T00:00:00',
        MEDICARENO: '2123456701',
        MEDICARELINENO: '2',
        HOMEPHONE: '(07) 5550-1234',
      }),
      patientRow(3, {
        FIRSTNAME: 'Zoë',
        SURNAME: 'Åkermock',
        DOB: '1981-01-01T00:00:00',
        UPDATED: '2026-11-20T12:00:00',
        WORKPHONE: '+61 491 570 006',
      }),
      patientRow(4, { FIRSTNAME: '100%', SURNAME: 'Com,ma', DVANO: 'NX1' }),
      patientRow(5, { FIRSTNAME: "Robert'); DROP TABLE PATIENTS;--", SURNAME: 'Tablesworth', DOB: null }),
    ],
    EMAIL: [
      { RECORDID: 1, INTERNALID: 1, EMAIL: 'Ann@example.com' },
      { RECORDID: 2, INTERNALID: 2, EMAIL: 'gone@example.com', RECORDSTATUS: 2 },
    ],
  }),
);
const found = (form: string) => fhir.ids('Patient', `${form}&_sort=_id`);

describe('strings', () => {
  test.each([
    ['given=ann', ['1']],
    ['given=mari', ['1', '2']],
    ['given=ari', []],
    ['given=ann,zo', ['1', '3']],
    ['given=ann&given=mari', ['1']],
    ['family=z', ['1']],
    ['name=z', ['1', '2', '3']],
    ['name=z%20ann', ['1']],
    ['name=z&name=ann', ['1']],
    [`family=${encodeURIComponent('åK')}`, ['3']],
    [`given=${encodeURIComponent('ZOË')}`, ['3']],
    ['given=100%25', ['4']],
    ['given=%25', []],
    ['given=_', []],
    ['family=com%5C,ma', ['4']],
    ['family=com,ma', ['4']],
    ['family=ma', []],
    [`given=${encodeURIComponent("Robert'); DROP")}`, ['5']],
    ['given=&family=zebra', ['1']],
    ['name=%20', ['1', '2', '3', '4', '5']],
  ])('%s', (form, ids) => {
    expect(found(form)).toEqual(ids);
  });
});

describe('dates', () => {
  test.each([
    ['birthdate=1980-06-15', ['1']],
    ['birthdate=eq1980-06-15,1981-01-01', ['1', '3']],
    ['birthdate=1980-06', ['1', '2']],
    ['birthdate=1980', ['1', '2']],
    ['birthdate=ne1980', ['3']],
    ['birthdate=gt1980-06-15', ['2', '3']],
    ['birthdate=ge1980-06-15', ['1', '2', '3']],
    ['birthdate=lt1980-06-16', ['1']],
    ['birthdate=le1980-06-16', ['1', '2']],
    ['birthdate=gt1980', ['3']],
    ['birthdate=le9999-12-31', ['1', '2', '3']],
    ['birthdate=gt1980-06-15&birthdate=lt1981', ['2']],
    ['_lastUpdated=gt2026-11', []],
    ['_lastUpdated=gt2026-10', ['3']],
    ['_lastUpdated=ge2026-11-20T01:00:00Z', ['3']],
    ['_lastUpdated=gt2026-11-20T01:00:01Z', []],
  ])('%s', (form, ids) => {
    expect(found(form)).toEqual(ids);
  });

  test.each(['x', 'ap1980', '1980-13', '1980-02-30', '80-01-01', '1980-06-15T25:00:00Z'])(
    '%s is refused',
    (date) => {
      expect(fhir.search('Patient', `birthdate=${date}`).status).toBe(400);
    },
  );
});

describe('tokens', () => {
  test.each([
    ['identifier=2123456701', ['1', '2']],
    ['identifier=21234567012', ['2']],
    ['identifier=21234567019', []],
    [`identifier=${medicare}|2123456701`, ['1', '2']],
    [`identifier=${medicare}|21234567011`, ['1']],
    [`identifier=${medicare}|`, ['1', '2']],
    ['identifier=urn:other|2123456701', []],
    ['identifier=|2123456701', []],
    ['identifier=nx1', ['4']],
    ['phone=0491570006', ['1', '3']],
    ['phone=%2B61491570006', ['1', '3']],
    ['phone=(07)%205550%201234', ['2']],
    ['phone=0491', []],
    ['phone=-', []],
    ['email=ann@EXAMPLE.com', ['1']],
    ['email=gone@example.com', []],
    ['_id=2,4,x,99', ['2', '4']],
    ['_id=02', []],
    ['_id=2&_id=4', []],
  ])('%s', (form, ids) => {
    expect(found(form)).toEqual(ids);
  });
});

test('by last name, first name and id; _sort and its reverse', () => {
  expect(fhir.ids('Patient', '_id=1,2,4,5')).toEqual(['4', '5', '2', '1']);
  expect(fhir.ids('Patient', '_id=1,2,3&_sort=birthdate')).toEqual(['1', '2', '3']);
  expect(fhir.ids('Patient', '_id=1,2,3&_sort=-birthdate')).toEqual(['3', '2', '1']);
  expect(fhir.search('Patient', '_sort=shoe').status).toBe(400);
});

test('a parameter that is not listed is refused, without saying what it held', () => {
  const { status, body } = fhir.search('Patient', 'nickname=Zed');
  expect(status).toBe(400);
  expect(body).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'invalid' }],
  });
  expect(JSON.stringify(body)).not.toContain('Zed');
  expect(fhir.search('Patient', 'name:exact=Ann').status).toBe(400);
});

test('_elements keeps what identifies a resource, and the requested elements', () => {
  const [whole] = matches(fhir.search('Patient', '_id=1').body);
  const [part] = matches(fhir.search('Patient', '_id=1&_elements=birthDate,Patient.name').body);
  const tag = [expect.objectContaining({ code: 'SUBSETTED' })];
  expect(part).toEqual({
    resourceType: 'Patient',
    id: '1',
    meta: { ...whole.meta, tag },
    birthDate: '1980-06-15',
    name: whole.name,
  });
  expect(fhir.get('Patient/1?_elements=gender').body).toEqual({
    resourceType: 'Patient',
    id: '1',
    meta: { ...whole.meta, tag },
    gender: 'unknown',
  });
});

test('by GET as by POST', () => {
  expect(matches(fhir.get('Patient?birthdate=1980-06-15').body).map(({ id }) => id)).toEqual(['1']);
});
