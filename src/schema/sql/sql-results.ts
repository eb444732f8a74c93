/** The result unions of the SQL Passthrough fields: the result and the HaloErrors that can occur. */
import type { SqlQueryPayload } from '../../resolvers/sql/sql-queries.ts';
import type { RegisteredSqlQueryPayload } from '../../resolvers/sql/sql-registered.ts';
import type { SqlResultPayload } from '../../resolvers/sql/sql-run.ts';
import { builder } from '../builder/builder.ts';
import { result } from '../results.ts';
import {
  RegisteredSqlQueriesRef,
  RegisteredSqlQueryRef,
  SqlQueriesRef,
  SqlQueryRef,
  SqlResultPageRef,
  SqlResultRef,
} from './sql-refs.ts';

const RunSqlPayload = builder.objectRef<SqlResultPayload>('RunSqlPayload').implement({
  description: 'The result of a statement.',
  fields: (t) => ({
    result: t.expose('result', {
      type: SqlResultRef,
      nullable: false,
      description: 'The whole result: rows, counts and output parameters.',
    }),
  }),
});

const StartSqlQueryPayload = builder.objectRef<SqlQueryPayload>('StartSqlQueryPayload').implement({
  description: 'A query that was started.',
  fields: (t) => ({
    query: t.expose('query', {
      type: SqlQueryRef,
      nullable: false,
      description:
        'The query, as Halo Cloud accepted it. Select `page` to wait for the result, or store `queryId` and read it later with `Site.sqlQuery`.',
    }),
  }),
});

function registeredPayload(name: string, description: string, of: string) {
  return builder.objectRef<RegisteredSqlQueryPayload>(name).implement({
    description,
    fields: (t) => ({
      registeredQuery: t.expose('registeredQuery', {
        type: RegisteredSqlQueryRef,
        nullable: false,
        description: of,
      }),
    }),
  });
}

const RegisterSqlQueryPayload = registeredPayload(
  'RegisterSqlQueryPayload',
  'A query that was registered.',
  'The query, read back from Halo Cloud. If it cannot be read back: the registered values and the `queryId`.',
);
const CancelRegisteredSqlQueryPayload = registeredPayload(
  'CancelRegisteredSqlQueryPayload',
  'A registered query that was cancelled.',
  'The query, read back from Halo Cloud. If it cannot be read back: its previous state with the status `CANCELLED`.',
);

export const RunSqlResult = result('RunSqlResult', RunSqlPayload, 'sqlRun', 'The result of the statement');
export const StartSqlQueryResult = result(
  'StartSqlQueryResult',
  StartSqlQueryPayload,
  'sqlSend',
  'The query that was started',
);
export const RegisterSqlQueryResult = result(
  'RegisterSqlQueryResult',
  RegisterSqlQueryPayload,
  'sqlSend',
  'The query that was registered',
);
export const CancelRegisteredSqlQueryResult = result(
  'CancelRegisteredSqlQueryResult',
  CancelRegisteredSqlQueryPayload,
  'sqlCancel',
  'The query that was cancelled',
);
export const SqlQueryResult = result('SqlQueryResult', SqlQueryRef, 'sqlQuery', 'An async query');
export const SqlQueriesResult = result('SqlQueriesResult', SqlQueriesRef, 'sqlQuery', 'Async queries');
export const SqlResultPageResult = result(
  'SqlResultPageResult',
  SqlResultPageRef,
  'sqlPage',
  'A page of rows',
);
export const RegisteredSqlQueriesResult = result(
  'RegisteredSqlQueriesResult',
  RegisteredSqlQueriesRef,
  'sqlSite',
  'The registered queries of a site',
);
export const SqlResultResult = result(
  'SqlResultResult',
  SqlResultRef,
  'sqlSite',
  'The latest result of a registered query',
);
export const SqlQueryEvent = result(
  'SqlQueryEvent',
  SqlQueryRef,
  'sqlQuery',
  'An async query whose status changed',
);
