import type { SqlOutputParameter } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { builder } from '../builder/builder.ts';
import { SqlResultPageRef, SqlResultRef } from './sql-refs.ts';

const rows =
  'Each an object with the columns by name, in the spelling of the SQL. Values are as the database gives them: text of CHAR columns is padded with blanks, dates have no zone; a number of more than 15 digits is text, so that it is not rounded.';

const SqlOutputParameterType = builder.objectRef<SqlOutputParameter>('SqlOutputParameter').implement({
  description: 'A parameter that came out of a command.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'Its name, with the at sign.' }),
    value: t.exposeString('value', { description: "Its value as text; null for SQL's NULL." }),
  }),
});

builder.objectType(SqlResultRef, {
  description: 'What a command gave.',
  fields: (t) => ({
    id: t.expose('id', {
      type: 'UUID',
      description: "Halo Cloud's id of the query, for its support; null when it gave none.",
    }),
    rows: t.field({
      type: ['JSON'],
      nullable: { list: true, items: false },
      description: `${rows} Null where the command answers none.`,
      resolve: (result) => result.rows,
    }),
    rowCount: t.exposeInt('rowCount', {
      description: 'How many rows there are; null where the command answers none.',
    }),
    rowsAffected: t.exposeInt('rowsAffected', {
      description: 'How many rows were changed; null when Halo Cloud does not say, as for `READER`.',
    }),
    outputParameters: t.field({
      type: [SqlOutputParameterType],
      nullable: { list: false, items: false },
      description: 'Parameters that came out, return values among them.',
      resolve: (result) => result.outputParameters,
    }),
    sqlExecutionMs: t.exposeInt('sqlExecutionMs', {
      description: 'Milliseconds that the database took; null when Halo Cloud does not say.',
    }),
  }),
});

builder.objectType(SqlResultPageRef, {
  description: 'A page of the result of an async query.',
  fields: (t) => ({
    number: t.exposeInt('number', { nullable: false, description: 'Which page, counted from 1.' }),
    rows: t.field({
      type: ['JSON'],
      nullable: { list: false, items: false },
      description: rows,
      resolve: (page) => page.rows,
    }),
  }),
});
