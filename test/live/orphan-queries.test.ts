import { describe, expect, it } from 'vitest';
import type { RegisteredSqlQueryRecord, SqlSite } from '../../src/datasources/halo-cloud/sql/site-sql.ts';
import { UpstreamFailed } from '../../src/errors.ts';
import { createOrphanQueries } from '../../src/live/orphan-queries.ts';
import { collectLog } from '../datasources/halo-cloud/kit.ts';

/** A site and the queries that run there. */
function practice() {
  const running = new Map<string, string>();
  let ids = 0;
  const site = {
    haloGuid: 'synthetic-guid',
    cancelRegistered: async (queryId: string) => void running.delete(queryId),
  } as unknown as SqlSite;
  return {
    site,
    running,
    register(name: string): string {
      ids += 1;
      running.set(`query-${ids}`, name);
      return `query-${ids}`;
    },
    listed: () =>
      [...running].map(
        ([queryId, name]) => ({ queryId, name, status: 'ENABLED' }) as RegisteredSqlQueryRecord,
      ),
  };
}

function deployment(name = 'default') {
  const log = collectLog();
  const orphans = createOrphanQueries({ deployment: name, log });
  return { log, orphans, nameOf: (book: string) => `${orphans.prefix}${book}/0a1b2c3d` };
}
const unwatched = () => false;

describe('registered queries with the name of this deployment, whose book nobody watches', () => {
  it('are cancelled, and said once if another process registered them', async () => {
    const { site, register, listed, running } = practice();
    const { log, orphans, nameOf } = deployment();
    const kept = [
      register(nameOf('2026-11-23..2026-11-23')),
      register('halo-graph/other/book/2026-11-24..2026-11-24/0a1b2c3d'),
    ];
    register(nameOf('2026-11-24..2026-11-24'));
    register(nameOf('2026-11-25..2026-11-25'));
    await orphans.cancel(site, listed(), (book) => book.startsWith('2026-11-23'));
    expect([...running.keys()]).toEqual(kept);
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      expect.objectContaining({ deployment: 'default', haloGuid: 'synthetic-guid', queryId: 'query-3' }),
    ]);
    expect(JSON.stringify(log.lines)).toContain('LIVE_DEPLOYMENT');
  });

  it('are cancelled without a word if this process registered them', async () => {
    const { site, register, listed, running } = practice();
    const { log, orphans, nameOf } = deployment();
    for (let times = 0; times < 3; times += 1) {
      orphans.registered(register(nameOf('2026-11-24..2026-11-24')));
      await orphans.cancel(site, listed(), unwatched);
      expect(running.size).toBe(0);
    }
    expect(log.lines).toEqual([]);
  });

  it('are cancelled at the next attempt if the first one failed', async () => {
    const { site, register, listed, running } = practice();
    const { log, orphans, nameOf } = deployment();
    register(nameOf('2026-11-24..2026-11-24'));
    const offline = {
      haloGuid: site.haloGuid,
      cancelRegistered: () => Promise.reject(new UpstreamFailed(503)),
    } as unknown as SqlSite;
    await orphans.cancel(offline, listed(), unwatched);
    expect(running.size).toBe(1);
    await orphans.cancel(site, listed(), unwatched);
    expect(running.size).toBe(0);
    expect(JSON.stringify(log.lines)).not.toContain('left alone');
  });

  it('two deployments of one name do not cancel each other for ever', async () => {
    const { site, register, listed, running } = practice();
    const [a, b] = [deployment(), deployment()];
    const books = [
      [a, '2026-11-23..2026-11-23', '2026-11-23'],
      [b, '2026-11-24..2026-11-24', '2026-11-24'],
    ] as const;
    let registrations = 0;
    for (let looks = 0; looks < 10; looks += 1) {
      for (const [{ orphans, nameOf }, book, day] of books) {
        if (![...running.values()].includes(nameOf(book))) {
          orphans.registered(register(nameOf(book)));
          registrations += 1;
        }
        await orphans.cancel(site, listed(), (each) => each.startsWith(day));
      }
    }
    expect(running.size).toBe(2);
    // Each cancels the other's query once at most.
    expect(registrations).toBeLessThanOrEqual(4);
    for (const { log } of [a, b]) {
      expect(log.lines.filter(({ level }) => level === 'warn').length).toBeLessThanOrEqual(2);
    }
    expect(JSON.stringify([a.log.lines, b.log.lines])).toContain('left alone');
  });
});
