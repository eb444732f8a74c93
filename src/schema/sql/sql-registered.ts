import type { RegisteredSqlQueryStatus } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { PmsError } from '../../errors.ts';
import { queryPart } from '../../resolvers/global-id.ts';
import { failureTold } from '../../resolvers/sql/sql-failure.ts';
import { resultOfRegistered } from '../../resolvers/sql/sql-registered.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { RegisteredSqlQueriesRef, RegisteredSqlQueryRef } from './sql-refs.ts';
import { SqlResultResult } from './sql-results.ts';

const RegisteredSqlQueryStatusEnum = enumOf<RegisteredSqlQueryStatus>(
  'RegisteredSqlQueryStatus',
  'Where a registered query is in its life, in the words of Halo Cloud.',
  {
    INITIALISATION_FAILED_CACHE_ERROR: 'Halo Cloud could not keep it. Register it again.',
    ENABLED: 'It runs, also while its runs fail: see `lastError`.',
    CANCELLED: 'It was cancelled.',
    COMPLETED: 'Its duration is over. Register it again to go on.',
  },
);

builder.node(RegisteredSqlQueryRef, {
  id: { resolve: queryPart },
  description:
    'A query that Halo Cloud has a site run again and again, for a day at most. Only the latest result is kept.',
  fields: (t) => ({
    queryId: t.field({
      type: 'UUID',
      nullable: false,
      description: "Halo Cloud's id of it.",
      resolve: ({ data }) => data.queryId,
    }),
    name: t.string({
      nullable: false,
      description: 'The label that it was registered with.',
      resolve: ({ data }) => data.name,
    }),
    status: t.field({
      type: RegisteredSqlQueryStatusEnum,
      nullable: false,
      description: 'Where it is in its life.',
      resolve: ({ data }) => data.status,
    }),
    frequencySeconds: t.int({
      nullable: false,
      description: 'Seconds from one run to the next.',
      resolve: ({ data }) => data.frequencySeconds,
    }),
    durationSeconds: t.int({
      nullable: false,
      description: 'Seconds from its registration to its end.',
      resolve: ({ data }) => data.durationSeconds,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was registered, in UTC; null when Halo Cloud does not say.',
      resolve: ({ data }) => data.createdAt,
    }),
    completedAt: t.field({
      type: 'DateTime',
      description: 'When it ended, in UTC; null before that.',
      resolve: ({ data }) => data.completedAt,
    }),
    lastSucceededAt: t.field({
      type: 'DateTime',
      description: 'When a run last succeeded, in UTC; null before the first that did.',
      resolve: ({ data }) => data.lastSucceededAt,
    }),
    lastFailedAt: t.field({
      type: 'DateTime',
      description: 'When a run last failed, in UTC; null when none did.',
      resolve: ({ data }) => data.lastFailedAt,
    }),
    lastHash: t.string({
      description:
        'Hash of the latest result: the same hash is the same result, so end the SQL with ORDER BY. Null before the first.',
      resolve: ({ data }) => data.lastHash,
    }),
    lastError: t.field({
      type: PmsError,
      description: 'What the last run that failed was refused with; null when none was.',
      resolve: ({ data }) => failureTold(data.lastError),
    }),
    result: t.field({
      type: SqlResultResult,
      nullable: false,
      description: 'The latest result; `NotFound` before the first. No charged call.',
      resolve: resultOfRegistered,
    }),
  }),
});

builder.objectType(RegisteredSqlQueriesRef, {
  description: 'The registered queries of a site.',
  fields: (t) => ({
    nodes: t.field({
      type: [RegisteredSqlQueryRef],
      nullable: { list: false, items: false },
      description:
        'All that Halo Cloud lists, ended ones among them; an empty list means that there are none.',
      resolve: ({ nodes }) => nodes,
    }),
  }),
});
