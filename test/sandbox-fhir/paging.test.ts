import { expect, test } from 'vitest';
import { borderPractice, clientOf, databaseOf, linkOf, matches, patientRow } from './known-practice.ts';

const rows = Array.from({ length: 120 }, (_, index) => patientRow(index + 1, { SURNAME: 'Zzsecretname' }));
const database = databaseOf({ PATIENTS: rows });
const fhir = clientOf(database);
const base = `/integrator/sites/${borderPractice.haloGuid}/fhir/R4/`;

/** Every page by the path and query of its next link, on a base of our own. */
function pages(form: string): string[][] {
  let { body } = fhir.search('Patient', form);
  const ids = [matches(body).map(({ id }) => id)];
  for (let next = linkOf(body, 'next'); next && ids.length < 9; next = linkOf(body, 'next')) {
    expect(next.pathname.startsWith(base)).toBe(true);
    const answered = fhir.get(`${next.pathname.slice(base.length)}${next.search}`);
    expect(answered.status).toBe(200);
    body = answered.body;
    expect(body.total).toBe(120);
    ids.push(matches(body).map(({ id }) => id));
  }
  return ids;
}

test('next links lead to the end, every resource once and in order', () => {
  expect(pages('name=zz').map(({ length }) => length)).toEqual([50, 50, 20]);
  expect(pages('name=zz&_count=40').map(({ length }) => length)).toEqual([40, 40, 40]);
  expect(pages('name=zz&_count=500').map(({ length }) => length)).toEqual([120]);
  expect(pages('name=zz&_sort=-_id&_count=50').flat()).toEqual(rows.map((_, index) => String(120 - index)));
});

test('links name another host and nothing of the search', () => {
  const { body } = fhir.search('Patient', 'name=Zzsecretname');
  expect(linkOf(body, 'next')?.host).toBe('api.haloconnect.invalid');
  expect(JSON.stringify(body.link)).not.toMatch(/secret|name=/i);
});

test('what changes between pages moves nothing', () => {
  const { body } = fhir.search('Patient', '_sort=_id');
  database.run('UPDATE PATIENTS SET RECORDSTATUS = 2 WHERE INTERNALID IN (3, 60)');
  const next = linkOf(body, 'next');
  const second = fhir.get(`Patient${next?.search}`).body;
  database.run('UPDATE PATIENTS SET RECORDSTATUS = 1 WHERE INTERNALID IN (3, 60)');
  const ids = matches(second).map(({ id }) => Number(id));
  expect(ids).toEqual(Array.from({ length: 50 }, (_, index) => 51 + index).filter((id) => id !== 60));
});

test('_elements holds on later pages; a page can be requested again', () => {
  const { body } = fhir.search('Patient', '_elements=birthDate');
  const query = linkOf(body, 'next')?.search;
  const first = matches(fhir.get(`Patient${query}`).body);
  expect(first.every((patient) => patient.name === undefined)).toBe(true);
  expect(matches(fhir.get(`Patient${query}`).body)).toEqual(first);
});

test('_count=0 counts only; a bundle without matches has no entry', () => {
  const { body } = fhir.search('Patient', '_count=0');
  expect([body.total, body.entry, linkOf(body, 'next')]).toEqual([120, undefined, undefined]);
  const none = fhir.search('Patient', 'name=nobody').body;
  expect(none).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 0 });
  expect(none.entry).toBeUndefined();
});

test('a token of another type, of another practice or an unknown one is refused', () => {
  const query = linkOf(fhir.search('Patient', '').body, 'next')?.search;
  expect(fhir.get(`Practitioner${query}`).status).toBe(400);
  expect(clientOf(databaseOf({})).get(`Patient${query}`).status).toBe(400);
  expect(fhir.get('Patient?ct=nothing').status).toBe(400);
  expect(fhir.search('Patient', '_count=many').status).toBe(400);
});
