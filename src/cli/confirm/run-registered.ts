import { randomUUID } from 'node:crypto';
import type { SqlSite } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { HaloError } from '../../errors.ts';
import type { RegisteredRun } from './line.ts';

const pollMs = 5_000;
const maxPolls = 24;

/** Registers a query that counts the locations, watches it until its first result, and cancels it. One charged call. */
export async function registerQuery(
  sqlSite: SqlSite,
  now: () => number,
): Promise<{ queryId: string; name: string; at: number }> {
  const name = `halo-graph/confirm/${randomUUID()}`;
  const queryId = await sqlSite.register({
    name,
    frequencySeconds: 60,
    durationSeconds: 300,
    command: {
      text: 'SELECT COUNT(*) AS N FROM dbo.LOCATIONS',
      type: 'text',
      executionMode: 'reader',
      parameters: [],
    },
  });
  return { queryId, name, at: now() };
}

/** None of these calls is charged. The query is cancelled in every case. */
export async function watchRegistered(
  query: { readonly queryId: string; readonly name: string; readonly at: number },
  withSite: <T>(work: (sqlSite: SqlSite) => Promise<T>) => Promise<T>,
  { now, wait }: { now: () => number; wait: (ms: number) => Promise<void> },
): Promise<RegisteredRun> {
  const { queryId, name, at } = query;
  const records: RegisteredRun['records'][number][] = [];
  let firstResultMs: number | null = null;
  try {
    for (let poll = 0; poll < maxPolls && firstResultMs === null; poll += 1) {
      const record = await withSite((sqlSite) => sqlSite.registeredQuery(queryId));
      records.push(record);
      if (record.lastSucceededAt !== null) firstResultMs = now() - at;
      else await wait(pollMs);
    }
  } catch (error) {
    if (!(error instanceof HaloError)) throw error;
  }
  const cancel = () =>
    withSite((sqlSite) => sqlSite.cancelRegistered(queryId)).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof HaloError)) throw error;
        return false;
      },
    );
  const first = await cancel();
  return { name, records, firstResultMs, cancelledTwice: (await cancel()) && first };
}
