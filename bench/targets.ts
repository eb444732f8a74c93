/** All measured servers, in the order of the tables. */
import { execFileSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { startFacade } from './facade.ts';
import { type Server, startServer } from './server.ts';
import { hasTailcall, tailcallCommand } from './tailcall.ts';

export interface Target {
  readonly name: string;
  /** Description for the report. */
  readonly about: string;
  start(): Promise<Server>;
}

export const facadeName = 'halo-graph';
export const bareName = 'bare node:http (the bound)';
export const names = {
  apollo: 'Apollo Server 5',
  apolloOneCall: 'Apollo Server 5, our statement',
  mercurius: 'Mercurius, JIT',
  mercuriusOneCall: 'Mercurius, JIT, our statement',
  mercuriusChecks: 'Mercurius, JIT, our checks',
  yoga: 'Yoga with Pothos',
  tailcall: 'Tailcall',
  hive: 'Hive Gateway (Mesh)',
  naive: 'naive resolvers',
} as const;

/** @param supergraph undefined when it could not be composed */
export function targetsOf(
  upstream: string,
  place: string,
  { statements, supergraph }: { readonly statements: string; readonly supergraph: string | undefined },
): readonly Target[] {
  const peer = (name: string, about: string, file: string, env: Readonly<Record<string, string>> = {}) => ({
    name,
    about,
    start: () =>
      startServer({
        name,
        dialect: 'peer',
        args: [`bench/peers/${file}`],
        env: { HALO_BASE_URL: upstream, ...env },
        log: nowhere(),
      }),
  });
  const ourStatement = { BENCH_STATEMENTS: statements };
  return [
    {
      name: facadeName,
      about: 'built, the flags of `npm start`; API keys, limits, cost and log on',
      start: () => startFacade(upstream, place),
    },
    peer(names.mercuriusOneCall, 'the statement that halo-graph sends', 'mercurius.mjs', ourStatement),
    peer(names.mercurius, 'FHIR, loaders, `jit: 1`', 'mercurius.mjs'),
    peer(
      names.mercuriusChecks,
      'bookings and cancellations only, by SQL of its own with the checks that halo-graph makes: patient, user, type, place, session, days away, reserved and taken times, a lock, overlaps',
      'mercurius.mjs',
      { BENCH_CHECKS: 'true' },
    ),
    ...(hasTailcall()
      ? [
          {
            name: names.tailcall,
            about:
              '1.0.0, a proxy written in Rust: FHIR, `batchKey`, `@upstream(batch:)`, its JIT; a script for the ids in FHIR references. The upstream takes its repeated `_id` as a list, which FHIR does not',
            start: () =>
              startServer({
                name: names.tailcall,
                dialect: 'tailcall',
                args: (port) => tailcallCommand(upstream, place, port),
                env: { TC_TRACKER: 'false', TAILCALL_LOG_LEVEL: 'error' },
                log: nowhere(),
              }),
          },
        ]
      : []),
    peer(
      names.apolloOneCall,
      'the statement that halo-graph sends, by RESTDataSource',
      'apollo.mjs',
      ourStatement,
    ),
    peer(names.apollo, 'FHIR, RESTDataSource, DataLoaders', 'apollo.mjs'),
    ...(supergraph === undefined
      ? []
      : [
          peer(
            names.hive,
            'FHIR as a supergraph of Mesh Compose, DataLoaders in its additional resolvers',
            'hive.mjs',
            {
              BENCH_SUPERGRAPH: supergraph,
            },
          ),
        ]),
    peer(names.yoga, 'FHIR, a Pothos schema, DataLoaders', 'yoga.mjs'),
    peer(names.naive, 'Apollo Server, FHIR, a read per link', 'naive.mjs'),
    peer(bareName, 'the same upstream calls, JSON written by hand', 'bare.mjs', ourStatement),
  ];
}

const nowhere = () => ({ path: '/dev/null', descriptor: openSync('/dev/null', 'w') });

/** Composes the supergraph with Mesh Compose. Returns its path, or undefined when Mesh Compose cannot run here. */
export function composeSupergraph(upstream: string, place: string): string | undefined {
  const supergraph = join(place, 'supergraph.graphql');
  try {
    execFileSync(process.execPath, ['bench/peers/hive-compose.mjs'], {
      env: { ...process.env, HALO_BASE_URL: upstream, BENCH_SUPERGRAPH: supergraph },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return supergraph;
  } catch {
    return undefined;
  }
}
