/** References to the object types of SQL Passthrough, without their fields. */
import type * as port from '../../datasources/halo-cloud/sql/site-sql.ts';
import type * as entity from '../../resolvers/entities.ts';
import type { SqlQueryList, SqlResultPage } from '../../resolvers/sql/sql-queries.ts';
import { builder } from '../builder/builder.ts';

export const SqlResultRef = builder.objectRef<port.SqlResult>('SqlResult');
export const SqlQueryRef = builder.objectRef<entity.SqlQuery>('SqlQuery');
export const SqlQueriesRef = builder.objectRef<SqlQueryList>('SqlQueries');
export const SqlResultPageRef = builder.objectRef<SqlResultPage>('SqlResultPage');
export const RegisteredSqlQueryRef = builder.objectRef<entity.RegisteredSqlQuery>('RegisteredSqlQuery');
export const RegisteredSqlQueriesRef =
  builder.objectRef<entity.Nodes<entity.RegisteredSqlQuery>>('RegisteredSqlQueries');
