import type { Exception } from './imports.ts';

/**
 * Which part of `src` may import which, from the lowest. A file may import its own place and the places on earlier lines.
 * Places on one line do not import each other.
 */
export const order: readonly (readonly string[])[] = [
  ['lib', 'text'],
  ['engine'],
  ['time'],
  ['datasources/domain'],
  ['error-codes.ts'],
  ['graphql-errors.d.ts'],
  [
    'errors.ts',
    'graphql-errors.d.ts',
    'scopes.ts',
    'log.ts',
    'node-flags.ts',
    'node-support.ts',
    'optimise-early.ts',
    'child-process.ts',
    'webhooks/outcomes.ts',
  ],
  ['environment.ts', 'subscription-keys.ts'],
  ['practices-file.ts', 'unknown-variables.ts'],
  ['config.ts', 'engine/rows', 'store'],
  ['engine/row-decoder.ts'],
  ['datasources/practice/write-port.ts', 'start-server.ts', 'sandbox-process.ts', 'deployment-note.ts'],
  ['datasources/practice/port.ts'],
  ['datasources/practice/source-adapter.ts'],
  ['datasources/halo-cloud/page-budget.ts'],
  ['datasources/halo-cloud/practice-connection.ts'],
  ['datasources/halo-cloud/halo-session.ts'],
  ['datasources/halo-cloud/transport'],
  ['datasources/halo-cloud/sites'],
  ['datasources/halo-cloud/sql', 'datasources/halo-cloud/fhir'],
  ['datasources/practice/reference'],
  ['datasources/halo-cloud'],
  ['datasources/bp-premier', 'datasources/sql-passthrough'],
  ['datasources/practice'],
  ['limits', 'auth', 'telemetry'],
  ['live'],
  ['webhooks', 'status'],
  ['write-deadlines.ts'],
  ['context.ts'],
  ['resolvers'],
  ['price'],
  ['schema'],
  ['operation'],
  ['http'],
  ['server.ts', 'gauges.ts'],
  ['create-facade.ts'],
  ['cli'],
  ['main.ts'],
];

/** Forbidden imports that stay, each with its reason. */
export const exceptions: readonly Exception[] = [
  {
    from: 'src/datasources/domain/unreadable-rows.ts',
    to: 'src/errors.ts',
    reason: 'It gives up with UpstreamFailed. The errors need nothing of the domain but the names in pms.ts.',
  },
  {
    from: 'src/datasources/halo-cloud/halo-session.ts',
    to: 'src/datasources/halo-cloud/sql/site-sql.ts',
    reason: 'The type of one member: the session offers the SQL of a site as it is.',
  },
  {
    from: 'src/datasources/halo-cloud/halo-session.ts',
    to: 'src/datasources/halo-cloud/sql/sql-refusals.ts',
    reason: 'The type of one member: the session offers the known refusals as they are.',
  },
];

/** The only folders that know of GraphQL. Data sources, and what serves them, do not. */
export const knowGraphql: readonly string[] = [
  'lib',
  'engine',
  'limits',
  'resolvers',
  'price',
  'schema',
  'operation',
  'http',
  'cli',
];
