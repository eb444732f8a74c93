/** Raw SQL through the facade: Halo Cloud's query operations that the saved operations do not cover. */
import type { Facade } from '../open-facade.ts';
import { pathOf } from './exercise-queries.ts';

const site = { bpSiteId: '1001' };
const haloGuid = pathOf('1001').split('/').at(-1);
const command = { text: 'SELECT DAYCODE, DAY FROM DAYOFWEEK' };

const start = `mutation ($input: StartSqlQueryInput!) { startSqlQuery(input: $input) {
  ... on StartSqlQueryPayload { query { queryId } } } }`;
const register = `mutation ($input: RegisterSqlQueryInput!) { registerSqlQuery(input: $input) {
  ... on RegisterSqlQueryPayload { registeredQuery { queryId result { __typename } } } } }`;
const cancel = `mutation ($input: CancelRegisteredSqlQueryInput!) { cancelRegisteredSqlQuery(input: $input) { __typename } }`;
const look = `query ($haloGuid: UUID!, $ids: [UUID!]!) { site(haloGuid: $haloGuid) { ... on Site {
  sqlQueries(ids: $ids) { ... on SqlQueries { nodes { status page(number: 1) { __typename } } } }
  registeredSqlQueries { ... on RegisteredSqlQueries { nodes { status result { __typename } } } } } } }`;

/** @param onRegistered called after a query is registered, before its result is requested */
export async function runSqlOperations(facade: Facade, onRegistered: () => void): Promise<void> {
  const ids: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    const { data } = await facade.execute(start, { input: { site, command } });
    ids.push(data.startSqlQuery.query.queryId);
  }
  const times = { frequencySeconds: 60, durationSeconds: 120 };
  const { data } = await facade.execute(register, { input: { site, name: 'Sample', command, ...times } });
  onRegistered();
  await facade.execute(look, { haloGuid, ids });
  await facade.executeWithFault('no-stream', look, { haloGuid, ids });
  const { queryId } = data.registerSqlQuery.registeredQuery;
  for (const id of [queryId, ids[0]]) await facade.execute(cancel, { input: { site, queryId: id } });
}
