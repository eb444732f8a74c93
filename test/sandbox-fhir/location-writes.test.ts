import { beforeEach, describe, expect, test } from 'vitest';
import type { PracticeDatabase } from '../../sandbox/database/practice-database.ts';
import {
  type Body,
  clientOf,
  databaseOf,
  hour,
  locations,
  practiceOf,
  sessionRow,
  today,
  users,
} from './known-practice.ts';

let database: PracticeDatabase;
let fhir: ReturnType<typeof clientOf>;
beforeEach(() => {
  database = databaseOf({
    PRACTICE: [{ PRACTICEID: 1, PRACTICENAME: 'Sandbox Border Practice' }],
    USERS: users,
    LOCATIONS: locations,
    SESSIONS: [
      sessionRow(1, { USERID: 0, STARTTIME: 8 * hour, ENDTIME: 18 * hour }),
      sessionRow(2, { USERID: 0, DAYOFWEEK: 7, STARTTIME: 8 * hour, ENDTIME: 24 * hour }),
      sessionRow(3, { USERID: 7 }),
      sessionRow(4, { USERID: 0, STARTTIME: 9 * hour, ENDTIME: 10 * hour, STARTDATE: '2027-02-01T00:00:00' }),
      sessionRow(5, { USERID: 0, LOCATIONID: 2, DAYOFWEEK: 2 }),
      sessionRow(6, { USERID: 0, LOCATIONID: 2, DAYOFWEEK: 2, STARTTIME: 11 * hour }),
    ],
  });
  fhir = clientOf(database);
});

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
const open = (daysOfWeek: string[], opens: string, closes: string) => ({
  daysOfWeek,
  openingTime: `${opens}:00`,
  closingTime: closes === '24:00' ? '23:59:59' : `${closes}:00`,
});
const served = (id: number): Body => fhir.get(`Location/${id}`).body;
const put = (id: number, differences: object) =>
  fhir.send('PUT', `Location/${id}`, { ...served(id), ...differences });
const everything = () => [database.all('SELECT * FROM SESSIONS'), database.all('SELECT * FROM LOCATIONS')];
const current = (locationId: number) =>
  database.all(
    `SELECT DAYOFWEEK AS day, STARTTIME / 3600.0 AS opens, ENDTIME / 3600.0 AS closes FROM SESSIONS
     WHERE USERID = 0 AND LOCATIONID = @location AND RECORDSTATUS = 1 ORDER BY DAYOFWEEK, STARTTIME`,
    { '@location': locationId },
  );

describe('opening hours', () => {
  const week = [
    open(weekdays, '08:30', '12:30'),
    open(weekdays, '13:00', '18:00'),
    open(['sat', 'sun'], '09:00', '24:00'),
  ];

  test('are replaced, and served as they were written', () => {
    const answer = put(1, { hoursOfOperation: week });
    expect(answer).toEqual({ status: 200, body: served(1) });
    expect(answer.body.hoursOfOperation).toEqual(week);
    expect(current(1)).toEqual([
      { day: 1, opens: 9, closes: 24 },
      ...[2, 3, 4, 5, 6].flatMap((day) => [
        { day, opens: 8.5, closes: 12.5 },
        { day, opens: 13, closes: 18 },
      ]),
      { day: 7, opens: 9, closes: 24 },
    ]);
  });

  test('of one location only, without sessions of users', () => {
    const before = [served(2).hoursOfOperation, fhir.get('PractitionerRole/7-1').body];
    put(1, { hoursOfOperation: week });
    expect([served(2).hoursOfOperation, fhir.get('PractitionerRole/7-1').body]).toEqual(before);
    expect(
      database.all('SELECT RECORDSTATUS AS status, UPDATED AS at FROM SESSIONS WHERE SESSIONID <= 3'),
    ).toEqual([
      { status: 0, at: `${today}T10:11:12` },
      { status: 0, at: `${today}T10:11:12` },
      { status: 1, at: null },
    ]);
  });

  test('said day by day are the same', () => {
    const daily = week.flatMap((entry) => entry.daysOfWeek.map((day) => ({ ...entry, daysOfWeek: [day] })));
    expect(put(1, { hoursOfOperation: daily.toReversed() }).body.hoursOfOperation).toEqual(week);
    const before = everything();
    expect(put(1, { hoursOfOperation: daily }).status).toBe(200);
    expect(everything()).toEqual(before);
  });

  test('all day and to the end of the day', () => {
    const allDay = { daysOfWeek: ['sun'], allDay: true };
    const answer = put(2, { hoursOfOperation: [allDay] });
    expect(answer.body.hoursOfOperation).toEqual([open(['sun'], '00:00', '24:00')]);
    expect(current(2)).toEqual([{ day: 1, opens: 0, closes: 24 }]);
  });

  test('periods that touch stay two', () => {
    const touching = [open(['mon'], '08:00', '12:00'), open(['mon'], '12:00', '13:00')];
    expect(put(2, { hoursOfOperation: touching }).body.hoursOfOperation).toEqual(touching);
  });

  test('sent back as they were read change nothing, not even where they overlap', () => {
    const before = everything();
    for (const id of [1, 2]) expect(put(id, {})).toEqual({ status: 200, body: served(id) });
    expect(everything()).toEqual(before);
  });

  test('where there were none', () => {
    database.run('UPDATE SESSIONS SET RECORDSTATUS = 0');
    expect(put(1, {}).status).toBe(200);
    expect(put(1, { hoursOfOperation: week }).body.hoursOfOperation).toEqual(week);
  });

  const monday = (differences: object) => ({
    hoursOfOperation: [{ ...open(['mon'], '08:00', '12:00'), ...differences }],
  });
  test.each<[string, number, object]>([
    ['that are never', 422, { hoursOfOperation: undefined }],
    ['of an empty week', 422, { hoursOfOperation: [] }],
    ['without days', 400, monday({ daysOfWeek: undefined })],
    ['of an unknown day', 400, monday({ daysOfWeek: ['mon', 'Tuesday'] })],
    ['without an end', 400, monday({ closingTime: undefined })],
    ['at no time', 400, monday({ openingTime: '8:00' })],
    ['until 24:00', 400, monday({ closingTime: '24:00:00' })],
    ['that run backwards', 400, monday({ closingTime: '07:00:00' })],
    ['all day from eight', 400, monday({ allDay: true })],
    [
      'that overlap',
      422,
      { hoursOfOperation: [open(['mon'], '08:00', '12:00'), open(['mon'], '11:59', '13:00')] },
    ],
    ['with something more', 422, monday({ note: 'By appointment' })],
    ['and another name', 400, { ...monday({}), name: 'Other' }],
    ['and no phone', 400, { ...monday({}), telecom: undefined }],
    ['and exceptions', 400, { ...monday({}), availabilityExceptions: 'Closed at Easter' }],
    ['and another id', 400, { ...monday({}), id: '2' }],
  ])('%s are refused', (_, status, differences) => {
    const before = everything();
    const answer = put(1, differences);
    expect([answer.status, answer.body.resourceType]).toEqual([status, 'OperationOutcome']);
    expect(everything()).toEqual(before);
  });

  test('are not written where only what is documented is served, nor where no location is', () => {
    const before = everything();
    const documented = clientOf(database, practiceOf('1006'));
    expect(documented.send('PUT', 'Location/1', { ...served(1), hoursOfOperation: week }).status).toBe(405);
    for (const id of [3, 99])
      expect(fhir.send('PUT', `Location/${id}`, { resourceType: 'Location', id: String(id) }).status).toBe(
        404,
      );
    expect(everything()).toEqual(before);
  });
});
