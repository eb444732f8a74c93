/** Captures the facade's SQL statements for the peers. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { startFacade } from './facade.ts';
import { firstAnswer, post } from './server.ts';
import { bodyOf, book, dashboard } from './work.ts';

/** Queries the facade and writes the SQL statements it sent to a file, with placeholders for dates. Returns the path. */
export async function captureStatements(bench: Bench): Promise<string> {
  const facade = await startFacade(bench.upstream.url, bench.place);
  const [day = ''] = bench.days;
  const bookBody = bodyOf(book, 'facade', { site: '1001', from: day, to: day });
  const tileBody = bodyOf(dashboard, 'facade', { sites: ['9001'], date: day });
  await firstAnswer(facade, bookBody);
  await post(facade, tileBody);
  const sent = async (body: string): Promise<string> => {
    await bench.upstream.exchanges();
    await post(facade, body);
    const exchanges = await bench.upstream.exchanges();
    const [query] = exchanges.filter(({ path }) => path.endsWith('/queries/immediate'));
    if (!query || exchanges.length !== 1) {
      const calls = exchanges.map(({ method, path }) => `${method} ${path}`).join(', ');
      throw new Error(`The facade was to make one SQL call for this, and made: ${calls || 'none'}`);
    }
    return query.body;
  };
  const file = join(bench.place, 'statements.json');
  const statements = {
    book: withPlaces(await sent(bookBody), day),
    dashboard: withPlaces(await sent(tileBody), day),
  };
  writeFileSync(file, JSON.stringify(statements));
  await facade.close();
  return file;
}

function withPlaces(body: string, day: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const placed = body.replace(`"${day}"`, '"{{from}}"').replace(`"${next}"`, '"{{before}}"');
  if (!placed.includes('{{from}}') || !placed.includes('{{before}}')) {
    throw new Error('The facade’s statement does not name its dates as expected.');
  }
  return placed;
}
