import { expect, test } from 'vitest';
import type { Appointment } from '../../src/datasources/domain/appointment.ts';
import { fakeHalo } from './fake-halo.ts';

const rows = (userId: string): Appointment[] =>
  Array.from({ length: 300 }, (_, index) => ({
    pmsId: String(index + 1),
    start: '2026-11-23T09:00:00+10:30',
    end: '2026-11-23T09:15:00+10:30',
    durationMinutes: 15,
    status: 'BOOKED',
    userId,
    patientId: null,
    locationId: null,
  })) as unknown as Appointment[];

const book = (below: string) =>
  `appointments(from: "2026-11-23") { ... on AppointmentConnection { nodes { pmsId ${below} } } }`;

test('an operation that follows links in circles is stopped, with one error and one log line', async () => {
  const { request, logged, calls } = fakeHalo({
    practices: { '1001': { data: { appointments: async () => rows('1') } } },
  });
  const circle = book(`user { ${book(`user { ${book(`user { ${book('')} }`)} }`)} }`);
  const response = await request({
    query: `{ practice(bpSiteId: "1001") { ... on Practice { ${circle} } } }`,
  });
  const { data, errors } = await response.json();
  expect(data).toBeNull();
  expect(errors.map((error: { extensions: object }) => error.extensions)).toEqual([
    { code: 'RESULT_TOO_LARGE', type: 'ResultTooLarge', retryable: false, asyncQueryId: null },
  ]);
  expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
  expect(logged.find(({ message }) => message === 'operation')?.fields.errors).toEqual(['RESULT_TOO_LARGE']);
  expect(calls.length).toBeLessThan(10);
});

test('a full page of one practice stays far below the limit', async () => {
  const many = Array.from({ length: 16 }, () => rows('1')).flat();
  const { execute } = fakeHalo({ practices: { '1001': { data: { appointments: async () => many } } } });
  const { errors } = await execute(
    `{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23", first: 5000) {
      ... on AppointmentConnection { edges { cursor node { id pmsId start end durationMinutes status
        patient { id fullName } user { id displayName } location { id name } } } } } } } }`,
  );
  expect(errors).toBeUndefined();
});
