/** Patients by id and by search, in the order of their names. */

import { comparePeople } from '../order.ts';
import type { PracticeConnection, SqlStatement } from '../practice-connection.ts';
import type { Patient, PatientQuery } from '../practice-data.ts';
import { currentRecord } from './codes.ts';
import { SelectList } from './columns.ts';
import { patientFields, patientKey, patientOf } from './patient-columns.ts';
import { searchConditions } from './patient-search.ts';
import { Row } from './row.ts';
import { chunksOf, lines, Parameters, possibleIds, where } from './statement.ts';

/** The same question with the ids that can exist, in pieces that fit a statement each; none when nothing can match. */
export function patientPieces(query: PatientQuery): readonly PatientQuery[] {
  if (query.limit !== undefined && query.limit <= 0) return [];
  if (query.afterId !== undefined && possibleIds([query.afterId]).length === 0) return [];
  if (!query.ids) return [query];
  const chunks = chunksOf(possibleIds(query.ids), 1);
  if (chunks.length <= 1) return chunks.map((ids) => ({ ...query, ids }));
  const fields = { ...query.fields, firstName: {}, lastName: {} };
  return chunks.map((ids) => ({ ...query, ids, fields }));
}

export async function readPatients(
  connection: PracticeConnection,
  query: PatientQuery,
): Promise<readonly Patient[]> {
  const read = await Promise.all(patientPieces(query).map((piece) => readPiece(connection, piece)));
  if (read.length <= 1) return read[0] ?? [];
  return read.flat().sort(comparePeople).slice(0, query.limit);
}

async function readPiece(connection: PracticeConnection, query: PatientQuery): Promise<readonly Patient[]> {
  const list = new SelectList().add(patientKey).addFields(patientFields, query.fields);
  const statement = patientStatement(query, list);
  if (!statement) return [];
  const selected = list.aliases;
  const rows = await connection.sql(statement);
  return rows.flatMap((row) => patientOf(new Row(row, selected)) ?? []);
}

function patientStatement(query: PatientQuery, list: SelectList): SqlStatement | null {
  const parameters = new Parameters();
  const search = query.search ? searchConditions(query.search, parameters) : [];
  if (!search) return null;
  const limit = query.limit === undefined ? '' : `TOP (${parameters.int('limit', query.limit)}) `;
  const after = query.afterId === undefined ? null : parameters.int('after', query.afterId);
  return parameters.statement(
    lines(
      `SELECT ${limit}${list.text}`,
      'FROM dbo.PATIENTS p',
      // The place to go on from is read in the practice's database, so that no name travels in a cursor.
      after && `INNER JOIN dbo.PATIENTS k ON k.INTERNALID = ${after}`,
      list.joins,
      where([
        `p.RECORDSTATUS = ${currentRecord}`,
        'p.INTERNALID <> 0',
        query.ids && `p.INTERNALID IN (${parameters.ints('id', query.ids)})`,
        ...search,
        after && afterKey,
      ]),
      'ORDER BY p.SURNAME, p.FIRSTNAME, p.INTERNALID',
    ),
  );
}

const later = (column: string) =>
  `(p.${column} > k.${column} OR (p.${column} IS NOT NULL AND k.${column} IS NULL))`;
const same = (column: string) =>
  `(p.${column} = k.${column} OR (p.${column} IS NULL AND k.${column} IS NULL))`;

/** `p` comes after `k` in the order of the statement, in which NULL comes first. */
const afterKey = `(${later('SURNAME')} OR (${same('SURNAME')} AND (${later('FIRSTNAME')} OR (${same('FIRSTNAME')} AND p.INTERNALID > k.INTERNALID))))`;
