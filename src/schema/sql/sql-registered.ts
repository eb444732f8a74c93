import type { RegisteredSqlQueryStatus } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { PmsError } from '../../errors.ts';
import * as prices from '../../price/read-prices.ts';
import { queryPart } from '../../resolvers/global-id.ts';
import { failureField } from '../../resolvers/sql/sql-failure.ts';
import { resultOfRegistered } from '../../resolvers/sql/sql-registered.ts';
import { builder } from '../builder/builder.ts';
import { enumOf } from '../builder/enum.ts';
import { RegisteredSqlQueriesRef, RegisteredSqlQueryRef } from './sql-refs.ts';
import { SqlResultResult } from './sql-results.ts';

const RegisteredSqlQueryStatusEnum = enumOf<RegisteredSqlQueryStatus>(
  'RegisteredSqlQueryStatus',
  'Status of a registered query, as Halo Cloud names it.',
  {
    INITIALISATION_FAILED_CACHE_ERROR: 'Failed: Halo Cloud could not store it. Register it again.',
    ENABLED: 'It runs at each interval, even if runs fail: see `lastError`.',
    CANCELLED: 'It was cancelled.',
    COMPLETED: 'Its duration has ended. Register it again to continue.',
  },
);

builder.node(RegisteredSqlQueryRef, {
  id: { resolve: queryPart },
  description:
    'A query that a site runs at a regular interval, for at most one day. Only the latest result is stored.',
  fields: (t) => ({
    queryId: t.field({
      type: 'UUID',
      nullable: false,
      description: 'Its id in Halo Cloud.',
      resolve: ({ data }) => data.queryId,
    }),
    name: t.string({
      nullable: false,
      description: 'Its label, from the registration.',
      resolve: ({ data }) => data.name,
    }),
    status: t.field({
      type: RegisteredSqlQueryStatusEnum,
      nullable: false,
      description: 'Its status.',
      resolve: ({ data }) => data.status,
    }),
    frequencySeconds: t.int({
      nullable: false,
      description: 'Interval between runs, in seconds.',
      resolve: ({ data }) => data.frequencySeconds,
    }),
    durationSeconds: t.int({
      nullable: false,
      description: 'Duration from its registration to its end, in seconds.',
      resolve: ({ data }) => data.durationSeconds,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was registered, in UTC; null if Halo Cloud does not report it.',
      resolve: ({ data }) => data.createdAt,
    }),
    completedAt: t.field({
      type: 'DateTime',
      description: 'When it ended, in UTC; null before that.',
      resolve: ({ data }) => data.completedAt,
    }),
    lastSucceededAt: t.field({
      type: 'DateTime',
      description: 'When a run last succeeded, in UTC; null if none has succeeded yet.',
      resolve: ({ data }) => data.lastSucceededAt,
    }),
    lastFailedAt: t.field({
      type: 'DateTime',
      description: 'When a run last failed, in UTC; null if none has failed.',
      resolve: ({ data }) => data.lastFailedAt,
    }),
    lastHash: t.string({
      description:
        'Hash of the latest result. Compare it to detect a changed result; use ORDER BY in the SQL so that equal results have equal hashes. Null before the first result.',
      resolve: ({ data }) => data.lastHash,
    }),
    lastError: t.field({
      type: PmsError,
      description: 'The error of the last failed run; null if there is none.',
      resolve: ({ data }) => failureField(data.lastError),
    }),
    result: t.field({
      type: SqlResultResult,
      nullable: false,
      description: 'The latest result; `NotFound` before the first result. Cost: no charged call.',
      price: prices.free,
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
        'All registered queries that Halo Cloud lists, including ended ones. Empty if there are none.',
      resolve: ({ nodes }) => nodes,
    }),
  }),
});
