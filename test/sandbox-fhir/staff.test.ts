import { expect, test } from 'vitest';
import { clientOf, databaseOf, hour, locations, matches, sessionRow, users } from './known-practice.ts';

const fhir = clientOf(
  databaseOf({
    USERS: users,
    LOCATIONS: locations,
    PROVIDER_LOCATION: [
      { RECORDID: 1, USERID: 7, LOCATIONID: 1, PROVIDERNUMBER: '123456AX' },
      { RECORDID: 2, USERID: 2000000553, LOCATIONID: 1, PROVIDERNUMBER: '654321FT' },
      { RECORDID: 3, USERID: 7, LOCATIONID: 3, PROVIDERNUMBER: '999999AX' },
      { RECORDID: 4, RECORDSTATUS: 2, USERID: 9, LOCATIONID: 2, PROVIDERNUMBER: '888888AX' },
    ],
    SESSIONS: [
      sessionRow(1),
      sessionRow(2, { LOCATIONID: 2, DAYOFWEEK: 7, STARTTIME: 8.5 * hour }),
      sessionRow(3, { DAYOFWEEK: 1, RECORDSTATUS: 2 }),
      sessionRow(4, { DAYOFWEEK: 2, ENDDATE: '2026-11-21T00:00:00' }),
      sessionRow(5, { USERID: 0 }),
    ],
    DAYSAWAY: [
      {
        RECORDID: 1,
        USERID: 7,
        STARTDATE: '2026-12-24T00:00:00',
        FINISHDATE: '2026-12-31T00:00:00',
        AWAYREASON: 'Annual leave',
      },
      {
        RECORDID: 2,
        USERID: 0,
        STARTDATE: '2026-12-25T00:00:00',
        FINISHDATE: '2026-12-25T00:00:00',
        AWAYREASON: 'Closed',
      },
      { RECORDID: 3, RECORDSTATUS: 2, USERID: 7, STARTDATE: '2027-01-01T00:00:00', FINISHDATE: null },
    ],
  }),
);

test('a practitioner: name and work contact, never a private number or a password', () => {
  const { body } = fhir.get('Practitioner/7');
  expect(body).toEqual({
    resourceType: 'Practitioner',
    id: '7',
    meta: { lastUpdated: '2026-01-05T10:00:00+11:00' },
    active: true,
    name: [
      { use: 'official', text: 'Dr Ada Samplebury', family: 'Samplebury', given: ['Ada'], prefix: ['Dr'] },
    ],
    telecom: [
      { system: 'phone', use: 'work', value: '(07) 5550 1777' },
      { system: 'email', value: 'ada@example.com' },
    ],
  });
});

test('practitioners by name and by being active; invalid and deleted users do not exist', () => {
  expect(fhir.ids('Practitioner', '')).toEqual(['9', '2000000553', '10', '7']);
  expect(fhir.ids('Practitioner', 'active=true')).toEqual(['9', '2000000553', '7']);
  expect(fhir.ids('Practitioner', 'active=false')).toEqual(['10']);
  expect(fhir.ids('Practitioner', 'name=sam%20ad')).toEqual(['7']);
  expect(fhir.get('Practitioner/11').status).toBe(404);
  expect(fhir.get('Practitioner/12').status).toBe(404);
});

test('a role for each location, the usual one first, with its provider number there', () => {
  const { body } = fhir.search('PractitionerRole', 'practitioner=7,Practitioner/2000000553');
  const found = matches(body).map(({ id, practitioner, location, code, identifier }) => [
    id,
    practitioner.reference,
    location?.[0].reference,
    code[0].text,
    identifier?.[0].value,
  ]);
  expect(found).toEqual([
    ['7-1', 'Practitioner/7', 'Location/1', 'Principal Doctor', '123456AX'],
    ['7-2', 'Practitioner/7', 'Location/2', 'Principal Doctor', undefined],
    ['2000000553-2', 'Practitioner/2000000553', 'Location/2', 'Practice Nurse', undefined],
    ['2000000553-1', 'Practitioner/2000000553', 'Location/1', 'Practice Nurse', '654321FT'],
  ]);
});

test('users without appointments have a role too, and inactive users an inactive one', () => {
  expect(fhir.get('PractitionerRole/9-1').body).toMatchObject({
    active: true,
    code: [{ text: 'Receptionist' }],
  });
  expect(fhir.get('PractitionerRole/10-1').body).toMatchObject({ active: false });
});

test('a role says when its user is available there, and away anywhere', () => {
  const away = [{ description: 'Annual leave', during: { start: '2026-12-24', end: '2026-12-31' } }];
  expect(fhir.get('PractitionerRole/7-1').body).toMatchObject({
    availableTime: [
      {
        daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
        availableStartTime: '09:00:00',
        availableEndTime: '12:00:00',
      },
    ],
    notAvailable: away,
  });
  expect(fhir.get('PractitionerRole/7-2').body).toMatchObject({
    availableTime: [{ daysOfWeek: ['sat'], availableStartTime: '08:30:00', availableEndTime: '12:00:00' }],
    notAvailable: away,
  });
});
