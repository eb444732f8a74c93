import type { SiteStatus } from '../../datasources/halo-cloud/halo-session.ts';
import * as prices from '../../price/read-prices.ts';
import { listLimits } from '../../resolvers/limits.ts';
import {
  capabilitiesOfSite,
  cataloguesOfSite,
  practiceOfSite,
  site,
  siteId,
  sites,
} from '../../resolvers/site/sites.ts';
import { sqlQueries, sqlQuery } from '../../resolvers/sql/sql-queries.ts';
import { registeredSqlQueries } from '../../resolvers/sql/sql-registered.ts';
import { bothShapes, rootRead } from '../builder/both-shapes.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { PracticeRef, SiteCapabilitiesRef, SiteRef } from '../refs.ts';
import { SiteCapabilitiesResult, SiteResult, SitesResult } from '../results.ts';
import { RegisteredSqlQueriesResult, SqlQueriesResult, SqlQueryResult } from '../sql/sql-results.ts';
import { DataSource, PracticeManagementSystem, PracticeOperation, SiteAvailability } from './pms.ts';

const SiteStatusEnum = enumOf<SiteStatus>(
  'SiteStatus',
  'Lifecycle status of a site, as Halo Cloud names it.',
  {
    INITIALISING: 'Halo Link is being set up.',
    ACTIVE: 'In service.',
    REMOVED: 'The site was removed from Halo Link.',
    UNINSTALLED: 'Halo Link was uninstalled.',
  },
);

const Catalogue = builder
  .objectRef<{ readonly name: string; readonly isDefault: boolean }>('Catalogue')
  .implement({
    description: 'A database at a site that SQL can run on.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: false,
        description: 'Its name. It is the same at all sites of one PMS.',
      }),
      isDefault: t.exposeBoolean('isDefault', {
        nullable: false,
        description: 'True if SQL runs on this database when it names no catalogue.',
      }),
    }),
  });

builder.node(SiteRef, {
  id: { resolve: siteId },
  description:
    'One PMS database that Halo Link connects to Halo Cloud, identified by its Halo GUID. These fields show what Halo Cloud last received from the site. Only `practice` and `capabilities` query the practice itself.',
  fields: (t) => ({
    haloGuid: t.expose('haloGuid', {
      type: 'UUID',
      nullable: false,
      description:
        'The Halo GUID. It changes when the practice moves to another server: store the Bp Site ID instead.',
    }),
    authoritative: t.boolean({
      description:
        'If several sites share a PMS id: true for the site that queries must go to. Null if Halo Cloud does not report it.',
      price: prices.free,
      resolve: async (it) => (await it.read()).authoritative,
    }),
    availability: t.field({
      type: SiteAvailability,
      description: 'Whether the site can be reached; null if Halo Cloud does not report it.',
      price: prices.free,
      resolve: async (it) => (await it.read()).availability,
    }),
    status: t.field({
      type: SiteStatusEnum,
      description: 'Lifecycle status of the site; null if Halo Cloud does not report it.',
      price: prices.free,
      resolve: async (it) => (await it.read()).status,
    }),
    haloLinkVersion: t.string({
      description:
        'Version of Halo Link at the practice, such as `25.1107.1`; null if Halo Cloud does not report it.',
      price: prices.free,
      resolve: async (it) => (await it.read()).haloLinkVersion,
    }),
    lastHeartbeatAt: t.field({
      type: 'DateTime',
      description:
        'When Halo Cloud last received a heartbeat from the site, in UTC. A healthy site sends one every minute. Null if Halo Cloud does not report it.',
      price: prices.free,
      resolve: async (it) => (await it.read()).lastHeartbeatAt,
    }),
    catalogues: t.field({
      type: [Catalogue],
      nullable: { list: false, items: false },
      description: 'Databases at the site. Empty if Halo Cloud lists none or the site could not be read.',
      price: prices.free,
      resolve: cataloguesOfSite,
    }),
    pms: t.expose('pms', {
      type: PracticeManagementSystem,
      description: 'The practice management system; null if it is not known.',
    }),
    pmsSiteId: t.exposeID('pmsSiteId', {
      description: 'The PMS id of the practice, for Bp Premier its Bp Site ID; null if it is not known.',
    }),
    pmsVersion: t.string({
      description: 'Version of the practice management system; null if it is not known.',
      price: prices.free,
      resolve: async (it) => (await it.read()).pmsVersion,
    }),
    practice: t.field({
      type: PracticeRef,
      description:
        'The practice that this site serves. Queries below it always go to this site. If another server has replaced it, they return `AuthoritativeServerChanged`. Null if Halo Cloud does not report the practice.',
      price: prices.practiceOfSite,
      resolve: (it, _args, context) => practiceOfSite(it, context),
    }),
    ...bothShapes(t, SiteRef, 'capabilities', {
      type: SiteCapabilitiesResult,
      description: 'Which source serves each operation at this site, and the reason if none does.',
      price: prices.free,
      resolve: (it, _args, context) => capabilitiesOfSite(it, context),
    }),
    sqlQuery: t.field({
      type: SqlQueryResult,
      authScopes: { scopes: ['sql:run'] },
      nullable: false,
      description:
        'The current state of an async query at this site. Needs the scope `sql:run`. Cost: no charged call. Several `sqlQuery` fields in one operation share one call.',
      args: {
        id: t.arg({ type: 'UUID', required: true, description: 'The `queryId` of the query.' }),
      },
      price: prices.free,
      resolve: sqlQuery,
    }),
    sqlQueries: t.field({
      type: SqlQueriesResult,
      authScopes: { scopes: ['sql:run'] },
      nullable: false,
      description:
        'The current state of several async queries at this site. Needs the scope `sql:run`. Cost: one call, not charged.',
      args: {
        ids: t.arg({
          type: ['UUID'],
          required: true,
          maxItems: listLimits.queryIds,
          description: 'The `queryId`s of the queries.',
        }),
      },
      price: prices.free,
      resolve: sqlQueries,
    }),
    registeredSqlQueries: t.field({
      type: RegisteredSqlQueriesResult,
      authScopes: { scopes: ['sql:run'] },
      nullable: false,
      description: 'The registered queries of this site. Needs the scope `sql:run`. Cost: no charged call.',
      price: prices.free,
      resolve: registeredSqlQueries,
    }),
  }),
});

const Capability = builder
  .objectRef<(typeof SiteCapabilitiesRef.$inferType)['operations'][number]>('Capability')
  .implement({
    description: 'Which source serves an operation at a site.',
    fields: (t) => ({
      operation: t.expose('operation', {
        type: PracticeOperation,
        nullable: false,
        description: 'The operation.',
      }),
      source: t.expose('source', {
        type: DataSource,
        description: 'The source that serves it at this site; null if none does.',
      }),
      reason: t.exposeString('reason', {
        description:
          'Explanation for a person: why this source was chosen, or why none is available. Null if there is nothing to explain.',
      }),
    }),
  });

builder.objectType(SiteCapabilitiesRef, {
  description: 'The operations that a site supports.',
  fields: (t) => ({
    operations: t.field({
      type: [Capability],
      nullable: { list: false, items: false },
      description: 'One entry for every operation.',
      resolve: ({ operations }) => operations,
    }),
    fhirVersion: t.exposeString('fhirVersion', {
      description: 'FHIR version of the Bp Premier API at the site; null if that API does not respond.',
    }),
    serverVersion: t.exposeString('serverVersion', {
      description: 'Software version of the Bp Premier API; null if that API does not respond.',
    }),
  }),
});

rootRead('site', (arg) => ({
  type: SiteResult,
  authScopes: { scopes: ['sites:read'] },
  description:
    'One site by its Halo GUID. To keep reading a practice after it moves to another server, use `practice`.',
  args: { haloGuid: arg({ type: 'UUID', required: true, description: 'The Halo GUID.' }) },
  price: prices.site,
  resolve: site,
}));

builder.queryFields((t) => ({
  sites: t.field({
    type: SitesResult.union,
    authScopes: { scopes: ['sites:read'] },
    nullable: false,
    description:
      'All sites with this PMS id, as Halo Cloud lists them now. The list is empty for an unknown id.',
    args: {
      pmsSiteId: t.arg.id({ required: true, description: 'The PMS id: for Bp Premier the Bp Site ID.' }),
      pms: t.arg({
        type: PracticeManagementSystem,
        required: true,
        defaultValue: 'BEST_PRACTICE',
        description: 'The practice management system that the id belongs to.',
      }),
    },
    price: prices.sites,
    resolve: sites,
  }),
}));
