import type { Authority, Practice } from '../sites/authority.ts';
import type { KnownSite } from '../sites/sites-directory.ts';
import { withAddressedSite } from '../transport/addressed-site.ts';
import { cancelRegistered } from './cancel-registered.ts';
import { readPage } from './page.ts';
import { registerCall, registeredCall, registeredListCall, registeredResultCall } from './registered.ts';
import { certainlyReads, orOutcomeUnknown, runCommand } from './run-command.ts';
import type { QueryContext } from './site-queries.ts';
import type { SqlSite } from './site-sql.ts';
import { startCall } from './start-query.ts';

/**
 * SQL Passthrough at the practice's current site. A query belongs to its site: no call goes to another one.
 * @param dropsReference wraps a change that may touch reference data
 */
export function connectSql(
  queries: QueryContext,
  authority: Authority,
  practice: Practice,
  dropsReference: <T>(change: Promise<T>) => Promise<T>,
): SqlSite {
  const { halo, context } = queries;
  const at = <T>(call: (site: KnownSite) => Promise<T>): Promise<T> => {
    const { pmsSiteId, haloGuid } = practice.site;
    return withAddressedSite(
      { ...(pmsSiteId && { bpSiteId: pmsSiteId }), haloGuid },
      authority.onSite(practice, (site) => authority.query(site, call)),
    );
  };
  return {
    get haloGuid() {
      return practice.site.haloGuid;
    },
    // A query that is only started or registered here may write later. Its effect is visible after the configured time.
    run(command, maxTimeInQueueMs) {
      const run = at(({ haloGuid, pms }) => runCommand(queries, haloGuid, pms, command, maxTimeInQueueMs));
      return certainlyReads(command, practice.site.pms) ? run : dropsReference(run);
    },
    start: (command, maxTimeInQueueMs) =>
      at(({ haloGuid }) =>
        orOutcomeUnknown(
          halo.write(startCall(haloGuid, command, maxTimeInQueueMs), context),
          'the query was started',
        ),
      ),
    query: (queryId) => at(({ haloGuid }) => queries.status(haloGuid, queryId)),
    page: (queryId, number) => at(({ haloGuid }) => readPage(queries, haloGuid, queryId, number)),
    register: (registration) =>
      at(({ haloGuid }) =>
        orOutcomeUnknown(
          halo.write(registerCall(haloGuid, registration), context),
          'the query was registered',
        ),
      ),
    registeredQueries: () => at(({ haloGuid }) => halo.read(registeredListCall(haloGuid), context)),
    registeredQuery: (queryId) => at(({ haloGuid }) => halo.read(registeredCall(haloGuid, queryId), context)),
    registeredResult: (queryId) =>
      at(({ haloGuid }) => halo.read(registeredResultCall(haloGuid, queryId), context)),
    cancelRegistered: (queryId) =>
      at(({ haloGuid }) =>
        orOutcomeUnknown(cancelRegistered(queries, haloGuid, queryId), 'the query is cancelled'),
      ),
  };
}
