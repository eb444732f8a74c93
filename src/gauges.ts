import type { HaloCloud } from './datasources/halo-cloud/transport/client.ts';
import type { LiveBooks } from './live/live-books.ts';
import type { RedisConnection } from './store/redis-connection.ts';
import type { RedisDirectory } from './store/redis-directory.ts';
import type { SubscriptionKeys } from './subscription-keys.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** The parts of the facade whose state the gauges show. */
export interface GaugedParts {
  readonly halo: Pick<HaloCloud, 'state'>;
  readonly subscriptionKey: Pick<SubscriptionKeys, 'refusedCount'>;
  readonly live: Pick<LiveBooks, 'counts'>;
  /** Undefined: there is no Redis. */
  readonly redis: Pick<RedisConnection, 'isFull'> | undefined;
  readonly shared: Pick<RedisDirectory, 'sharing'> | undefined;
}

/** Adds the gauges that are read from the parts of the facade. */
export function addGauges(
  metrics: Pick<Metrics, 'gauge'>,
  { halo, subscriptionKey, live, redis, shared }: GaugedParts,
): void {
  const gauge = (name: string, help: string, read: () => number | boolean) =>
    metrics.gauge(name, help, () => Number(read()));
  gauge(
    'halo_graph_sites_paused',
    'Practices that do not answer, so that calls to them pause.',
    () => halo.state().sitesPaused,
  );
  gauge(
    'halo_graph_cloud_paused',
    '1 while no connection to Halo Cloud can be made.',
    () => halo.state().cloudPaused,
  );
  gauge(
    'halo_graph_calls_in_line',
    'Calls that wait because their practice has too many calls in flight.',
    () => halo.state().callsQueued,
  );
  gauge(
    'halo_graph_subscription_keys_refused',
    'Configured keys that Halo Cloud refused when they were last used.',
    subscriptionKey.refusedCount,
  );
  if (shared)
    gauge('halo_graph_directory_shared', '1 while replicas share the look-ups of sites.', shared.sharing);
  if (redis)
    gauge(
      'halo_graph_redis_full',
      '1 while Redis refuses commands because it has no memory left.',
      redis.isFull,
    );
  gauge('halo_graph_live_books', 'Appointment books that are watched.', () => live.counts().watches);
  gauge(
    'halo_graph_live_subscriptions',
    'Subscriptions of appointment books.',
    () => live.counts().subscriptions,
  );
  gauge(
    'halo_graph_live_leads',
    'Watched books whose changes this replica detects.',
    () => live.counts().leads,
  );
  gauge('halo_graph_live_gaps', 'Watched books that may be out of date.', () => live.counts().gaps);
}
