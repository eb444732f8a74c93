import type { SiteStatus } from '../../datasources/halo-cloud/halo-session.ts';
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
  'Where a site is in its life, in the words of Halo Cloud.',
  {
    INITIALISING: 'Halo Link is being set up.',
    ACTIVE: 'In service.',
    REMOVED: 'Taken out of Halo Link.',
    UNINSTALLED: 'Halo Link was uninstalled.',
  },
);

const Catalogue = builder
  .objectRef<{ readonly name: string; readonly isDefault: boolean }>('Catalogue')
  .implement({
    description: 'A database at a site that SQL can be sent to.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: false,
        description: 'Its name, the same at all sites of one PMS.',
      }),
      isDefault: t.exposeBoolean('isDefault', {
        nullable: false,
        description: 'Whether statements go there when they name none.',
      }),
    }),
  });

builder.node(SiteRef, {
  id: { resolve: siteId },
  description:
    'One PMS database that a Halo Link serves, named by its Halo GUID. Everything here is as Halo Cloud last heard it; nothing asks the practice but `practice` and `capabilities`.',
  fields: (t) => ({
    haloGuid: t.expose('haloGuid', {
      type: 'UUID',
      nullable: false,
      description:
        'The Halo GUID. It changes when the practice moves to another server: keep the Bp Site ID and look this up.',
    }),
    authoritative: t.boolean({
      description:
        'Whether queries for the practice belong here, when several sites share a PMS id. Halo Cloud no longer promises to say so: null then.',
      resolve: async (it) => (await it.read()).authoritative,
    }),
    availability: t.field({
      type: SiteAvailability,
      description: 'Whether the site can be reached; null when Halo Cloud does not say.',
      resolve: async (it) => (await it.read()).availability,
    }),
    status: t.field({
      type: SiteStatusEnum,
      description: 'Where the site is in its life; null when Halo Cloud does not say.',
      resolve: async (it) => (await it.read()).status,
    }),
    haloLinkVersion: t.string({
      description:
        'Version of Halo Link at the practice, such as `25.1107.1`; null when Halo Cloud does not say.',
      resolve: async (it) => (await it.read()).haloLinkVersion,
    }),
    lastHeartbeatAt: t.field({
      type: 'DateTime',
      description:
        'When Halo Cloud last heard from the site, in UTC; null when it does not say. A healthy site is heard every minute.',
      resolve: async (it) => (await it.read()).lastHeartbeatAt,
    }),
    catalogues: t.field({
      type: [Catalogue],
      nullable: { list: false, items: false },
      description:
        'Databases at the site; empty when Halo Cloud names none, or when the site could not be read.',
      resolve: cataloguesOfSite,
    }),
    pms: t.expose('pms', {
      type: PracticeManagementSystem,
      description: 'The practice management system; null when it is not known.',
    }),
    pmsSiteId: t.exposeID('pmsSiteId', {
      description: 'The PMS id of the practice, for Bp Premier its Bp Site ID; null when it is not known.',
    }),
    pmsVersion: t.string({
      description: 'Version of the practice management system; null when it is not known.',
      resolve: async (it) => (await it.read()).pmsVersion,
    }),
    practice: t.field({
      type: PracticeRef,
      description:
        'The practice behind exactly this site: a 403 below is always told as `AuthoritativeServerChanged`, never answered by the server that replaced this one. Null when the site does not say whose it is.',
      resolve: (it, _args, context) => practiceOfSite(it, context),
    }),
    ...bothShapes(t, SiteRef, 'capabilities', {
      type: SiteCapabilitiesResult,
      description:
        'Which operation is served by which source at this site, and why not where none serves it.',
      resolve: (it, _args, context) => capabilitiesOfSite(it, context),
    }),
    sqlQuery: t.field({
      type: SqlQueryResult,
      authScopes: { scopes: ['sql:run'] },
      nullable: false,
      description:
        'An async query at this site, as it is now. Needs the scope `sql:run`. No charged call; all that are asked for at the same time are one call.',
      args: {
        id: t.arg({ type: 'UUID', required: true, description: "Halo Cloud's id of it: its `queryId`." }),
      },
      resolve: sqlQuery,
    }),
    sqlQueries: t.field({
      type: SqlQueriesResult,
      authScopes: { scopes: ['sql:run'] },
      nullable: false,
      description:
        'Several async queries at this site, as they are now: one call, and no charged one. Needs the scope `sql:run`.',
      args: {
        ids: t.arg({
          type: ['UUID'],
          required: true,
          maxItems: listLimits.queryIds,
          description: "Halo Cloud's ids of them.",
        }),
      },
      resolve: sqlQueries,
    }),
    registeredSqlQueries: t.field({
      type: RegisteredSqlQueriesResult,
      authScopes: { scopes: ['sql:run'] },
      nullable: false,
      description: 'The registered queries of this site. Needs the scope `sql:run`. No charged call.',
      resolve: registeredSqlQueries,
    }),
  }),
});

const Capability = builder
  .objectRef<(typeof SiteCapabilitiesRef.$inferType)['operations'][number]>('Capability')
  .implement({
    description: 'Who serves an operation at a site.',
    fields: (t) => ({
      operation: t.expose('operation', {
        type: PracticeOperation,
        nullable: false,
        description: 'The operation.',
      }),
      source: t.expose('source', {
        type: DataSource,
        description: 'The source that answers it here; null when none does.',
      }),
      reason: t.exposeString('reason', {
        description: 'Why that source, or why none, for a person to read.',
      }),
    }),
  });

builder.objectType(SiteCapabilitiesRef, {
  description: 'What can be asked of a site.',
  fields: (t) => ({
    operations: t.field({
      type: [Capability],
      nullable: { list: false, items: false },
      description: 'Every operation, once.',
      resolve: ({ operations }) => operations,
    }),
    fhirVersion: t.exposeString('fhirVersion', {
      description: 'FHIR version of the Bp Premier API at the site; null when it does not answer.',
    }),
    serverVersion: t.exposeString('serverVersion', {
      description: 'Software version that the Bp Premier API names; null when it does not answer.',
    }),
  }),
});

rootRead('site', (arg) => ({
  type: SiteResult,
  authScopes: { scopes: ['sites:read'] },
  description: 'One site by its Halo GUID. To follow a practice when it moves, use `practice`.',
  args: { haloGuid: arg({ type: 'UUID', required: true, description: 'The Halo GUID.' }) },
  resolve: site,
}));

builder.queryFields((t) => ({
  sites: t.field({
    type: SitesResult.union,
    authScopes: { scopes: ['sites:read'] },
    nullable: false,
    description: 'All sites of a PMS id, as Halo Cloud has them now. An unknown id has none.',
    args: {
      pmsSiteId: t.arg.id({ required: true, description: 'The PMS id: for Bp Premier the Bp Site ID.' }),
      pms: t.arg({
        type: PracticeManagementSystem,
        required: true,
        defaultValue: 'BEST_PRACTICE',
        description: 'The practice management system that the id belongs to.',
      }),
    },
    resolve: sites,
  }),
}));
