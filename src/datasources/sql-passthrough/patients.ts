/** Patients by id and by search, in the order of their names. */

import { comparePeople, maxLastNamesInOrder } from '../domain/order.ts';
import type { Patient, PatientQuery } from '../domain/patient.ts';
import type { PracticeConnection, SelectStatement } from '../halo-cloud/practice-connection.ts';
import { bySelection } from './by-selection.ts';
import { currentRecord } from './codes.ts';
import { SelectList } from './columns.ts';
import { patientReader } from './patient-columns.ts';
import { type SearchConditions, searchConditions } from './patient-search.ts';
import { chunksOf, lines, Parameters, possibleIds, where } from './statement.ts';

/** The same question with the ids that can exist, in pieces that fit a statement each; none when nothing can match. */
function patientPieces(query: PatientQuery): readonly PatientQuery[] {
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
  return { columns, aliases, joins, reader: { read, nameOf }, texts: new Map<string, string>() };
});

async function readPiece(connection: PracticeConnection, query: PatientQuery): Promise<readonly Patient[]> {
  const shape = shapeOf(query.fields);
  const statement = patientStatement(query, shape);
  if (!statement) return [];
  const patients = await connection.sqlEach(statement, shape.reader);
  return patients.filter((patient) => patient !== null);
}

interface Shape extends Pick<SelectList, 'columns' | 'aliases' | 'joins'> {
  /** Of its last few statements, by the names of their parameters, on which alone the text depends. */
  readonly texts: Map<string, string>;
}

const maxTexts = 8;

function patientStatement(query: PatientQuery, shape: Shape): SelectStatement | null {
  const parameters = new Parameters();
  const search = query.search ? searchConditions(query.search, parameters) : { all: [] };
  if (!search) return null;
  const page = new PageOfPatients(query, shape, parameters);
  const { texts } = shape;
  const { names } = parameters;
  let text = texts.get(names);
  if (text === undefined) {
    text = textOf(query, search, page);
    if (texts.size >= maxTexts) texts.clear();
    texts.set(names, text);
  }
  return parameters.statement(text, shape.aliases);
}

function textOf(query: PatientQuery, search: SearchConditions, page: PageOfPatients): string {
  if (query.ids !== undefined) return page.select(search.all);
  if (search.usual !== undefined) return usualFirst(page, search.usual, search.all);
  return search.lastName !== undefined && query.limit !== undefined
    ? lastNamesFirst(page, search.lastName, search.all)
    : page.select(search.all);
}

/** What is alike in all forms of the statement. */
class PageOfPatients {
  readonly #shape: Shape;
  readonly #ids: string | undefined;
  /** Of `@limit`; absent: all. */
  readonly limit: string | undefined;
  /** The place to go on from is read in the practice's database, so that no name travels in a cursor. */
  readonly after: string | undefined;

  constructor({ ids, limit, afterId }: PatientQuery, shape: Shape, parameters: Parameters) {
    this.#shape = shape;
    this.#ids = ids && `p.INTERNALID IN (${parameters.ints('id', ids)})`;
    this.limit = limit === undefined ? undefined : parameters.int('limit', limit);
    this.after =
      afterId === undefined
        ? undefined
        : `INNER JOIN dbo.PATIENTS k ON k.INTERNALID = ${parameters.int('after', afterId)}`;
  }

  select(conditions: readonly string[], order?: { readonly first: string; readonly after: string }): string {
    const { columns, joins } = this.#shape;
    return lines(
      `SELECT ${this.limit === undefined ? '' : `TOP (${this.limit}) `}${columns}`,
      'FROM dbo.PATIENTS p',
      this.after,
      ...joins,
      this.#where(conditions, this.after && (order?.after ?? afterKey)),
      `ORDER BY ${order ? `${order.first}, ` : ''}p.SURNAME, p.FIRSTNAME, p.INTERNALID`,
    );
  }

  /** Counts into a variable, to `limit` and no further. */
  count(variable: string, limit: string, conditions: readonly string[], after?: string): string {
    return lines(
      `SELECT ${variable} = COUNT(s.INTERNALID) FROM (SELECT TOP (${limit}) p.INTERNALID FROM dbo.PATIENTS p`,
      after && this.after,
      `${this.#where(conditions, after)}) s;`,
    );
  }

  #where(conditions: readonly string[], after: string | undefined): string {
    return where([`p.RECORDSTATUS = ${currentRecord}`, 'p.INTERNALID <> 0', this.#ids, ...conditions, after]);
  }
}

/** The wider reading looks at every patient: only where an index finds nobody. */
function usualFirst(page: PageOfPatients, usual: readonly string[], all: readonly string[]): string {
  return lines(
    'DECLARE @found INT = 0;',
    page.count('@found', '1', usual),
    'IF @found > 0',
    page.select(usual),
    'ELSE',
    page.select(all),
  );
}

/**
 * Where many last names begin so, their patients come first, and an index finds the page: the wider reading, which looks at
 * every patient, only where they do not fill it (see `maxLastNamesInOrder`).
 */
function lastNamesFirst(
  page: PageOfPatients,
  lastName: (row: string) => string,
  all: readonly string[],
): string {
  const begun = [lastName('p'), ...all];
  const place = (row: string) =>
    `CASE WHEN @begun <= ${maxLastNamesInOrder} OR ${lastName(row)} THEN 0 ELSE 1 END`;
  const isMany = `@begun > ${maxLastNamesInOrder}`;
  return lines(
    'DECLARE @begun INT = 0, @left INT = 0;',
    page.count('@begun', String(maxLastNamesInOrder + 1), begun),
    page.after === undefined
      ? `IF ${isMany} SET @left = @begun;`
      : `IF ${isMany} ${page.count('@left', `${page.limit}`, [...begun, lastName('k')], afterKey)}`,
    `IF @left >= ${page.limit}`,
    page.select(begun),
    'ELSE',
    page.select(all, {
      first: place('p'),
      after: `(${place('p')} > ${place('k')} OR (${place('p')} = ${place('k')} AND ${afterKey}))`,
    }),
  );
}

const later = (column: string) =>
  `(p.${column} > k.${column} OR (p.${column} IS NOT NULL AND k.${column} IS NULL))`;
const same = (column: string) =>
  `(p.${column} = k.${column} OR (p.${column} IS NULL AND k.${column} IS NULL))`;

/** `p` comes after `k` in the order of the statement, in which NULL comes first. */
const afterKey = `(${later('SURNAME')} OR (${same('SURNAME')} AND (${later('FIRSTNAME')} OR (${same('FIRSTNAME')} AND p.INTERNALID > k.INTERNALID))))`;
