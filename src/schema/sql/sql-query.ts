import type { SqlPageInfo, SqlQueryStatus } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { PmsError } from '../../errors.ts';
import { queryPart } from '../../resolvers/global-id.ts';
import { failureTold } from '../../resolvers/sql/sql-failure.ts';
import { pageOfQuery } from '../../resolvers/sql/sql-queries.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { SqlQueriesRef, SqlQueryRef } from './sql-refs.ts';
import { SqlResultPageResult } from './sql-results.ts';

const SqlQueryStatusEnum = enumOf<SqlQueryStatus>(
  'SqlQueryStatus',
  'Where an async query is in its life, in the words of Halo Cloud. It goes on from `INITIALISING`, `QUEUED`, `EXECUTING` and `UPLOADING`; all others are final.',
  {
    INITIALISING: 'Halo Cloud has it, and passes it on to the site.',
    INITIALISATION_FAILED_CACHE_ERROR: 'Failed: Halo Cloud could not keep it. Start it again.',
    INITIALISATION_FAILED_SITE_OFFLINE: 'Failed: the site had signed off.',
    INITIALISATION_FAILED_SITE_UNREACHABLE: 'Failed: the site was not heard for two minutes.',
    QUEUED: 'It waits for its turn at the practice.',
    EXPIRED_IN_QUEUE: 'Failed: it waited longer than `maxTimeInQueueMs`, and was not run.',
    EXECUTING: 'The database runs it.',
    EXECUTION_FAILED: 'Failed: the database refused it, or took longer than five minutes. See `error`.',
    UPLOADING: 'It has run; its result is on the way, page by page.',
    UPLOAD_FAILED: 'Failed: it has run, and its result did not arrive.',
    SUCCESSFUL: 'Done: its pages can be read for about 24 hours.',
  },
);

const SqlResultPageInfo = builder.objectRef<SqlPageInfo>('SqlResultPageInfo').implement({
  description: 'What is known of a page before it is read.',
  fields: (t) => ({
    number: t.exposeInt('number', {
      nullable: false,
      description: 'Which page, counted from 1: pass it to `page`.',
    }),
    status: t.exposeString('status', {
      nullable: false,
      description: '`queued`, `uploading`, or `cached`: then it can be read without waiting.',
    }),
    rowCount: t.exposeInt('rowCount', { description: 'Its rows; null when Halo Cloud does not say.' }),
    sizeBytes: t.exposeInt('sizeBytes', {
      description: 'Its size in bytes; null when Halo Cloud does not say.',
    }),
  }),
});

builder.node(SqlQueryRef, {
  id: { resolve: queryPart },
  description:
    'An async query, at the one site that it was sent to. Its result is kept for about 24 hours, in pages of about 1 MB.',
  fields: (t) => ({
    queryId: t.field({
      type: 'UUID',
      nullable: false,
      description: "Halo Cloud's id of it: keep it, and ask `Site.sqlQuery` with it later.",
      resolve: ({ data }) => data.queryId,
    }),
    status: t.field({
      type: SqlQueryStatusEnum,
      nullable: false,
      description: 'Where it is in its life.',
      resolve: ({ data }) => data.status,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When Halo Cloud took it, in UTC; null when it does not say.',
      resolve: ({ data }) => data.createdAt,
    }),
    completedAt: t.field({
      type: 'DateTime',
      description: 'When it ended, well or not, in UTC; null before that.',
      resolve: ({ data }) => data.completedAt,
    }),
    rowCount: t.int({
      description: 'Rows of the whole result; null before it is there, and where there are none to have.',
      resolve: ({ data }) => data.rowCount,
    }),
    rowsAffected: t.int({
      description: 'How many rows were changed; null before it has run, and for `READER`.',
      resolve: ({ data }) => data.rowsAffected,
    }),
    pages: t.field({
      type: [SqlResultPageInfo],
      nullable: { list: false, items: false },
      description: 'The pages of its result as far as they are known; empty before it has run.',
      resolve: ({ data }) => data.pages,
    }),
    page: t.field({
      type: SqlResultPageResult,
      nullable: false,
      description:
        'The rows of a page, waited for while the operation has time: what is not there by then is `QueryTimedOut`, to be asked again. Of a query that failed, what it failed with. At most 20 pages in one operation, of whichever queries. No charged call.',
      args: { number: t.arg.int({ required: true, description: 'Which page, counted from 1.' }) },
      resolve: pageOfQuery,
    }),
    error: t.field({
      type: PmsError,
      description: 'What the database, or Halo Link, refused it with; null when it did not.',
      resolve: ({ data }) => failureTold(data.error),
    }),
  }),
});

builder.objectType(SqlQueriesRef, {
  description: 'Async queries that were asked for by their ids.',
  fields: (t) => ({
    nodes: t.field({
      type: [SqlQueryRef],
      nullable: { list: false, items: true },
      description:
        'One for each id, in the order of the argument; null where Halo Cloud knows no such query at this site.',
      resolve: ({ nodes }) => nodes,
    }),
  }),
});
