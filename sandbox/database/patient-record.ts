import type { PracticeDatabase } from './practice-database.ts';
import type { Stamp, Values } from './write-row.ts';
import { addCurrentRow, changeRows } from './write-row.ts';

// Rests on assumption S31.

/** PATIENTSTATUS of an active patient. */
const activeStatus = 1;

/** Adds a current patient, with an e-mail address if there is one; returns the new INTERNALID. The columns have the names of PATIENTS. */
export function addPatientRecord(
  database: PracticeDatabase,
  columns: Values,
  email: string | null,
  stamp: Stamp,
): number {
  const id = addCurrentRow(database, 'PATIENTS', { PATIENTSTATUS: activeStatus, ...columns }, stamp);
  if (email !== null) addEmail(database, id, email, stamp);
  return id;
}

/** Sets columns of a patient. An undefined e-mail is not changed. Null marks every address as deleted. */
export function changePatientRecord(
  database: PracticeDatabase,
  id: number,
  columns: Values,
  email: string | null | undefined,
  stamp: Stamp,
): void {
  changeRows(database, 'PATIENTS', columns, { sql: 'INTERNALID = @id', values: { '@id': id } }, stamp);
  if (email !== undefined) changeEmail(database, id, email, stamp);
}

/** Replaces the first current address. Null marks all of them as deleted. */
function changeEmail(database: PracticeDatabase, id: number, email: string | null, stamp: Stamp): void {
  const current = { sql: 'INTERNALID = @patient AND RECORDSTATUS = 1', values: { '@patient': id } };
  if (email === null) {
    changeRows(database, 'EMAIL', { RECORDSTATUS: 2 }, current, stamp);
    return;
  }
  const [first] = database.all<{ id: number; address: string | null }>(
    `SELECT RECORDID AS id, EMAIL AS address FROM EMAIL WHERE ${current.sql} ORDER BY EMAILCODE, RECORDID LIMIT 1`,
    current.values,
  );
  if (!first) addEmail(database, id, email, stamp);
  else if (first.address !== email) {
    changeRows(
      database,
      'EMAIL',
      { EMAIL: email },
      { sql: 'RECORDID = @row', values: { '@row': first.id } },
      stamp,
    );
  }
}

function addEmail(database: PracticeDatabase, patientId: number, address: string, stamp: Stamp): void {
  addCurrentRow(database, 'EMAIL', { INTERNALID: patientId, EMAILCODE: 1, EMAIL: address }, stamp);
}
