import { expect, test } from 'vitest';
import { clientOf, databaseOf, hour, locations, sessionRow } from './known-practice.ts';

const fhir = clientOf(
  databaseOf({
    PRACTICE: [{ PRACTICEID: 1, PRACTICENAME: 'Sandbox Border Practice', HPIO: '8003620000000000' }],
    LOCATIONS: locations,
    SESSIONS: [
      sessionRow(1, { USERID: 0, STARTTIME: 8 * hour, ENDTIME: 18 * hour }),
      sessionRow(2, { USERID: 0, DAYOFWEEK: 7, STARTTIME: 8.5 * hour, ENDTIME: 24 * hour }),
      sessionRow(3, { USERID: 7, DAYOFWEEK: 1 }),
      sessionRow(4, { USERID: 0, DAYOFWEEK: 1, RECORDSTATUS: 2 }),
    ],
  }),
);

test('the practice is the organisation', () => {
  expect(fhir.get('Organization/1').body).toMatchObject({
    id: '1',
    name: 'Sandbox Border Practice',
    identifier: [{ system: 'http://ns.electronichealth.net.au/id/hi/hpio/1.0', value: '8003620000000000' }],
  });
});

test('a location with its opening hours, from sessions without a user', () => {
  expect(fhir.get('Location/1').body).toEqual({
    resourceType: 'Location',
    id: '1',
    status: 'active',
    name: 'Border Tweed Heads',
    mode: 'instance',
    telecom: [
      { system: 'phone', use: 'work', value: '(07) 5550 1011' },
      { system: 'email', value: 'one@example.com' },
    ],
    address: { line: ['1 Sample Street'], city: 'Tweed Heads', postalCode: '2485' },
    managingOrganization: { reference: 'Organization/1' },
    hoursOfOperation: [
      { daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'], openingTime: '08:00:00', closingTime: '18:00:00' },
      { daysOfWeek: ['sat'], openingTime: '08:30:00', closingTime: '23:59:59' },
    ],
  });
});

test('a location without such sessions says nothing of hours; one that was closed does not exist', () => {
  expect(fhir.get('Location/2').body.hoursOfOperation).toBeUndefined();
  expect(fhir.get('Location/2').body.address.line).toEqual(['2 Sample Street', 'Level 2']);
  expect(fhir.get('Location/3').status).toBe(404);
  expect(fhir.ids('Location', '')).toEqual(['1', '2']);
});
