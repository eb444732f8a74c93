/** What SQL Passthrough is asked. */
import type { SqlCommand, SqlParameterDirection } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { listLimits } from '../../resolvers/limits.ts';
import { sqlTypes } from '../../resolvers/sql/sql-values.ts';
import { builder } from '../builder/builder.ts';

/** The contract's words, and those of the port. */
function wordsOf<Word extends string, Name extends string>(
  name: string,
  description: string,
  words: Readonly<Record<Name, readonly [Word, string]>>,
) {
  const values = Object.fromEntries(
    Object.entries<readonly [Word, string]>(words).map(([key, [value, text]]) => [
      key,
      { value, description: text },
    ]),
  ) as Record<Name, { value: Word; description: string }>;
  return builder.enumType(name, { description, values });
}

const SqlCommandType = wordsOf<SqlCommand['type'], 'TEXT' | 'STORED_PROCEDURE'>(
  'SqlCommandType',
  'How the text of a command is to be read.',
  {
    TEXT: ['text', 'It is SQL.'],
    STORED_PROCEDURE: [
      'storedProcedure',
      'It is the name of a stored procedure, which the parameters are for. Halo Cloud calls this experimental; `EXEC` in a `TEXT` does the same.',
    ],
  },
);

const SqlExecutionMode = wordsOf<SqlCommand['executionMode'], 'READER' | 'NON_QUERY' | 'SCALAR'>(
  'SqlExecutionMode',
  'What is wanted of a command.',
  {
    READER: [
      'reader',
      'Its rows. Of an immediate one that takes too long or gives too much, the facade makes an async query, unless the SQL could write.',
    ],
    NON_QUERY: ['nonQuery', 'How many rows it changed; no rows.'],
    SCALAR: ['scalar', 'The first column of the first row, as one row.'],
  },
);

const SqlParameterDirectionEnum = wordsOf<
  SqlParameterDirection,
  'INPUT' | 'OUTPUT' | 'INPUT_OUTPUT' | 'RETURN_VALUE'
>('SqlParameterDirection', 'Which way the value of a parameter goes.', {
  INPUT: ['input', 'To the database.'],
  OUTPUT: ['output', 'From it: told in `outputParameters`.'],
  INPUT_OUTPUT: ['inputOutput', 'Both ways.'],
  RETURN_VALUE: ['returnValue', 'What a stored procedure returns, an integer.'],
});

const SiteRefInput = builder.inputType('SiteRef', {
  isOneOf: true,
  description: 'Where SQL is to go: exactly one of these.',
  fields: (t) => ({
    bpSiteId: t.id({
      description:
        'The practice wherever its server is now: its Bp Site ID, or its global id (also of a Zedmed or Dental4Windows practice).',
    }),
    haloGuid: t.field({
      type: 'UUID',
      description: 'Exactly the site with this Halo GUID, whatever the practice management system.',
    }),
  }),
});

const SqlParameterInput = builder.inputType('SqlParameterInput', {
  description: 'A parameter of a command.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'As it stands in the SQL, with its at sign: `@patientId`. Each once.',
    }),
    value: t.string({
      description:
        "The value as text: `66`, `2026-11-23`, `2026-11-23T09:15:00`. Null or left out: SQL's NULL. Not for what only comes out.",
    }),
    type: t.string({
      description: `Its SQL Server type, in this spelling: ${sqlTypes.map((type) => `\`${type}\``).join(', ')}. Left out: Halo Cloud decides.`,
    }),
    direction: t.field({
      type: SqlParameterDirectionEnum,
      required: true,
      defaultValue: 'input',
      description: 'Which way it goes.',
    }),
    size: t.int({
      description:
        'Bytes to keep for what comes out; required for `OUTPUT` and `INPUT_OUTPUT` of types without a fixed length, such as `NVarChar`.',
    }),
  }),
});

const SqlCommandInput = builder.inputType('SqlCommandInput', {
  description: 'A command for the database of a site.',
  fields: (t) => ({
    text: t.string({
      required: true,
      description:
        'The SQL, at most 1,000,000 characters; or the name of a stored procedure. Never write values into it: send them as `parameters`.',
    }),
    type: t.field({
      type: SqlCommandType,
      required: true,
      defaultValue: 'text',
      description: 'How `text` is to be read.',
    }),
    executionMode: t.field({
      type: SqlExecutionMode,
      required: true,
      defaultValue: 'reader',
      description: 'What is wanted: rows, a count, or one value.',
    }),
    parameters: t.field({
      type: [SqlParameterInput],
      required: { list: false, items: true },
      maxItems: listLimits.parameters,
      description: 'The values that the SQL names.',
    }),
    catalogue: t.string({
      description:
        'Which database of the site, by a name of `Site.catalogues`. Left out: its default one. Not for registered queries.',
    }),
  }),
});

const site = 'Where to.';
const command = 'What to run.';

export const RunSqlInput = builder.inputType('RunSqlInput', {
  description: 'A command to run now.',
  fields: (t) => ({
    site: t.field({ type: SiteRefInput, required: true, description: site }),
    command: t.field({ type: SqlCommandInput, required: true, description: command }),
    maxTimeInQueueMs: t.int({
      description:
        'Milliseconds that it may wait for its turn at the practice, from 0 to 60,000. Left out: 30,000.',
    }),
  }),
});

export const StartSqlQueryInput = builder.inputType('StartSqlQueryInput', {
  description: 'A command to start.',
  fields: (t) => ({
    site: t.field({ type: SiteRefInput, required: true, description: site }),
    command: t.field({ type: SqlCommandInput, required: true, description: command }),
    maxTimeInQueueMs: t.int({
      description:
        'Milliseconds that it may wait for its turn at the practice, from 0 to 7,200,000 (two hours). Left out: 3,600,000.',
    }),
  }),
});

export const RegisterSqlQueryInput = builder.inputType('RegisterSqlQueryInput', {
  description: 'A command to run again and again.',
  fields: (t) => ({
    site: t.field({ type: SiteRefInput, required: true, description: site }),
    name: t.string({ required: true, description: 'A label of your own, 1 to 200 characters.' }),
    frequencySeconds: t.int({
      required: true,
      description: 'Seconds from one run to the next, at least 60.',
    }),
    durationSeconds: t.int({
      required: true,
      description:
        'Seconds after which it ends, at least `frequencySeconds` and at most 86,400 (a day). Halo Cloud does not renew it.',
    }),
    command: t.field({ type: SqlCommandInput, required: true, description: command }),
  }),
});

export const CancelRegisteredSqlQueryInput = builder.inputType('CancelRegisteredSqlQueryInput', {
  description: 'A registered query to end.',
  fields: (t) => ({
    site: t.field({ type: SiteRefInput, required: true, description: 'Where it runs.' }),
    queryId: t.id({ required: true, description: "Halo Cloud's id of it (`queryId`), or its global id." }),
  }),
});
