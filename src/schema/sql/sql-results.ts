/** What the fields of SQL Passthrough answer: the thing itself, or a HaloError that can happen there. */
import {
  AccessDenied,
  AuthoritativeServerChanged,
  InvalidInput,
  NotFound,
  OutcomeUnknown,
  PmsError,
  PracticeIdentityChanged,
  QueryTimedOut,
  RateLimited,
  ResultExpired,
  ResultTooLarge,
  SiteUnavailable,
  UpstreamFailed,
} from '../../errors.ts';
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

const atSite = [
  AuthoritativeServerChanged,
  PracticeIdentityChanged,
  AccessDenied,
  SiteUnavailable,
  QueryTimedOut,
  RateLimited,
  NotFound,
  UpstreamFailed,
];
const asked = [...atSite, InvalidInput];
const changing = [...asked, OutcomeUnknown];
const sent = [...changing, PmsError];
const run = [...sent, ResultTooLarge];
const reading = [...asked, PmsError, ResultExpired, ResultTooLarge];

const RunSqlPayload = builder.objectRef<SqlResultPayload>('RunSqlPayload').implement({
  description: 'What a statement gave.',
  fields: (t) => ({
    result: t.expose('result', {
      type: SqlResultRef,
      nullable: false,
      description: 'The whole result: rows, counts, and what came out of its parameters.',
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
        'As it was when Halo Cloud took it. Its `page` waits for the result; or keep its `queryId`, and ask `Site.sqlQuery` later.',
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
  'As Halo Cloud has it now; where it cannot be read back, what was registered, with its `queryId`.',
);
const CancelRegisteredSqlQueryPayload = registeredPayload(
  'CancelRegisteredSqlQueryPayload',
  'A registered query that was cancelled.',
  'As Halo Cloud has it now; where it cannot be read back, as it was before, with the status `CANCELLED`.',
);

export const RunSqlResult = result('RunSqlResult', RunSqlPayload, run, 'What the statement gave');
export const StartSqlQueryResult = result(
  'StartSqlQueryResult',
  StartSqlQueryPayload,
  sent,
  'The query that was started',
);
export const RegisterSqlQueryResult = result(
  'RegisterSqlQueryResult',
  RegisterSqlQueryPayload,
  sent,
  'The query that was registered',
);
export const CancelRegisteredSqlQueryResult = result(
  'CancelRegisteredSqlQueryResult',
  CancelRegisteredSqlQueryPayload,
  changing,
  'The query that was cancelled',
);
export const SqlQueryResult = result('SqlQueryResult', SqlQueryRef, asked, 'An async query');
export const SqlQueriesResult = result('SqlQueriesResult', SqlQueriesRef, asked, 'Async queries');
export const SqlResultPageResult = result(
  'SqlResultPageResult',
  SqlResultPageRef,
  reading,
  'A page of rows, or what the query failed with',
);
export const RegisteredSqlQueriesResult = result(
  'RegisteredSqlQueriesResult',
  RegisteredSqlQueriesRef,
  atSite,
  'The registered queries of a site',
);
export const SqlResultResult = result(
  'SqlResultResult',
  SqlResultRef,
  atSite,
  'The latest result of a registered query',
);
