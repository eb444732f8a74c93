import type { SqlPageInfo, SqlQueryStatus } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { PmsError } from '../../errors.ts';
import * as prices from '../../price/read-prices.ts';
import { queryPart } from '../../resolvers/global-id.ts';
import { failureField } from '../../resolvers/sql/sql-failure.ts';
import { pageOfQuery } from '../../resolvers/sql/sql-queries.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { SqlQueriesRef, SqlQueryRef } from './sql-refs.ts';
import { SqlResultPageResult } from './sql-results.ts';

const SqlQueryStatusEnum = enumOf<SqlQueryStatus>(
  'SqlQueryStatus',
  'Status of an async query, as Halo Cloud names it. `INITIALISING`, `QUEUED`, `EXECUTING` and `UPLOADING` are in progress; all others are final.',
  {
    INITIALISING: 'Halo Cloud has accepted it and is sending it to the site.',
    INITIALISATION_FAILED_CACHE_ERROR: 'Failed: Halo Cloud could not store it. Start it again.',
    INITIALISATION_FAILED_SITE_OFFLINE: 'Failed: the site was offline.',
    INITIALISATION_FAILED_SITE_UNREACHABLE: 'Failed: the site had sent no heartbeat for two minutes.',
    QUEUED: 'It is waiting in the queue at the practice.',
    EXPIRED_IN_QUEUE: 'Failed: it waited longer than `maxTimeInQueueMs` and was not run.',
    EXECUTING: 'The database is running it.',
    EXECUTION_FAILED: 'Failed: the database rejected it, or it took longer than five minutes. See `error`.',
    UPLOADING: 'It has run. The pages of its result are being uploaded.',
    UPLOAD_FAILED: 'Failed: it has run, but its result was not uploaded.',
    SUCCESSFUL: 'Done: its pages can be read for about 24 hours.',
  },
);

const SqlResultPageInfo = builder.objectRef<SqlPageInfo>('SqlResultPageInfo').implement({
  description: 'A page of a result: its status and size.',
  fields: (t) => ({
    number: t.exposeInt('number', {
      nullable: false,
      description: 'The page number, from 1. Pass it to `page`.',
    }),
    status: t.exposeString('status', {
      nullable: false,
      description: '`queued`, `uploading` or `cached`. A `cached` page can be read without waiting.',
    }),
    rowCount: t.exposeInt('rowCount', {
      description: 'Number of rows; null if Halo Cloud does not report it.',
    }),
    sizeBytes: t.exposeInt('sizeBytes', {
      description: 'Size in bytes; null if Halo Cloud does not report it.',
    }),
  }),
});

builder.node(SqlQueryRef, {
  id: { resolve: queryPart },
  description: 'An async query at one site. Its result is stored for about 24 hours, in pages of about 1 MB.',
  fields: (t) => ({
    queryId: t.field({
      type: 'UUID',
      nullable: false,
      description: 'Its id in Halo Cloud. Store it to read the query later with `Site.sqlQuery`.',
      resolve: ({ data }) => data.queryId,
    }),
    status: t.field({
      type: SqlQueryStatusEnum,
      nullable: false,
      description: 'Its status.',
      resolve: ({ data }) => data.status,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When Halo Cloud accepted it, in UTC; null if Halo Cloud does not report it.',
      resolve: ({ data }) => data.createdAt,
    }),
    completedAt: t.field({
      type: 'DateTime',
      description: 'When it succeeded or failed, in UTC; null before that.',
      resolve: ({ data }) => data.completedAt,
    }),
    rowCount: t.int({
      description:
        'Number of rows in the whole result; null before the query has run, or if it returns no rows.',
      resolve: ({ data }) => data.rowCount,
    }),
    rowsAffected: t.int({
      description: 'Number of rows that were changed; null before the query has run, and for `READER`.',
      resolve: ({ data }) => data.rowsAffected,
    }),
    pages: t.field({
      type: [SqlResultPageInfo],
      nullable: { list: false, items: false },
      description: 'The pages of its result that are known so far; empty before it has run.',
      resolve: ({ data }) => data.pages,
    }),
    page: t.field({
      type: SqlResultPageResult,
      nullable: false,
      description:
        "The rows of a page. The field waits for the page until the operation's deadline; then it returns `QueryTimedOut`: retry. If the query failed, the field returns its error. One operation can read at most 20 pages over all queries. Cost: no charged call.",
      args: { number: t.arg.int({ required: true, description: 'The page number, from 1.' }) },
      price: prices.free,
      resolve: pageOfQuery,
    }),
    error: t.field({
      type: PmsError,
      description: 'The error from the database or Halo Link; null if there is none.',
      resolve: ({ data }) => failureField(data.error),
    }),
  }),
});

builder.objectType(SqlQueriesRef, {
  description: 'A list of async queries.',
  fields: (t) => ({
    nodes: t.field({
      type: [SqlQueryRef],
      nullable: { list: false, items: true },
      description:
        'One entry for each id, in the order of the argument. An entry is null if the site has no such query.',
      resolve: ({ nodes }) => nodes,
    }),
  }),
});
