import { expect, it } from 'vitest';
import {
  addAbsence,
  changeUser,
  removeAbsence,
  replacePracticeSessions,
} from '../../../sandbox/database/clinic-record.ts';
import { addPatientRecord, changePatientRecord } from '../../../sandbox/database/patient-record.ts';
import { openPracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { practiceNamed, today } from '../practice-fixture.ts';

const database = openPracticeDatabase(
  { ...practiceNamed('9001'), patients: 10, appointmentsPerDay: 0, daysBack: 0 },
  today,
);
const stamp = { now: `${today}T10:11:12`, by: 4 };
const row = (table: string, key: string, id: number) =>
  database.all(`SELECT * FROM ${table} WHERE ${key} = @id`, { '@id': id })[0];

it('notes absences and takes them back, softly', () => {
  const id = addAbsence(database, { userId: 2, from: '2026-12-01', to: '2026-12-03', reason: null }, stamp);
  expect(row('DAYSAWAY', 'RECORDID', id)).toMatchObject({
    RECORDSTATUS: 1,
    STARTDATE: '2026-12-01T00:00:00',
    FINISHDATE: '2026-12-03T00:00:00',
    CREATEDBY: 4,
    UPDATED: null,
  });
  removeAbsence(database, id, stamp);
  expect(row('DAYSAWAY', 'RECORDID', id)).toMatchObject({ RECORDSTATUS: 0, UPDATED: stamp.now });
});

it('replaces the opening hours of one location, and no session of a user', () => {
  const current = () =>
    database.all(
      'SELECT USERID, DAYOFWEEK, STARTTIME, ENDTIME FROM SESSIONS WHERE RECORDSTATUS = 1 AND LOCATIONID = 1',
    );
  const users = current().filter(({ USERID }) => USERID !== 0);
  replacePracticeSessions(database, 1, [{ dayOfWeek: 2, start: 28_800, end: 61_200 }], stamp);
  expect(current()).toEqual([...users, { USERID: 0, DAYOFWEEK: 2, STARTTIME: 28_800, ENDTIME: 61_200 }]);
});

it('changes columns of a user and notes when', () => {
  changeUser(database, 2, { PHONE: '(02) 5550 0000', APPOINTMENTS: 0 }, stamp);
  expect(row('USERS', 'USERID', 2)).toMatchObject({
    PHONE: '(02) 5550 0000',
    APPOINTMENTS: 0,
    UPDATED: stamp.now,
    UPDATEDBY: 4,
  });
});

it('adds and changes patients; an e-mail that is not said stays', () => {
  const id = addPatientRecord(database, { SURNAME: 'Sampleton', SEXCODE: 1 }, 'a@example.com', stamp);
  const emails = () =>
    database.all('SELECT EMAIL, RECORDSTATUS FROM EMAIL WHERE INTERNALID = @id', { '@id': id });
  expect(row('PATIENTS', 'INTERNALID', id)).toMatchObject({
    RECORDSTATUS: 1,
    PATIENTSTATUS: 1,
    TITLECODE: 0,
  });
  changePatientRecord(database, id, { SURNAME: 'Other' }, undefined, stamp);
  expect(emails()).toEqual([{ EMAIL: 'a@example.com', RECORDSTATUS: 1 }]);
  changePatientRecord(database, id, {}, null, stamp);
  expect(emails()).toEqual([{ EMAIL: 'a@example.com', RECORDSTATUS: 2 }]);
  changePatientRecord(database, id, {}, 'b@example.com', stamp);
  expect(emails()).toEqual([
    { EMAIL: 'a@example.com', RECORDSTATUS: 2 },
    { EMAIL: 'b@example.com', RECORDSTATUS: 1 },
  ]);
});
