/** One bare upstream round trip: the facade's own SQL call for a day book, made by the load itself. */
import { readFileSync } from 'node:fs';
import type { Bench } from './bench.ts';
import type { Server } from './server.ts';
import { guidOf } from './site-guid.ts';

/** The upstream as a server under test, and the requests that fetch the day books from it. */
export function upstreamItself(
  bench: Bench,
  statements: string,
): { readonly server: Server; readonly sequence: readonly string[] } {
  const { book } = JSON.parse(readFileSync(statements, 'utf8')) as { book: string };
  return {
    server: {
      name: 'one upstream round trip',
      dialect: 'peer',
      url: `${bench.upstream.url}/integrator/sites/${guidOf('1001')}/queries/immediate`,
      headers: {
        'content-type': 'application/json',
        'ocp-apim-subscription-key': 'sandbox-key-not-secret',
      },
      pid: process.pid,
      startedAt: 0,
      close: async () => {},
    },
    sequence: bench.days.map((day) => book.replace('{{from}}', day).replace('{{before}}', dayAfter(day))),
  };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
