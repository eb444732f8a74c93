import type { SqlOutputParameter } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { builder } from '../builder/builder.ts';
import { SqlResultPageRef, SqlResultRef } from './sql-refs.ts';

const rows =
  'The rows. Each is an object with one property per column, named as in the SQL. Values are as the database returns them: text of CHAR columns is padded with spaces, and dates have no time zone. A number with more than 15 digits is a string, so that it is not rounded.';

const SqlOutputParameterType = builder.objectRef<SqlOutputParameter>('SqlOutputParameter').implement({
  description: 'An output parameter of a command.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'Its name, with the leading `@`.' }),
    value: t.exposeString('value', { description: 'Its value as text; null for SQL NULL.' }),
  }),
});

builder.objectType(SqlResultRef, {
  description: 'The result of a command.',
  fields: (t) => ({
    id: t.expose('id', {
      type: 'UUID',
      description: 'The id of the query in Halo Cloud, for support requests; null if there is none.',
    }),
    rows: t.field({
      type: ['JSON'],
      nullable: { list: true, items: false },
      description: `${rows} Null if the command returns no rows.`,
      resolve: (result) => result.rows,
    }),
    rowCount: t.exposeInt('rowCount', {
      description: 'Number of rows; null if the command returns no rows.',
    }),
    rowsAffected: t.exposeInt('rowsAffected', {
      description:
        'Number of rows that were changed; null if Halo Cloud does not report it, as for `READER`.',
    }),
    outputParameters: t.field({
      type: [SqlOutputParameterType],
      nullable: { list: false, items: false },
      description: 'Output parameters, including the return value.',
      resolve: (result) => result.outputParameters,
    }),
    sqlExecutionMs: t.exposeInt('sqlExecutionMs', {
      description: 'Execution time at the database, in milliseconds; null if Halo Cloud does not report it.',
    }),
  }),
});

builder.objectType(SqlResultPageRef, {
  description: 'A page of the result of an async query.',
  fields: (t) => ({
    number: t.exposeInt('number', { nullable: false, description: 'The page number, from 1.' }),
    rows: t.field({
      type: ['JSON'],
      nullable: { list: false, items: false },
      description: rows,
      resolve: (page) => page.rows,
    }),
  }),
});
