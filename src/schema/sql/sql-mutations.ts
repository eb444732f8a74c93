import { free } from '../../price/read-prices.ts';
import * as prices from '../../price/write-prices.ts';
import { startSqlQuery } from '../../resolvers/sql/sql-queries.ts';
import { cancelRegisteredSqlQuery, registerSqlQuery } from '../../resolvers/sql/sql-registered.ts';
import { runSql } from '../../resolvers/sql/sql-run.ts';
import { builder } from '../builder/builder.ts';
import {
  CancelRegisteredSqlQueryInput,
  RegisterSqlQueryInput,
  RunSqlInput,
  StartSqlQueryInput,
} from './sql-inputs.ts';
import {
  CancelRegisteredSqlQueryResult,
  RegisterSqlQueryResult,
  RunSqlResult,
  StartSqlQueryResult,
} from './sql-results.ts';

builder.mutationFields((t) => ({
  runSql: t.field({
    type: RunSqlResult,
    authScopes: { scopes: ['sql:run'] },
    nullable: false,
    description:
      'Runs SQL or a stored procedure and waits for the result. Needs the scope `sql:run`. A statement that could write is sent once: after `OutcomeUnknown`, check its effect before you send it again. Cost: one charged call; two if a `READER` takes too long or returns more than 8 MB and continues as an async query.',
    args: { input: t.arg({ type: RunSqlInput, required: true, description: 'The command and the site.' }) },
    price: prices.runSql,
    resolve: runSql,
  }),
  startSqlQuery: t.field({
    type: StartSqlQueryResult,
    authScopes: { scopes: ['sql:run'] },
    nullable: false,
    description:
      'Starts an async query, for statements that take up to five minutes or return more than 8 MB. Needs the scope `sql:run`. Read the result with `query.page`, or later with `Site.sqlQuery`. Cost: one charged call.',
    args: {
      input: t.arg({ type: StartSqlQueryInput, required: true, description: 'The command and the site.' }),
    },
    price: prices.sendSql,
    resolve: startSqlQuery,
  }),
  registerSqlQuery: t.field({
    type: RegisterSqlQueryResult,
    authScopes: { scopes: ['sql:run'] },
    nullable: false,
    description:
      'Registers a query that a site runs at a regular interval. This costs less than running it each time. Needs the scope `sql:run`. Each run can take at most 60 seconds and return at most 8 MB. Cost: one charged call.',
    args: {
      input: t.arg({
        type: RegisterSqlQueryInput,
        required: true,
        description: 'The command, the site and the interval.',
      }),
    },
    price: prices.sendSql,
    resolve: registerSqlQuery,
  }),
  cancelRegisteredSqlQuery: t.field({
    type: CancelRegisteredSqlQueryResult,
    authScopes: { scopes: ['sql:run'] },
    nullable: false,
    description:
      'Cancels a registered query. Needs the scope `sql:run`. Retrying is safe. Cost: no charged call.',
    args: {
      input: t.arg({
        type: CancelRegisteredSqlQueryInput,
        required: true,
        description: 'The query to cancel.',
      }),
    },
    price: free,
    resolve: cancelRegisteredSqlQuery,
  }),
}));
