/** Reads patients by id and by search, in the order of their names. */

import { comparePeople, maxLastNamesInOrder } from '../domain/order.ts';
import type { Patient, PatientQuery } from '../domain/patient.ts';
import type { PracticeConnection, SelectStatement } from '../halo-cloud/practice-connection.ts';
import { bySelection } from './by-selection.ts';
import { codesOf, currentRecord } from './codes.ts';
import { SelectList } from './columns.ts';
import { patientReader } from './patient-columns.ts';
import { type SearchConditions, searchConditions } from './patient-search.ts';
import { chunksOf, lines, Parameters, possibleIds, where } from './statement.ts';

/** The same query with possible ids only, split so that each part fits a statement. Empty when nothing can match. */
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

const shapeOf = bySelection((fields, codes) => {
  const list = new SelectList(codes);
  const read = patientReader(list, fields);
  const nameOf = list.recordName('PATIENTS', 'p.INTERNALID');
  const { columns, aliases, joins } = list;
  return { columns, aliases, joins, reader: { read, nameOf }, texts: new Map<string, string>() };
});

async function readPiece(connection: PracticeConnection, query: PatientQuery): Promise<readonly Patient[]> {
  const shape = shapeOf(query.fields, codesOf(connection.codeOverrides));
  const statement = patientStatement(query, shape);
  if (!statement) return [];
  const patients = await connection.sqlEach(statement, shape.reader);
  return patients.filter((patient) => patient !== null);
}

interface Shape extends Pick<SelectList, 'columns' | 'aliases' | 'joins'> {
  /** The texts of the last few statements, by parameter names. A text depends on nothing else. */
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

/** The parts that all forms of the statement share. */
class PageOfPatients {
  readonly #shape: Shape;
  readonly #ids: string | undefined;
  /** The parameter `@limit`. Absent: all patients. */
  readonly limit: string | undefined;
  /** Joins the patient to continue after. The database reads the name, so that no cursor holds one. */
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

  /** Counts into a variable, up to `limit`. */
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

/** The complete condition reads every patient. It is used only when the condition with an index finds none. */
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
 * When many last names match, their patients come first, and an index finds the page. The complete condition reads every
 * patient. It is used only when those patients do not fill the page (see `maxLastNamesInOrder`).
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

/** True when `p` comes after `k` in the statement's order. NULL comes first. */
const afterKey = `(${later('SURNAME')} OR (${same('SURNAME')} AND (${later('FIRSTNAME')} OR (${same('FIRSTNAME')} AND p.INTERNALID > k.INTERNALID))))`;
