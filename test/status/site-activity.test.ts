import { expect, it } from 'vitest';
import type { UpstreamEvent } from '../../src/datasources/halo-cloud/transport/upstream-event.ts';
import { createSiteActivities } from '../../src/status/site-activity.ts';

const haloGuid = '5a4db0c5-0000-4000-8000-000000001001';
const event = (part: Partial<UpstreamEvent>): UpstreamEvent => ({
  ...{ kind: 'sql', method: 'POST', route: '/', haloGuid, status: 200, failure: null, ms: 5 },
  ...{ charged: true, retried: false },
  ...part,
});

it('counts charged calls from midnight in Sydney, also where no call comes after it', () => {
  // 23:59:59 on 30 November in Sydney.
  let now = Date.parse('2026-11-30T12:59:59Z');
  const activities = createSiteActivities(() => now);
  activities.upstreamEnded(event({}));
  activities.upstreamEnded(event({ kind: 'fhir' }));
  expect(activities.sites()).toMatchObject([{ chargedToday: 2 }]);
  now += 1_000;
  expect(activities.sites()).toMatchObject([{ chargedToday: 0, contactAt: now - 1_000 }]);
  activities.upstreamEnded(event({}));
  expect(activities.sites()).toMatchObject([{ chargedToday: 1 }]);
});

it.each([
  ['an answer', {}, 'ok', true],
  ['a practice that is offline', { status: 503, charged: false }, 'site_away', false],
  ['a refusal of access', { status: 403, charged: false }, 'forbidden', false],
  ['no connection', { status: null, failure: 'ECONNREFUSED', charged: false }, 'no_connection', false],
] as const)(
  '%s is the latest call, and a contact only if the practice answered',
  (_, part, outcome, isContact) => {
    const activities = createSiteActivities(() => 7);
    activities.upstreamEnded(event(part));
    expect(activities.sites()).toMatchObject([
      { latest: { at: 7, outcome }, contactAt: isContact ? 7 : null },
    ]);
  },
);

it.each([
  ['a look-up', { kind: 'site', charged: false }],
  ['a query that was only queued', { status: 202 }],
  ['a call that its caller gave up', { status: null, failure: 'aborted' }],
] as const)('%s says nothing about the practice', (_, part) => {
  const activities = createSiteActivities(() => 7);
  activities.upstreamEnded(event(part));
  expect(activities.sites()).toMatchObject([{ latest: null, contactAt: null }]);
});
