import type { GraphContext } from '../../context.ts';
import type {
  RegisteredSqlQueryRecord,
  SqlResult,
  SqlSite,
} from '../../datasources/halo-cloud/sql/site-sql.ts';
import { HaloError } from '../../errors.ts';
import { InputCheck } from '../check-input.ts';
import type { Nodes, RegisteredSqlQuery, Site } from '../entities.ts';
import { readGlobalId } from '../global-id.ts';
import { checkNoCatalogue, checkRange, type SqlCommandInput } from './sql-command.ts';
import { openSqlSite, readPlace, type SiteRef, sqlSiteOf } from './sql-place.ts';
import { sendStatement } from './sql-send.ts';

// Rests on assumption H16.

export interface RegisterSqlQueryInput {
  readonly site: SiteRef;
  readonly name: string;
  readonly frequencySeconds: number;
  readonly durationSeconds: number;
  readonly command: SqlCommandInput;
}

export interface CancelRegisteredSqlQueryInput {
  readonly site: SiteRef;
  readonly queryId: string;
}

export interface RegisteredSqlQueryPayload {
  readonly registeredQuery: RegisteredSqlQuery;
}

/** Seconds. Halo Cloud runs a query at most once a minute, for at most one day. */
const leastSeconds = 60;
const maxSeconds = 86_400;
const longestName = 200;

/** `Mutation.registerSqlQuery` */
export function registerSqlQuery(
  _root: unknown,
  { input }: { readonly input: RegisterSqlQueryInput },
  context: GraphContext,
): Promise<RegisteredSqlQueryPayload> {
  const { name, frequencySeconds, durationSeconds } = input;
  return sendStatement(
    context,
    'registered',
    input,
    (check) => {
      if (name.trim() === '' || name.length > longestName) {
        check.reject(['input', 'name'], `Enter a name of 1 to ${longestName} characters.`);
      }
      checkRange(check, 'frequencySeconds', frequencySeconds, [leastSeconds, maxSeconds]);
      checkRange(check, 'durationSeconds', durationSeconds, [leastSeconds, maxSeconds]);
      if (durationSeconds < frequencySeconds) {
        check.reject(['input', 'durationSeconds'], 'The duration must be at least as long as the interval.');
      }
      checkNoCatalogue(check, input.command);
    },
    async ({ sqlSite }, { catalogue: _, ...command }, trace) => {
      const queryId = await sqlSite.register({ name, frequencySeconds, durationSeconds, command });
      trace.queryId = queryId;
      const accepted: RegisteredSqlQueryRecord = {
        queryId,
        name,
        status: 'ENABLED',
        frequencySeconds,
        durationSeconds,
        createdAt: null,
        completedAt: null,
        lastSucceededAt: null,
        lastFailedAt: null,
        lastHash: null,
        lastError: null,
      };
      return { registeredQuery: await readBack(sqlSite, accepted) };
    },
  );
}

/** `Mutation.cancelRegisteredSqlQuery` */
export async function cancelRegisteredSqlQuery(
  _root: unknown,
  { input }: { readonly input: CancelRegisteredSqlQueryInput },
  context: GraphContext,
): Promise<RegisteredSqlQueryPayload> {
  const check = new InputCheck();
  const path = ['input', 'queryId'];
  const place = readPlace(check, ['input', 'site'], input.site);
  const global = readGlobalId(input.queryId);
  if (global && global.type !== 'RegisteredSqlQuery') {
    check.reject(path, `This is the id of a ${global.type}, not of a RegisteredSqlQuery.`);
  }
  const named = global?.type === 'RegisteredSqlQuery' ? global : undefined;
  const queryId = named?.queryId ?? check.uuid(path, input.queryId);
  check.done();
  const { sqlSite } = await openSqlSite(place, context);
  if (named && named.haloGuid !== sqlSite.haloGuid.toLowerCase()) {
    check.reject(path, 'This id belongs to another site.');
    check.done();
  }
  const before = await sqlSite.registeredQuery(queryId);
  await sqlSite.cancelRegistered(queryId);
  return { registeredQuery: await readBack(sqlSite, { ...before, status: 'CANCELLED' }) };
}

/** `Site.registeredSqlQueries` */
export async function registeredSqlQueries(
  of: Site,
  _args: unknown,
  context: GraphContext,
): Promise<Nodes<RegisteredSqlQuery>> {
  const sqlSite = await sqlSiteOf(of, context);
  return { nodes: (await sqlSite.registeredQueries()).map((data) => registeredOf(sqlSite, data)) };
}

/** `RegisteredSqlQuery.result` */
export async function resultOfRegistered(
  { sqlSite, data }: RegisteredSqlQuery,
  _args: unknown,
  _context: GraphContext,
): Promise<SqlResult> {
  return sqlSite.registeredResult(data.queryId);
}

/** Throws NotFound. */
export async function findRegistered(sqlSite: SqlSite, queryId: string): Promise<RegisteredSqlQuery> {
  return registeredOf(sqlSite, await sqlSite.registeredQuery(queryId));
}

/**
 * Reads the query after a change. If that fails, the response of the change is used: an error here would look as if nothing
 * had been changed, and the id would be lost.
 */
async function readBack(sqlSite: SqlSite, changed: RegisteredSqlQueryRecord): Promise<RegisteredSqlQuery> {
  try {
    return await findRegistered(sqlSite, changed.queryId);
  } catch (error) {
    if (!(error instanceof HaloError)) throw error;
    return registeredOf(sqlSite, changed);
  }
}

const registeredOf = (sqlSite: SqlSite, data: RegisteredSqlQueryRecord): RegisteredSqlQuery => ({
  kind: 'RegisteredSqlQuery',
  sqlSite,
  data,
});
