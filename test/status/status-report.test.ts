import { expect, it, vi } from 'vitest';
import type { UpstreamEvent } from '../../src/datasources/halo-cloud/transport/upstream-event.ts';
import { createSiteActivities } from '../../src/status/site-activity.ts';
import { statusPage } from '../../src/status/status-page.ts';
import { createStatus, type StatusOptions } from '../../src/status/status-report.ts';

const now = Date.parse('2026-11-30T03:00:00Z');
const call = (haloGuid: string, status: number): UpstreamEvent => ({
  ...{ kind: 'sql', method: 'POST', route: '/', haloGuid, status, failure: null, ms: 5 },
  ...{ charged: status === 200, retried: false },
});

function status(calls: readonly UpstreamEvent[], options: Partial<StatusOptions> = {}) {
  const activities = createSiteActivities(() => now);
  for (const each of calls) activities.upstreamEnded(each);
  return createStatus({
    activities,
    halo: { state: () => ({ sitesPaused: 0, cloudPaused: false, callsQueued: 0 }), sitePauseMs: () => 0 },
    directory: { ownerOf: (haloGuid) => ({ pms: 'BEST_PRACTICE', pmsSiteId: haloGuid.slice(1) }) },
    registry: [{ bpSiteId: '1', name: '<b>One</b>' }, { bpSiteId: '2' }],
    live: { watched: () => [] },
    version: '1.2.3',
    environment: 'production',
    clock: () => now,
    ...options,
  });
}

it('puts practices first that need attention, and those of the registry that were not called last', () => {
  const { practices } = status([call('a10', 200), call('a9', 200), call('a3', 503)])({ practices: 'all' });
  expect(practices.map(({ bpSiteId, availability }) => [bpSiteId, availability])).toEqual([
    ['3', 'site_away'],
    ['9', 'ok'],
    ['10', 'ok'],
    ['1', 'unknown'],
    ['2', 'unknown'],
  ]);
});

it('creates no collator for each comparison of two practices', () => {
  const registry = Array.from({ length: 2_000 }, (_, index) => ({
    bpSiteId: String((index * 7919) % 2_000),
  }));
  const compare = vi.spyOn(String.prototype, 'localeCompare');
  const { practices } = status([], { registry })({ practices: 'all' });
  const compared = compare.mock.calls.length;
  compare.mockRestore();
  expect(practices.map(({ bpSiteId }) => Number(bpSiteId))).toEqual(
    Array.from({ length: 2_000 }, (_, id) => id),
  );
  expect(compared).toBe(0);
});

it('shows nothing of a practice with another system, whose id may be equal to a Bp Site ID', () => {
  const directory = { ownerOf: () => ({ pms: 'ZEDMED' as const, pmsSiteId: '1' }) };
  const report = status([call('zedmed', 200)], { directory })({ practices: ['1'] });
  expect(report.practices).toMatchObject([{ bpSiteId: '1', haloGuid: null, chargedToday: 0 }]);
});

it('says for how long calls are paused', () => {
  const halo = {
    state: () => ({ sitesPaused: 1, cloudPaused: true, callsQueued: 4 }),
    sitePauseMs: (haloGuid: string) => (haloGuid === 'a1' ? 4_200 : 0),
  };
  const report = status([call('a1', 503)], { halo })({ practices: 'all' });
  expect(report).toMatchObject({ haloCloud: 'no_connection', callsQueued: 4 });
  expect(report.practices[0]).toMatchObject({ bpSiteId: '1', availability: 'paused', pauseSeconds: 5 });
  expect(statusPage(report)).toContain('does not answer, calls are paused; next call in 5 s');
});

it('shows a practice that has moved by the site that was called last, with the calls of both', () => {
  const directory = { ownerOf: () => ({ pms: 'BEST_PRACTICE' as const, pmsSiteId: '1' }) };
  let time = now;
  const activities = createSiteActivities(() => time++);
  for (const each of [call('old', 200), call('old', 403), call('new', 200)]) activities.upstreamEnded(each);
  const [practice] = status([], { activities, directory })({ practices: ['1'] }).practices;
  expect(practice).toMatchObject({ haloGuid: 'new', availability: 'ok', chargedToday: 2 });
});

it('counts the watched books of each practice', () => {
  const live = {
    watched: () => [
      { bpSiteId: '1', subscribers: 3 },
      { bpSiteId: '1', subscribers: 0 },
      { bpSiteId: '7', subscribers: 1 },
    ],
  };
  const report = status([], { live })({ practices: ['1', '7'] });
  expect(report).toMatchObject({ watches: 3, subscribers: 4 });
  expect(report.practices).toMatchObject([
    { bpSiteId: '1', watches: 2, subscribers: 3 },
    { bpSiteId: '7', watches: 1, subscribers: 1 },
  ]);
});

it('shows no practice that the caller may not know, nor its calls in a sum', () => {
  const report = status([call('a1', 200), call('a9', 200)])({ practices: ['9'] });
  expect(report.practices.map(({ bpSiteId }) => bpSiteId)).toEqual(['9']);
  expect(report.chargedToday).toBe(1);
});

it.each([
  [undefined, null],
  [() => true, 'answers'],
  [() => false, 'away'],
])('reports whether Redis answers', (redisAnswers, redis) => {
  expect(status([], { redisAnswers })({ practices: 'all' }).redis).toBe(redis);
});

it('writes names as text', () => {
  const page = statusPage(status([])({ practices: 'all' }));
  expect(page).toContain('&lt;b&gt;One&lt;/b&gt;');
  expect(page).not.toContain('<b>One');
});
