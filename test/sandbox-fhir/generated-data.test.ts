import { expect, test } from 'vitest';
import { openPracticeDatabase } from '../../sandbox/database/practice-database.ts';
import { type Body, clientOf, matches, practiceOf, today } from './known-practice.ts';

const practice = practiceOf('1004');
const database = openPracticeDatabase(practice, today);
const fhir = clientOf(database, practice);
const all = (type: string): Body[] => matches(fhir.search(type, '_count=500').body);
const tables = ['PATIENTS', 'EMAIL', 'USERS', 'DAYSAWAY', 'SESSIONS', 'LOCATIONS', 'APPOINTMENTS'];

test('whatever is read can be sent back, and nothing changes', () => {
  const everything = () => tables.map((table) => database.all(`SELECT * FROM ${table}`));
  const before = everything();
  for (const type of ['Patient', 'Practitioner', 'PractitionerRole', 'Location']) {
    const found = all(type);
    expect(found.length).toBeGreaterThan(1);
    for (const resource of found)
      expect(fhir.send('PUT', `${type}/${resource.id}`, resource)).toEqual({ status: 200, body: resource });
  }
  expect(everything()).toEqual(before);
});

test('every living patient can be added again as served', () => {
  const living = all('Patient').filter(({ active, telecom = [] }) => {
    const emails = telecom.filter(({ system }: Body) => system === 'email');
    return active && emails.length < 2;
  });
  expect(living.length).toBeGreaterThan(200);
  for (const resource of living) {
    const { id: _, meta: _old, ...said } = resource;
    const { id, meta: _new, ...copy } = fhir.send('POST', 'Patient', said).body;
    expect(copy).toEqual(said);
    expect(id).not.toBe(resource.id);
  }
});
