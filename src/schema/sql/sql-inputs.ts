/** The input types of SQL Passthrough. */
import type { SqlCommand, SqlParameterDirection } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { listLimits } from '../../resolvers/limits.ts';
import { sqlTypes } from '../../resolvers/sql/sql-values.ts';
import { builder } from '../builder/builder.ts';

/** An enum whose names differ from the internal values. `entries` maps each name to its value and description. */
function mappedEnum<Value extends string, Name extends string>(
  name: string,
  description: string,
  entries: Readonly<Record<Name, readonly [Value, string]>>,
) {
  const values = Object.fromEntries(
    Object.entries<readonly [Value, string]>(entries).map(([key, [value, text]]) => [
      key,
      { value, description: text },
    ]),
  ) as Record<Name, { value: Value; description: string }>;
  return builder.enumType(name, { description, values });
}

const SqlCommandType = mappedEnum<SqlCommand['type'], 'TEXT' | 'STORED_PROCEDURE'>(
  'SqlCommandType',
  'How to interpret the text of a command.',
  {
    TEXT: ['text', 'The text is SQL.'],
    STORED_PROCEDURE: [
      'storedProcedure',
      'The text is the name of a stored procedure; the parameters are passed to it. Halo Cloud calls this experimental. `EXEC` in a `TEXT` command does the same.',
    ],
  },
);

const SqlExecutionMode = mappedEnum<SqlCommand['executionMode'], 'READER' | 'NON_QUERY' | 'SCALAR'>(
  'SqlExecutionMode',
  'What a command returns.',
  {
    READER: [
      'reader',
      'Its rows. If an immediate query takes too long or its result is too large, this API continues it as an async query, unless the SQL could write.',
    ],
    NON_QUERY: ['nonQuery', 'The number of rows that it changed, and no rows.'],
    SCALAR: ['scalar', 'The first column of the first row, as a single row.'],
  },
);

const SqlParameterDirectionEnum = mappedEnum<
  SqlParameterDirection,
  'INPUT' | 'OUTPUT' | 'INPUT_OUTPUT' | 'RETURN_VALUE'
>('SqlParameterDirection', 'Direction of a parameter.', {
  INPUT: ['input', 'The value is sent to the database.'],
  OUTPUT: ['output', 'The value is returned in `outputParameters`.'],
  INPUT_OUTPUT: ['inputOutput', 'The value is sent to the database and returned in `outputParameters`.'],
  RETURN_VALUE: ['returnValue', 'The return value of a stored procedure, an integer.'],
});

export const SiteRefInput = builder.inputType('SiteRef', {
  isOneOf: true,
  description: 'The site that SQL runs at. Give exactly one of these.',
  fields: (t) => ({
    bpSiteId: t.id({
      description:
        'The practice, on its current server: its Bp Site ID or its global id. The global id can also be that of a Zedmed or Dental4Windows practice.',
    }),
    haloGuid: t.field({
      type: 'UUID',
      description: 'The site with this Halo GUID, for any practice management system.',
    }),
  }),
});

const SqlParameterInput = builder.inputType('SqlParameterInput', {
  description: 'A parameter of a command.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description:
        'Its name as in the SQL, with the leading `@`, such as `@patientId`. Names must be unique.',
    }),
    value: t.string({
      description:
        'The value as text, such as `66`, `2026-11-23` or `2026-11-23T09:15:00`. Omitted or null: SQL NULL. Not allowed for `OUTPUT` and `RETURN_VALUE`.',
    }),
    type: t.string({
      description: `Its SQL Server type, in this spelling: ${sqlTypes.map((type) => `\`${type}\``).join(', ')}. If omitted, Halo Cloud chooses the type.`,
    }),
    direction: t.field({
      type: SqlParameterDirectionEnum,
      required: true,
      defaultValue: 'input',
      description: 'Whether the statement receives the value, sends one back, or both.',
    }),
    size: t.int({
      description:
        'Size of the output value in bytes. Required for `OUTPUT` and `INPUT_OUTPUT` of types without a fixed length, such as `NVarChar`.',
    }),
  }),
});

const SqlCommandInput = builder.inputType('SqlCommandInput', {
  description: 'A command to run on the database of a site.',
  fields: (t) => ({
    text: t.string({
      required: true,
      description:
        'The SQL, at most 1,000,000 characters, or the name of a stored procedure. Never write values into the text: send them as `parameters`.',
    }),
    type: t.field({
      type: SqlCommandType,
      required: true,
      defaultValue: 'text',
      description: 'How to interpret `text`.',
    }),
    executionMode: t.field({
      type: SqlExecutionMode,
      required: true,
      defaultValue: 'reader',
      description: 'What the command returns: rows, a count or one value.',
    }),
    parameters: t.field({
      type: [SqlParameterInput],
      required: { list: false, items: true },
      maxItems: listLimits.parameters,
      description: 'The parameters that the SQL uses.',
    }),
    catalogue: t.string({
      description:
        'The database to use, by a name from `Site.catalogues`. If omitted, the default one. Not allowed for registered queries.',
    }),
  }),
});

const site = 'The site to run it at.';
const command = 'The command to run.';

export const RunSqlInput = builder.inputType('RunSqlInput', {
  description: 'A command to run now.',
  fields: (t) => ({
    site: t.field({ type: SiteRefInput, required: true, description: site }),
    command: t.field({ type: SqlCommandInput, required: true, description: command }),
    maxTimeInQueueMs: t.int({
      description:
        'Maximum time in the queue at the practice, in milliseconds, from 0 to 60,000. If omitted, 30,000. A command that may change data waits for at most as long as this operation has time for it.',
    }),
  }),
});

export const StartSqlQueryInput = builder.inputType('StartSqlQueryInput', {
  description: 'A command to start as an async query.',
  fields: (t) => ({
    site: t.field({ type: SiteRefInput, required: true, description: site }),
    command: t.field({ type: SqlCommandInput, required: true, description: command }),
    maxTimeInQueueMs: t.int({
      description:
        'Maximum time in the queue at the practice, in milliseconds, from 0 to 7,200,000 (two hours). If omitted, 3,600,000.',
    }),
  }),
});

export const RegisterSqlQueryInput = builder.inputType('RegisterSqlQueryInput', {
  description: 'A command to run at a regular interval.',
  fields: (t) => ({
    site: t.field({ type: SiteRefInput, required: true, description: site }),
    name: t.string({ required: true, description: 'A label of your own, 1 to 200 characters.' }),
    frequencySeconds: t.int({
      required: true,
      description: 'Interval between runs in seconds, at least 60.',
    }),
    durationSeconds: t.int({
      required: true,
      description:
        'Duration in seconds, at least `frequencySeconds` and at most 86,400 (one day). Halo Cloud does not renew it.',
    }),
    command: t.field({ type: SqlCommandInput, required: true, description: command }),
  }),
});

export const CancelRegisteredSqlQueryInput = builder.inputType('CancelRegisteredSqlQueryInput', {
  description: 'A registered query to cancel.',
  fields: (t) => ({
    site: t.field({ type: SiteRefInput, required: true, description: 'The site where it runs.' }),
    queryId: t.id({ required: true, description: 'Its `queryId` or its global id.' }),
  }),
});
