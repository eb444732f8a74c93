/** Patients by id and by search, in the order of their names. */

import { comparePeople } from '../order.ts';
import type { PracticeConnection, SelectStatement } from '../practice-connection.ts';
import type { Patient, PatientQuery } from '../practice-data.ts';
import { bySelection } from './by-selection.ts';
import { currentRecord } from './codes.ts';
import { SelectList } from './columns.ts';
import { patientReader } from './patient-columns.ts';
import { searchConditions } from './patient-search.ts';
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

const shapeOf = bySelection((fields) => {
  const list = new SelectList();
  const read = patientReader(list, fields);
  const nameOf = list.recordName('PATIENTS', 'p.INTERNALID');
  const { columns, aliases, joins } = list;
  return { columns, aliases, joins, reader: { read, nameOf } };
});

async function readPiece(connection: PracticeConnection, query: PatientQuery): Promise<readonly Patient[]> {
  const shape = shapeOf(query.fields);
  const statement = patientStatement(query, shape);
  if (!statement) return [];
  const patients = await connection.sqlEach(statement, shape.reader);
  return patients.filter((patient) => patient !== null);
}

function patientStatement(
  query: PatientQuery,
  { columns, aliases, joins }: Pick<SelectList, 'columns' | 'aliases' | 'joins'>,
): SelectStatement | null {
  const parameters = new Parameters();
  const search = query.search ? searchConditions(query.search, parameters) : [];
  if (!search) return null;
  const limit = query.limit === undefined ? '' : `TOP (${parameters.int('limit', query.limit)}) `;
  const after = query.afterId === undefined ? null : parameters.int('after', query.afterId);
  return parameters.statement(
    lines(
      `SELECT ${limit}${columns}`,
      'FROM dbo.PATIENTS p',
      // The place to go on from is read in the practice's database, so that no name travels in a cursor.
      after && `INNER JOIN dbo.PATIENTS k ON k.INTERNALID = ${after}`,
      ...joins,
      where([
        `p.RECORDSTATUS = ${currentRecord}`,
        'p.INTERNALID <> 0',
        query.ids && `p.INTERNALID IN (${parameters.ints('id', query.ids)})`,
        ...search,
        after && afterKey,
      ]),
      'ORDER BY p.SURNAME, p.FIRSTNAME, p.INTERNALID',
    ),
    aliases,
  );
}

const later = (column: string) =>
  `(p.${column} > k.${column} OR (p.${column} IS NOT NULL AND k.${column} IS NULL))`;
const same = (column: string) =>
  `(p.${column} = k.${column} OR (p.${column} IS NULL AND k.${column} IS NULL))`;

/** `p` comes after `k` in the order of the statement, in which NULL comes first. */
const afterKey = `(${later('SURNAME')} OR (${same('SURNAME')} AND (${later('FIRSTNAME')} OR (${same('FIRSTNAME')} AND p.INTERNALID > k.INTERNALID))))`;
