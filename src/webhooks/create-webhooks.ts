import type { RequestListener } from 'node:http';
import type { WebhookConfig } from '../config.ts';
import type { WebhookEvents } from '../live/query-hints.ts';
import type { Log } from '../log.ts';
import type { RedisConnection } from '../store/redis-connection.ts';
import type { SubscriptionKeys } from '../subscription-keys.ts';
import { withWebhooks } from './listener.ts';
import type { WebhookOutcome } from './outcomes.ts';
import { createWebhookReceiver } from './receive.ts';
import { createMemoryIds } from './received-ids.ts';
import { createRedisIds } from './redis-ids.ts';
import { webhookKey } from './signature.ts';

export interface WebhookServices {
  readonly redis?: RedisConnection | undefined;
  readonly subscriptionKey: string | SubscriptionKeys;
  readonly baseUrl: string;
  readonly events: WebhookEvents;
  readonly count: (outcome: WebhookOutcome) => void;
  readonly log: Log;
}

/** Puts `POST /webhooks/halo` in front of another listener. */
export function createWebhooks(
  { secrets, encoding }: WebhookConfig,
  services: WebhookServices,
): (next: RequestListener) => RequestListener {
  const { redis, events, count, log, ...realm } = services;
  const receiver = createWebhookReceiver({
    keys: secrets.map((secret) => webhookKey(secret, encoding)),
    ids: redis ? createRedisIds({ redis, log, ...realm }) : createMemoryIds(),
    events,
  });
  return (next) => withWebhooks({ receiver, count, log }, next);
}
