import type { GraphContext } from '../../context.ts';
import type { SqlQueryRecord, SqlSite } from '../../datasources/halo-cloud/sql/site-sql.ts';
import type { SqlRow } from '../../engine/row-decoder.ts';
import { NotFound, ResultTooLarge } from '../../errors.ts';
import { InputCheck } from '../check-input.ts';
import type { Site, SqlQuery } from '../entities.ts';
import { checkRange } from './sql-command.ts';
import { sqlSiteOf } from './sql-place.ts';
import type { RunSqlInput } from './sql-run.ts';
import { sendStatement } from './sql-send.ts';

export interface SqlQueryPayload {
  readonly query: SqlQuery;
}

/** In the order of the ids. Null for a query that Halo Cloud does not know. */
export interface SqlQueryList {
  readonly nodes: readonly (SqlQuery | null)[];
}

export interface SqlResultPage {
  readonly number: number;
  readonly rows: readonly SqlRow[];
}

/** How long Halo Cloud can queue an async query, in milliseconds: up to two hours. */
const queueMs = [0, 7_200_000] as const;
/** Pages in one operation. It holds all of them, about 1 MB each, until it responds. */
const maxPages = 20;
const pagesOf = new WeakMap<GraphContext, number>();

/** `Mutation.startSqlQuery` */
export function startSqlQuery(
  _root: unknown,
  { input }: { readonly input: RunSqlInput },
  context: GraphContext,
): Promise<SqlQueryPayload> {
  return sendStatement(
    context,
    'async',
    input,
    (check) => checkRange(check, 'maxTimeInQueueMs', input.maxTimeInQueueMs, queueMs),
    async ({ sqlSite }, command, trace) => {
      const data = await sqlSite.start(command, input.maxTimeInQueueMs ?? null);
      trace.queryId = data.queryId;
      return { query: queryOf(sqlSite, data) };
    },
  );
}

/** `Site.sqlQuery`. Throws NotFound if Halo Cloud does not know the query at this site. */
export async function sqlQuery(
  of: Site,
  { id }: { readonly id: string },
  context: GraphContext,
): Promise<SqlQuery> {
  const check = new InputCheck();
  const queryId = check.uuid(['id'], id);
  check.done();
  const query = await findQuery(await sqlSiteOf(of, context), queryId);
  if (!query) throw new NotFound({ message: 'The site has no such query.' });
  return query;
}

/** `Site.sqlQueries`: all ids are requested in one tick, which becomes one call of Halo Cloud. */
export async function sqlQueries(
  of: Site,
  { ids }: { readonly ids: readonly string[] },
  context: GraphContext,
): Promise<SqlQueryList> {
  const check = new InputCheck();
  const queryIds = ids.map((id, index) => check.uuid(['ids', String(index)], id));
  check.done();
  const sqlSite = await sqlSiteOf(of, context);
  return { nodes: await Promise.all(queryIds.map((id) => findQuery(sqlSite, id))) };
}

/** `SqlQuery.page` */
export async function pageOfQuery(
  { sqlSite, data }: SqlQuery,
  { number }: { readonly number: number },
  context: GraphContext,
): Promise<SqlResultPage> {
  const check = new InputCheck();
  if (number < 1) check.reject(['number'], 'Page numbers start at 1.');
  check.done();
  const pages = (pagesOf.get(context) ?? 0) + 1;
  pagesOf.set(context, pages);
  if (pages > maxPages) {
    throw new ResultTooLarge({
      asyncQueryId: data.queryId,
      message: `One operation can read at most ${maxPages} pages. Request this page in another operation.`,
    });
  }
  return { number, rows: await sqlSite.page(data.queryId, number) };
}

/** The current state of an async query. Null if Halo Cloud does not know it at this site. */
export async function findQuery(sqlSite: SqlSite, queryId: string): Promise<SqlQuery | null> {
  const data = await sqlSite.query(queryId);
  return data && queryOf(sqlSite, data);
}

const queryOf = (sqlSite: SqlSite, data: SqlQueryRecord): SqlQuery => ({ kind: 'SqlQuery', sqlSite, data });
