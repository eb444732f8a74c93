import { expect, test } from 'vitest';
import { appointmentRow, clientOf, databaseOf, hour, locations, practiceOf } from './known-practice.ts';

function timesOf(
  date: string,
  seconds: number,
  length: number,
  LOCATIONID: number,
  practice?: string,
): string[] {
  const row = appointmentRow(1, {
    APPOINTMENTDATE: `${date}T00:00:00`,
    APPOINTMENTTIME: seconds,
    APPOINTMENTLENGTH: length,
    LOCATIONID,
  });
  const database = databaseOf({ LOCATIONS: locations, APPOINTMENTS: [row] });
  const { body } = clientOf(database, practice ? practiceOf(practice) : undefined).get('Appointment/1');
  return [body.start, body.end];
}

test.each([
  ['the day before clocks go forward', '2026-10-03', 9.25 * hour, 1, '2026-10-03T09:15:00+10:00'],
  ['clocks go forward: before', '2026-10-04', 1.5 * hour, 1, '2026-10-04T01:30:00+10:00'],
  ['clocks go forward: 02:30 does not exist', '2026-10-04', 2.5 * hour, 1, '2026-10-04T03:30:00+11:00'],
  ['clocks go forward: 09:15 is 09:15', '2026-10-04', 9.25 * hour, 1, '2026-10-04T09:15:00+11:00'],
  ['no daylight saving in the next street', '2026-10-04', 9.25 * hour, 2, '2026-10-04T09:15:00+10:00'],
  ['clocks go back: 02:30 is the first', '2027-04-04', 2.5 * hour, 1, '2027-04-04T02:30:00+11:00'],
  ['clocks go back: 09:15 is 09:15', '2027-04-04', 9.25 * hour, 1, '2027-04-04T09:15:00+10:00'],
])('%s', (_, date, seconds, locationId, start) => {
  expect(timesOf(date, seconds, 900, locationId)[0]).toBe(start);
});

test('the end is so much elapsed time after the start', () => {
  expect(timesOf('2026-10-04', 1.75 * hour, 1800, 1)[1]).toBe('2026-10-04T03:15:00+11:00');
  expect(timesOf('2027-04-04', 2.75 * hour, 1800, 1)[1]).toBe('2027-04-04T02:15:00+10:00');
  expect(timesOf('2026-11-23', 23.75 * hour, 1800, 1)[1]).toBe('2026-11-24T00:15:00+11:00');
});

test('a half-hour zone', () => {
  expect(timesOf('2026-10-04', 9 * hour, 900, 1, '1003')[0]).toBe('2026-10-04T09:00:00+10:30');
  expect(timesOf('2026-10-03', 9 * hour, 900, 1, '1003')[0]).toBe('2026-10-03T09:00:00+09:30');
});
