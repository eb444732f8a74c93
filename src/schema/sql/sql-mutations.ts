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
      'Runs SQL, or a stored procedure, and waits for it. Needs the scope `sql:run`. One charged call; a second where a `READER` that took too long, or gave more than 8 MB, goes on as an async query. What could write is sent once: after `OutcomeUnknown`, look before you send it again.',
    args: { input: t.arg({ type: RunSqlInput, required: true, description: 'What to run, and where.' }) },
    resolve: runSql,
  }),
  startSqlQuery: t.field({
    type: StartSqlQueryResult,
    authScopes: { scopes: ['sql:run'] },
    nullable: false,
    description:
      'Starts an async query, for what takes up to five minutes or gives more than 8 MB. Needs the scope `sql:run`. One charged call. Go on with `query.page`, or later with `Site.sqlQuery`.',
    args: {
      input: t.arg({ type: StartSqlQueryInput, required: true, description: 'What to start, and where.' }),
    },
    resolve: startSqlQuery,
  }),
  registerSqlQuery: t.field({
    type: RegisterSqlQueryResult,
    authScopes: { scopes: ['sql:run'] },
    nullable: false,
    description:
      'Has a site run a query again and again: cheaper than asking for it each time. Needs the scope `sql:run`. One charged call. Each run takes at most 60 seconds and gives at most 8 MB.',
    args: {
      input: t.arg({
        type: RegisterSqlQueryInput,
        required: true,
        description: 'What to run, where, and how often.',
      }),
    },
    resolve: registerSqlQuery,
  }),
  cancelRegisteredSqlQuery: t.field({
    type: CancelRegisteredSqlQueryResult,
    authScopes: { scopes: ['sql:run'] },
    nullable: false,
    description: 'Ends a registered query. Needs the scope `sql:run`. No charged call. Asking again is safe.',
    args: {
      input: t.arg({ type: CancelRegisteredSqlQueryInput, required: true, description: 'Which one.' }),
    },
    resolve: cancelRegisteredSqlQuery,
  }),
}));
